import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../support/server.ts';
import { ask, post, type Answer } from './client.ts';
import { ROUTE_ADDRESSES } from './route-addresses.ts';
import { BLOG, startBlog } from './start-blog.ts';

const POST = {
	path: '/first',
	title: 'First',
	authors: ['Ana'],
	topics: ['Selling'],
	published_at: '2026-01-01T00:00:00Z',
	word_count: 300
};
const CLIENT = fileURLToPath(new URL('../../build/client/', import.meta.url));

let server: TestServer;
beforeAll(async () => {
	server = await startBlog([POST]);
	await post(server.url, { n: 'pageview', u: `https://${BLOG}/first`, d: BLOG });
});
afterAll(() => server.stop());

/** Some of a stream's answer would never come to its end. */
const ENDLESS = '/[site]/live';

function policyOf({ headers }: Answer): ReadonlyMap<string, string> {
	const text = String(headers['content-security-policy'] ?? '');
	return new Map(
		text
			.split(';')
			.map((part) => part.trim())
			.filter((part) => part !== '')
			.map((part): [string, string] => {
				const [name = '', ...sources] = part.split(' ');
				return [name, sources.join(' ')];
			})
	);
}

function expectGuarded(answer: Answer): void {
	expect(answer.headers).toMatchObject({
		'x-content-type-options': 'nosniff',
		'x-frame-options': 'DENY',
		'referrer-policy': 'same-origin',
		'cross-origin-opener-policy': 'same-origin',
		'cross-origin-resource-policy': 'same-origin',
		'permissions-policy': expect.stringContaining('camera=()')
	});
	expect(answer.headers).not.toHaveProperty('x-powered-by');
	expect(answer.headers).not.toHaveProperty('server');
	expect(answer.status).toBeLessThan(500);
}

function expectPolicy(answer: Answer): void {
	const policy = policyOf(answer);
	expect(policy.get('default-src')).toBe("'none'");
	expect(policy.get('base-uri')).toBe("'none'");
	expect(policy.get('frame-ancestors')).toBe("'none'");
	for (const name of ['script-src', 'style-src', 'connect-src', 'form-action'])
		expect(policy.get(name) ?? '', name).not.toMatch(/unsafe|\*|https?:|data:|blob:/);
	expect([...policy.keys()]).not.toContain('script-src-elem');
	expect([...policy.keys()]).not.toContain('script-src-attr');
}

/** Scripts and styles of a page are files, but for the one that starts it, which carries the answer's own nonce. */
function expectNothingInline(answer: Answer): void {
	const nonces = [...(policyOf(answer).get('script-src') ?? '').matchAll(/'nonce-([^']+)'/g)];
	const scripts = [...answer.text.matchAll(/<script\b([^>]*)>/g)].map(
		([, attributes]) => attributes
	);
	for (const attributes of scripts)
		expect(attributes).toMatch(
			new RegExp(`\\bsrc="|nonce="${(nonces[0]?.[1] ?? 'none').replace(/[+/]/g, '\\$&')}"`)
		);
	expect(nonces).toHaveLength(scripts.length > 0 ? 1 : 0);
	expect(answer.text).not.toMatch(/<style\b/);
	expect(answer.text).not.toMatch(/<[^>]+\son\w+\s*=/i);
	expect(answer.text).not.toMatch(/javascript:/i);
}

const isPage = ({ headers }: Answer): boolean =>
	String(headers['content-type'] ?? '').startsWith('text/html');

