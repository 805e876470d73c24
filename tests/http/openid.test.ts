import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CHROMIUM_ARGS, chromiumPath } from '../support/chromium.ts';
import { freePort } from '../support/free-port.ts';
import { CLIENT, startOpenIdProvider, type OpenIdProvider } from '../support/openid-provider.ts';
import { cookieOf, OWNER, sendForm, sessionFor } from '../support/owner.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { byline, bylineOk } from './byline-command.ts';
import { BLOG } from './start-blog.ts';

let provider: OpenIdProvider;
let server: TestServer;

const get = (url: string, cookie = ''): Promise<Response> =>
	fetch(new URL(url, server.url), { redirect: 'manual', headers: { cookie, accept: 'text/html' } });

/** Presses the button: where the page leads to, and what the browser keeps. */
const begin = async (to = '/') => {
	const answer = await sendForm(`${server.url}/sign-in?/openid`, { to });
	const text = await answer.text();
	const leadsTo = /http-equiv="refresh" content="0; ?url=([^"]+)"/.exec(text)?.[1];
	return {
		status: answer.status,
		text,
		authorize: leadsTo?.replaceAll('&amp;', '&') ?? '',
		cookie: cookieOf(answer)
	};
};
/** The same, and as far as the address that the provider sends the browser back to. */
const comeBack = async (to?: string) => {
	const { authorize, cookie, text } = await begin(to);
	expect(text).toContain('http-equiv="refresh"');
	const answer = await fetch(authorize, { redirect: 'manual' });
	return { back: answer.headers.get('location') ?? '', cookie };
};
const signIn = async (to?: string): Promise<Response> => {
	const { back, cookie } = await comeBack(to);
	return get(back, cookie);
};
/** What the sign-in says where an answer led there. */
const refusal = async (answer: Response): Promise<string> => {
	expect(answer.status).toBe(303);
	expect(cookieOf(answer)).not.toContain('session_token=');
	const location = answer.headers.get('location') ?? '';
	const { origin, pathname } = new URL(location, server.url);
	expect([origin, pathname]).toEqual([server.url, '/sign-in']);
	const page = await (await get(location)).text();
	return /role="alert"[^>]*>([^<]*)</.exec(page)?.[1]?.trim() ?? page;
};
const NO_ACCOUNT =
	'There is no account here with a verified e-mail address that OpenID Connect tells. Ask an owner for an invitation.';
const ANEW = 'The sign-in with OpenID Connect did not come to its end. Begin anew.';

beforeAll(async () => {
	provider = await startOpenIdProvider();
	const port = await freePort();
	server = await startServer({
		port,
		env: {
			ORIGIN: `http://127.0.0.1:${port}`,
			OIDC_ISSUER: provider.issuer,
			OIDC_CLIENT_ID: CLIENT.id,
			OIDC_CLIENT_SECRET: CLIENT.secret
		}
	});
	await bylineOk(server.dataDir, 'site', 'add', BLOG);
	await sessionFor(server.url);
});
beforeEach(() => {
	provider.claims = { sub: 'olive', email: OWNER.email, email_verified: true };
	provider.emailInToken = true;
	provider.forged = false;
	provider.silent = false;
	provider.asked.length = 0;
});
afterAll(async () => {
	await server.stop();
	await provider.stop();
});

// The first one: nobody is known to the provider yet.
test('an address that is not verified opens nothing, whoever has it', async () => {
	provider.claims = { ...provider.claims, email_verified: false };
	expect(await refusal(await signIn())).toBe(NO_ACCOUNT);
});

test('a token that another key signed opens nothing', async () => {
	provider.forged = true;
	expect(await refusal(await signIn())).toBe(ANEW);
});

test('a browser is led to the provider by a page, as the policy for forms wants it', async () => {
	const { status, authorize } = await begin();
	expect(status).toBe(200);
	const { origin, pathname, searchParams } = new URL(authorize);
	expect(origin + pathname).toBe(`${provider.issuer}/authorize`);
	expect(searchParams.get('redirect_uri')).toBe(`${server.url}/api/auth/callback/openid`);
	expect(searchParams.get('code_challenge_method')).toBe('S256');
	expect(searchParams.get('scope')?.split(' ')).toContain('openid');
});

test.each([true, false])(
	'who has an account by a verified address comes in; address in the token: %s',
	async (inToken) => {
		provider.emailInToken = inToken;
		const answer = await signIn(`/${BLOG}/posts`);
		expect([answer.status, answer.headers.get('location')]).toEqual([303, `/${BLOG}/posts`]);
		const cookie = cookieOf(answer);
		expect((await get(`/${BLOG}/posts`, cookie)).status).toBe(200);
		expect(await (await get(`/${BLOG}/settings/log`, cookie)).text()).toContain('Signed in');
	}
);

test('a browser goes there and comes back by the one button', async () => {
	const executablePath = await chromiumPath();
	const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_ARGS] });
	try {
		const page = await browser.newPage();
		await page.goto(`${server.url}/sign-in?to=/${BLOG}/posts`);
		await page.getByRole('button', { name: 'Sign in with OpenID Connect' }).click();
		await page.waitForURL(`${server.url}/${BLOG}/posts**`);
		expect(provider.asked).toContain('/authorize');
	} finally {
		await browser.close();
	}
});

