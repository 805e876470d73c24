import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { startMailServer, type ArrivedMail, type MailServer } from '../support/mail-server.ts';
import { cookieOf, OWNER, sendForm, sessionFor } from '../support/owner.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { bylineOk } from './byline-command.ts';
import { ask } from './client.ts';
import { BLOG } from './start-blog.ts';

const VERA = { name: 'Vera Viewer', password: 'the password of Vera' };
let mail: MailServer;
let server: TestServer;

const get = (path: string): Promise<Response> => fetch(server.url + path, { redirect: 'manual' });
const post = (path: string, fields: Record<string, string>, cookie = ''): Promise<Response> =>
	sendForm(server.url + path, fields, cookie);
const invite = async (email: string): Promise<string> => {
	const fields = { email, role: 'viewer' };
	const owner = await sessionFor(server.url);
	const answer = await post(`/${BLOG}/settings/people?/invite`, fields, owner);
	expect(answer.status).toBe(200);
	return answer.text();
};
/** What a form of a browser says that was led here by another name of this server. */
const postAs = async (host: string, path: string, fields: Record<string, string>, cookie = '') =>
	ask(server.url + path, {
		method: 'POST',
		headers: {
			host,
			'x-forwarded-host': host,
			origin: server.url,
			'content-type': 'application/x-www-form-urlencoded',
			accept: 'text/html',
			cookie
		},
		body: new URLSearchParams(fields).toString()
	});
const arrived = async (): Promise<ArrivedMail> => {
	await expect.poll(() => mail.mails.length, { timeout: 15_000 }).toBeGreaterThan(0);
	const first = mail.mails.shift();
	if (first === undefined) throw new Error('No mail came.');
	return first;
};
/** The path of the one link in a mail, which leads to the address that is set. */
const pathIn = ({ text }: ArrivedMail): string => {
	const links = text.match(/https?:\/\/\S+/g) ?? [];
	expect(links).toHaveLength(1);
	const link = new URL(links[0] ?? '');
	expect(link.origin).toBe(server.url);
	return link.pathname;
};
const linkOn = (page: string): string => /value="([^"]*\/invite\/[\w-]+)"/.exec(page)?.[1] ?? '';

beforeAll(async () => {
	mail = await startMailServer();
	const port = await freePort();
	server = await startServer({
		port,
		env: { ORIGIN: `http://127.0.0.1:${port}`, SMTP_URL: mail.url }
	});
	await bylineOk(server.dataDir, 'site', 'add', BLOG);
	await sessionFor(server.url);
});
beforeEach(() => {
	mail.mails.length = 0;
	mail.refusal = null;
});
afterAll(async () => {
	await server.stop();
	await mail.stop();
});

test('an invitation is mailed, and its link makes an account', async () => {
	const page = await invite('vera@example.com');
	expect(page).toContain('An invitation is on its way to vera@example.com.');
	expect(linkOn(page)).toBe('');
	const letter = await arrived();
	expect([letter.from, letter.to]).toEqual(['byline@127.0.0.1', ['vera@example.com']]);
	expect(letter.text).toContain(`${OWNER.name} invites you to the figures of ${BLOG}.`);
	const path = pathIn(letter);
	const joined = await post(path, VERA);
	expect([joined.status, joined.headers.get('location')]).toEqual([303, `/${BLOG}`]);
	expect((await get(path)).status).toBe(404);
});

test('a link never names the host that a request did', async () => {
	const fields = { email: 'host@example.com', role: 'viewer' };
	const owner = await sessionFor(server.url);
	const sent = await postAs('evil.example', `/${BLOG}/settings/people?/invite`, fields, owner);
	expect(sent.status).toBe(200);
	expect((await arrived()).text).toContain(`${server.url}/invite/`);
	expect((await postAs('evil.example', '/forgot', { email: OWNER.email })).status).toBe(200);
	const letter = await arrived();
	expect(letter.text).not.toContain('evil.example');
	expect(pathIn(letter)).toMatch(/^\/reset\//);
});

test('a forgotten password is set anew by a link that works once', async () => {
	const asked = await post('/forgot', { email: 'Vera@Example.com' });
	expect(asked.status).toBe(200);
	const letter = await arrived();
	expect(letter.to).toEqual(['vera@example.com']);
	const path = pathIn(letter);
	expect(await (await get(path)).text()).toContain('vera@example.com');
	const password = 'a newer password of Vera';
	expect((await post(path, { password: 'short' })).status).toBe(400);
	expect((await post(path, { password })).headers.get('location')).toBe('/sign-in?reset');
	expect((await post(path, { password: 'set by somebody else' })).status).toBe(404);
	const email = 'vera@example.com';
	expect((await post('/sign-in?/password', { email, password })).status).toBe(303);
	const before = await post('/sign-in?/password', { email, password: VERA.password });
	expect([before.status, cookieOf(before)]).toEqual([400, '']);
});

test('an address without an account hears the same, and gets no mail', async () => {
	const answers = [];
	for (const email of ['nobody@example.com', 'vera@example.com']) {
		const answer = await post('/forgot', { email });
		const text = await answer.text();
		expect(text).toContain('If there is an account with this address, a link is on its way to it.');
		answers.push([answer.status, text.replace(/nonce[=-]"?[\w+/=-]+/g, '')]);
	}
	expect(answers[0]).toEqual(answers[1]);
	expect((await arrived()).to).toEqual(['vera@example.com']);
	expect(mail.mails).toEqual([]);
});

test('a subject and a recipient cannot be widened by an address', async () => {
	const owner = await sessionFor(server.url);
	for (const email of ['a@example.com\r\nBcc: b@example.com', 'a@example.com, b@example.com']) {
		const fields = { email, role: 'viewer' };
		expect((await post(`/${BLOG}/settings/people?/invite`, fields, owner)).status).toBe(400);
	}
	expect(mail.mails).toEqual([]);
});

test('a mail server that refuses is told in a sentence, and the link is there to hand over', async () => {
	mail.refusal = '550-No such person\r\n550 in this house';
	const page = await invite('refused@example.com');
	const told = /The mail could not be sent \([^<]*/.exec(page)?.[0] ?? '';
	expect(told).toBe(
		'The mail could not be sent (the mail server says: 550-No such person 550 in this house). Hand this link to refused@example.com: it works once, for seven days.'
	);
	expect((await get(new URL(linkOn(page)).pathname)).status).toBe(200);
});

// The last one: it takes the mail server away.
test('so is one that is away; a forgotten password is answered as ever, and the log says why', async () => {
	await mail.stop();
	const page = await invite('away@example.com');
	expect(page).toContain(
		'The mail could not be sent (the mail server cannot be reached). Hand this link to away@example.com: it works once, for seven days.'
	);
	expect((await get(new URL(linkOn(page)).pathname)).status).toBe(200);
	const answer = await post('/forgot', { email: 'vera@example.com' });
	expect(await answer.text()).toContain('If there is an account with this address');
	await expect
		.poll(() => server.stderr(), { timeout: 15_000 })
		.toContain('The mail could not be sent');
	expect((await get('/health')).status).toBe(200);
});
