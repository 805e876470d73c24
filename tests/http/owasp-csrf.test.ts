import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestServer } from '../support/server.ts';
import { ask } from './client.ts';
import { ROUTE_ADDRESSES } from './route-addresses.ts';
import { startBlog } from './start-blog.ts';

/** What a page of another site can send without asking for leave, and more. */
const TYPES = [
	'application/x-www-form-urlencoded',
	'multipart/form-data; boundary=x',
	'text/plain',
	'text/plain;application/json',
	'application/json',
	undefined
] as const;

/** How a browser says where a request comes from. */
const FOREIGN: readonly Readonly<Record<string, string>>[] = [
	{ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
	{ origin: 'http://stats.localhost', 'sec-fetch-site': 'same-site' },
	{ origin: 'https://evil.example' },
	{ origin: 'null' }
];

const BODY = 'name=x&domain=blog.example.com';

const CHANGES = ROUTE_ADDRESSES.filter(({ method }) => method !== 'GET');

let server: TestServer;
beforeAll(async () => {
	server = await startBlog([{ path: '/first', title: 'First' }]);
	await server.storageState();
});
afterAll(() => server.stop());

test('there are routes that change something', () => {
	expect(CHANGES.length).toBeGreaterThan(10);
});

describe('a page of another site, in a browser whose owner is signed in', () => {
	test.each(CHANGES)('cannot $method $route', async ({ method, address }) => {
		for (const from of FOREIGN)
			for (const type of TYPES) {
				const answer = await ask(server.url + address, {
					method,
					headers: {
						...from,
						'content-type': type,
						'content-length': String(BODY.length)
					},
					body: BODY
				});
				expect(answer.status, JSON.stringify({ ...from, type })).toBe(403);
				expect(answer.headers).not.toHaveProperty('set-cookie');
				expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
			}
	});

	test.each(CHANGES)('is given no leave to ask for $method $route', async ({ method, address }) => {
		const answer = await ask(server.url + address, {
			method: 'OPTIONS',
			headers: {
				origin: 'https://evil.example',
				'access-control-request-method': method,
				'access-control-request-headers': 'content-type'
			}
		});
		expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
	});
});

test('the session is for no request that another site sends', async () => {
	const { cookies } = await server.storageState();
	const answer = await ask(`${server.url}/sign-in?/password`, {
		method: 'POST',
		headers: {
			cookie: undefined,
			origin: server.url,
			'content-type': 'application/x-www-form-urlencoded'
		},
		body: new URLSearchParams({
			email: 'olive@example.com',
			password: 'a long enough password'
		}).toString()
	});
	const lines = [answer.headers['set-cookie'] ?? []].flat();
	expect(lines.length).toBeGreaterThan(0);
	for (const line of lines) {
		expect(line).toMatch(/; httponly/i);
		expect(line).toMatch(/; samesite=(lax|strict)/i);
	}
	expect(cookies.length).toBeGreaterThan(0);
});