test('an unknown address gets no account, and is told so', async () => {
	provider.claims = { sub: 'stranger', email: 'stranger@example.com', email_verified: true };
	expect(await refusal(await signIn())).toBe(NO_ACCOUNT);
	const { stdout } = await byline(server.dataDir, 'user', 'list');
	expect(stdout).toContain(OWNER.email);
	expect(stdout).not.toContain('stranger@example.com');
});

test('a state that is another’s, made up or missing is refused before the provider is asked', async () => {
	const mine = await comeBack();
	const theirs = await comeBack();
	const madeUp = new URL(mine.back);
	madeUp.searchParams.set('state', 'made-up');
	const missing = new URL(mine.back);
	missing.searchParams.delete('state');
	provider.asked.length = 0;
	for (const [back, cookie] of [
		[madeUp.href, mine.cookie],
		[missing.href, mine.cookie],
		[theirs.back, mine.cookie],
		[theirs.back, '']
	] as const)
		expect(await refusal(await get(back, cookie))).toBe(ANEW);
	expect(provider.asked).toEqual([]);
});

test('a code is good once', async () => {
	const { back, cookie } = await comeBack();
	expect((await get(back, cookie)).headers.get('location')).toBe('/');
	expect(await refusal(await get(back, cookie))).toBe(ANEW);
	const fresh = await comeBack();
	const reused = new URL(fresh.back);
	reused.searchParams.set('code', new URL(back).searchParams.get('code') ?? '');
	expect(await refusal(await get(reused.href, fresh.cookie))).toBe(ANEW);
});

test('who says no at the provider is back at the sign-in, and nothing of theirs is shown', async () => {
	const { back, cookie } = await comeBack();
	const url = new URL(back);
	url.searchParams.delete('code');
	url.searchParams.set('error', 'access_denied');
	url.searchParams.set('error_description', '<b>Call this number</b>');
	expect(await refusal(await get(url.href, cookie))).toBe(ANEW);
});

test('nobody is led to another host afterwards', async () => {
	for (const to of ['https://evil.example/', '//evil.example', '/\\evil.example'])
		expect((await signIn(to)).headers.get('location')).toBe('/');
});

test('only the provider that is named is asked for', async () => {
	await signIn();
	expect(provider.asked.every((path) => ['/authorize', '/token', '/keys'].includes(path))).toBe(
		true
	);
	const other = await get('/api/auth/callback/github?code=x&state=y');
	expect(await refusal(other)).toBe(ANEW);
});

test('tokens of the provider are not kept, of a first sign-in and of later ones', async () => {
	// Another name of the same person there is linked first, and then known.
	provider.claims = { ...provider.claims, sub: 'olive-again' };
	provider.given.length = 0;
	for (let round = 0; round < 2; round += 1)
		expect((await signIn()).headers.get('location')).toBe('/');
	const kept = readdirSync(server.dataDir)
		.filter((name) => name.startsWith('accounts.sqlite'))
		.map((name) => readFileSync(join(server.dataDir, name)).toString('latin1'))
		.join('');
	expect(kept).toContain(provider.claims.sub);
	expect(provider.given).toHaveLength(6);
	for (const token of provider.given) expect(kept).not.toContain(token);
});

// Nearly the last one: it uses up what this address may begin.
test('the button is held back, and a sign-in that came to its end does not count', async () => {
	for (let round = 0; round < 21; round += 1)
		expect((await signIn()).headers.get('location')).toBe('/');
	const asked: number[] = [];
	let status = 200;
	for (let round = 0; round < 21 && status === 200; round += 1) {
		({ status } = await begin());
		asked.push(status);
	}
	expect(asked.at(-1)).toBe(429);
	const { text, authorize } = await begin();
	expect(text).toContain('Too many attempts. Try again in a quarter of an hour.');
	expect(authorize).toBe('');
	const { email, password } = OWNER;
	const answer = await sendForm(`${server.url}/sign-in?/password`, { email, password });
	expect(answer.status).toBe(303);
});

// Nearly the last one: it uses up what this address may try.
test('ways back that nobody is on are held back', async () => {
	const statuses: number[] = [];
	for (let round = 0; round < 21; round += 1)
		statuses.push((await get('/api/auth/callback/openid?code=x&state=y')).status);
	expect(statuses.at(-1)).toBe(429);
});

// The last one: the server starts anew.
test('while the provider is silent, passwords open as ever; it is asked again when it is back', async () => {
	provider.silent = true;
	await server.restart();
	const { email, password } = OWNER;
	const answer = await sendForm(`${server.url}/sign-in?/password`, { email, password });
	expect(answer.status).toBe(303);
	expect((await get(`/${BLOG}`, cookieOf(answer))).status).toBe(200);
	const { status, text } = await begin();
	expect(status).toBe(400);
	expect(text).toContain('OpenID Connect cannot be reached. Try again later.');
	provider.silent = false;
	expect((await signIn()).headers.get('location')).toBe('/');
});