describe('every answer has the headers', () => {
	const reads = ROUTE_ADDRESSES.filter(
		({ method, route }) => method === 'GET' && route !== ENDLESS
	);

	test.each(reads)('$route, to its owner', async ({ address }) => {
		const answer = await ask(server.url + address);
		expectGuarded(answer);
		expectPolicy(answer);
		if (isPage(answer)) {
			expectNothingInline(answer);
			expect(answer.headers).toMatchObject({
				'cache-control': 'private, no-store',
				'x-robots-tag': 'noindex'
			});
		}
	});

	test.each(reads)('$route, to a stranger', async ({ address }) => {
		const answer = await ask(server.url + address, { headers: { cookie: undefined } });
		expectGuarded(answer);
		expectPolicy(answer);
	});

	test.each(ROUTE_ADDRESSES.filter(({ method }) => method !== 'GET'))(
		'$method $route',
		async ({ method, address }) => {
			const answer = await ask(server.url + address, {
				method,
				headers: {
					cookie: undefined,
					'content-type': 'application/json',
					'content-length': '2'
				},
				body: '{}'
			});
			expectGuarded(answer);
			expectPolicy(answer);
		}
	);

	test.each([
		'/no-such-page',
		'/no-such.example/posts',
		'/a/b/c/d/e',
		'/api/no-such',
		'/%00',
		'/%E0%A4%A',
		`/${BLOG}/__data.json`,
		`/${BLOG}/posts?period=wrong`
	])('%s', async (path) => {
		const answer = await ask(server.url + path);
		expectGuarded(answer);
		if (isPage(answer) && answer.status !== 400) expectPolicy(answer);
	});

	test('the stream of a site', async () => {
		const response = await server.fetch(`/${BLOG}/live`);
		expect(response.headers.get('x-content-type-options')).toBe('nosniff');
		expect(response.headers.get('x-frame-options')).toBe('DENY');
		await response.body?.cancel();
	});

	test('files of the app', async () => {
		const files = readdirSync(CLIENT, { recursive: true, encoding: 'utf8' }).filter((path) =>
			/\.(js|css|svg|txt)$/.test(path)
		);
		expect(files.length).toBeGreaterThan(10);
		for (const path of files.slice(0, 40)) {
			const answer = await ask(`${server.url}/${path.replaceAll('\\', '/')}`);
			expect(answer.status, path).toBe(200);
			expectGuarded(answer);
		}
	});
});

test('a nonce is of one answer', async () => {
	const nonceOf = async (): Promise<string | undefined> =>
		/'nonce-([^']+)'/.exec(
			policyOf(await ask(`${server.url}/${BLOG}`)).get('script-src') ?? ''
		)?.[1];
	const nonces = await Promise.all([nonceOf(), nonceOf(), nonceOf()]);
	expect(new Set(nonces).size).toBe(3);
	expect(nonces[0]?.length).toBeGreaterThanOrEqual(16);
});

describe('behind TLS', () => {
	let behind: TestServer;
	beforeAll(async () => {
		behind = await startServer({ env: { ORIGIN: 'https://stats.example.com' } });
	});
	afterAll(() => behind.stop());

	test('browsers are told to stay there; without it they are not', async () => {
		const { headers } = await ask(`${behind.url}/sign-in`, { headers: { cookie: undefined } });
		expect(headers['strict-transport-security']).toBe('max-age=63072000');
		expect((await ask(`${server.url}/sign-in`)).headers).not.toHaveProperty(
			'strict-transport-security'
		);
	});

	test.each([
		{ host: 'evil.example' },
		{ host: 'stats.example.com', 'x-forwarded-host': 'evil.example' },
		{ host: 'stats.example.com', 'x-forwarded-proto': 'evil', forwarded: 'host=evil.example' },
		{ host: 'evil.example:80@stats.example.com' },
		{ host: 'evil.example"><script>alert(1)</script>' }
	])('what a request says of its host leads nobody elsewhere: %j', async (headers) => {
		for (const path of ['/', '/setup', '/sign-in', `/${BLOG}`, '/no-such', '/__data.json']) {
			const answer = await ask(behind.url + path, { headers: { ...headers, cookie: undefined } });
			expect(answer.status).toBeLessThan(500);
			expect(answer.text).not.toContain('evil');
			expect(JSON.stringify(answer.headers)).not.toContain('evil');
		}
	});
});

test('without ORIGIN a host that is none is refused, and the service goes on', async () => {
	for (const host of ['evil.example"><script>', 'a b', '[::1', 'evil.example:99999', '/'])
		expect((await ask(`${server.url}/`, { headers: { host } })).status).toBeLessThan(500);
	expect((await ask(`${server.url}/health`)).status).toBe(200);
});
