import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OWNER, sendForm } from '../support/owner.ts';
import type { TestServer } from '../support/server.ts';
import { ask, post } from './client.ts';
import { ROUTE_ADDRESSES } from './route-addresses.ts';
import { BLOG, startBlog } from './start-blog.ts';

const POSTS = [
	{ path: '/first', title: 'First', authors: ['Ana'], topics: ['Selling'] },
	{ path: '/second', title: 'Second', authors: ['Ben'], topics: ['Email'] }
];

let server: TestServer;
let cookie: string;
beforeAll(async () => {
	// Behind a proxy on this machine, which names whoever asks.
	server = await startBlog(POSTS, { TRUSTED_PROXIES: 'loopback' });
	const { cookies } = await server.storageState();
	cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
	await post(server.url, { n: 'pageview', u: `https://${BLOG}/first`, d: BLOG });
});
afterAll(() => server.stop());

describe('redirects lead nowhere else', () => {
	const ELSEWHERE = [
		'//evil.example',
		'https://evil.example',
		'\\\\evil.example',
		'/\\evil.example',
		'/\t/evil.example',
		'javascript:alert(1)',
		`//evil.example/${BLOG}`,
		`/${BLOG}/../../..//evil.example`,
		'/%2f%2fevil.example',
		'http:evil.example'
	];

	test.each(ELSEWHERE)('of a sign-in to %j', async (to) => {
		const answer = await sendForm(`${server.url}/sign-in?/password`, {
			email: OWNER.email,
			password: OWNER.password,
			to
		});
		expect(answer.status).toBe(303);
		const target = new URL(answer.headers.get('location') ?? '', server.url);
		expect(target.origin).toBe(server.url);
	});

	test.each(ELSEWHERE)('of editors to %j', async (to) => {
		for (const screen of ['filter', 'segments']) {
			const address = `${server.url}/${BLOG}/${screen}?${new URLSearchParams({ to }).toString()}`;
			const { status, text, headers } = await ask(address);
			expect(status).toBeLessThan(500);
			expect(String(headers.location ?? '')).not.toContain('evil');
			const links = [...text.matchAll(/(?:href|action)="([^"]*)"/g)].map(([, href = '']) =>
				href.replaceAll('&amp;', '&')
			);
			for (const href of links) expect(new URL(href, server.url).origin, href).toBe(server.url);
		}
	});

	test.each(['//evil.example', '/\\evil.example', '//evil.example/%2e%2e', `//${BLOG}`])(
		'of the path %s',
		async (path) => {
			for (const suffix of ['', '/', '//']) {
				const { headers, status } = await ask(server.url + path + suffix);
				expect(status).toBeLessThan(500);
				const target = new URL(String(headers.location ?? '/'), server.url);
				expect(target.origin).toBe(server.url);
			}
		}
	);
});

test.each([
	'/../../../../etc/passwd',
	'/..%2f..%2f..%2fetc%2fpasswd',
	'/%2e%2e/%2e%2e/etc/passwd',
	'/_app/../../server.ts',
	'/_app/..%5c..%5cpackage.json',
	'/_app/immutable/%2e%2e/%2e%2e/%2e%2e/package.json',
	'/accounts.sqlite',
	'/.env',
	'/js/../../package.json',
	`/${BLOG}/settings/exports/..%2f..%2faccounts.sqlite`,
	`/${BLOG}/settings/exports/%2e%2e`,
	`/${BLOG}/settings/exports/events.csv%00.parquet`,
	`/${BLOG}/settings/imports/..%2f..%2fsecret`,
	`/api/reports/..%2f..%2faccounts.sqlite?site=${BLOG}`,
	'/share/..%2f..%2faccounts.sqlite'
])('no file of the machine comes by %s', async (path) => {
	// Written by hand: a client would tidy the path up.
	const { status, text } = await raw(
		`GET ${path} HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookie}\r\n`
	);
	expect([303, 307, 308, 400, 404, 405]).toContain(status);
	expect(text).not.toMatch(/root:|SQLite format|"name": "byline"|serve\(process/);
});

/** Sends a request as it is written and reads the answer to its end. */
function raw(head: string): Promise<{ readonly status: number; readonly text: string }> {
	return new Promise((resolve, reject) => {
		const socket = connect(server.port, '127.0.0.1');
		let text = '';
		socket.setEncoding('latin1').on('data', (chunk: string) => (text += chunk));
		socket.on('end', () => resolve({ status: Number(text.split(' ')[1]), text }));
		socket.on('error', reject);
		socket.write(`${head}Connection: close\r\n\r\n`);
	});
}

describe('SQL in a parameter is text', () => {
	const INJECTIONS = [
		"' or 1=1 --",
		"'; drop table events; --",
		'" union select 1, version() --',
		"') or ('1'='1",
		"\\'; attach '/tmp/x.db'; --",
		"$1; select * from read_text('/etc/passwd')",
		'%27%20or%201%3D1'
	];
	const PARAMETERS = [
		'period',
		'from',
		'compare',
		'interval',
		'by',
		'sort',
		'q',
		'page',
		'columns',
		'flavour',
		'locale',
		'dimension',
		'limit'
	];
	const report = async (): Promise<string> =>
		(await ask(`${server.url}/api/reports/posts?site=${BLOG}&period=7d`)).text;

	test.each(INJECTIONS)('%s', async (injection) => {
		const before = await report();
		const filters = ['page:is:', 'topic:contains:', 'source:is_not:', 'cta:matches:', 'post:is:'];
		const queries = [
			...PARAMETERS.map((name) => [name, injection] as const),
			...filters.map((filter) => ['filter', filter + injection] as const),
			['filter', `${injection}:is:x`] as const,
			['site', injection] as const
		];
		for (const [name, value] of queries) {
			const params = new URLSearchParams(name === 'site' ? [] : [['site', BLOG]]);
			params.set(name, value);
			for (const path of ['/api/reports/posts', '/api/reports/sources.csv', '/api/suggestions']) {
				const { status, text } = await ask(`${server.url}${path}?${params.toString()}`);
				expect(status, `${path} ${name}`).toBeLessThan(500);
				expect(text).not.toMatch(/Parser Error|Binder Error|Catalog Error|syntax error|root:/);
			}
			const screen = await ask(`${server.url}/${BLOG}/posts?${params.toString()}`);
			expect(screen.status, `posts ${name}`).toBeLessThan(500);
		}
		expect(await report()).toBe(before);
	});
});

describe('fields that nobody asked for', () => {
	const rowsOf = async (): Promise<string> =>
		(await ask(`${server.url}/api/segments?site=${BLOG}`)).text;

	test('of a segment are not taken', async () => {
		const json = { 'content-type': 'application/json' };
		const body = { name: 'Mine', filters: ['device:is:mobile'] };
		const extra = { id: 77, site: 2, site_id: 2, owner: 'x', created_at: 0, role: 'owner' };
		const added = await ask(`${server.url}/api/segments?site=${BLOG}`, {
			method: 'POST',
			headers: json,
			body: JSON.stringify({ ...body, ...extra, __proto__: { isAdmin: true } })
		});
		expect(added.status).toBe(201);
		const { id, ...rest } = JSON.parse(added.text) as { id: number };
		expect(id).not.toBe(77);
		expect(rest).toEqual({ ...body, shared: false });
		await ask(`${server.url}/api/segments/${id}?site=${BLOG}`, {
			method: 'PATCH',
			headers: json,
			body: JSON.stringify({ name: 'Still mine', filters: ['device:is:desktop'], id: 78, site: 2 })
		});
		expect(JSON.parse(await rowsOf())).toEqual({
			segments: [{ id, name: 'Still mine', filters: ['device:is:mobile'], shared: false }]
		});
	});

	test('of a key are not taken', async () => {
		const answer = await sendForm(
			`${server.url}/${BLOG}/settings/keys?/add`,
			{
				name: 'Plain',
				scope: 'reports',
				author: '',
				expires: '0',
				site: '2',
				site_id: '2',
				scopes: 'events,catalogue',
				digest: 'x',
				id: '99'
			},
			cookie
		);
		const key = /byline_[\w-]{32}/.exec(await answer.text())?.[0] ?? '';
		const bearer = { cookie: undefined, authorization: `Bearer ${key}` };
		expect(
			(await ask(`${server.url}/api/reports/posts?site=${BLOG}`, { headers: bearer })).status
		).toBe(200);
		const timed = { n: 'pageview', u: `https://${BLOG}/first`, t: 1_700_000_000_000 };
		expect((await post(server.url, timed, { headers: bearer })).status).toBe(401);
	});
});

describe('requests that are too large, too long, or never end', () => {
	test('a body over its limit is refused, and the next one is taken', async () => {
		const large = 'x'.repeat(600 * 1024);
		for (const { method, address, route } of ROUTE_ADDRESSES.filter(
			(each) =>
				!['GET', 'DELETE'].includes(each.method) &&
				!/upload|catalogue|\/api\/posts|sign-out/.test(each.route)
		)) {
			const answer = await ask(server.url + address, {
				method,
				headers: {
					origin: server.url,
					'content-type': 'application/x-www-form-urlencoded',
					'content-length': String(large.length)
				},
				body: large
			}).catch(() => null);
			expect(answer?.status ?? 413, `${method} ${route}`).toBeGreaterThanOrEqual(400);
			expect(answer?.status ?? 413, `${method} ${route}`).toBeLessThan(500);
		}
		expect((await ask(`${server.url}/health`)).status).toBe(200);
	});

	test('headers and addresses over 16 kB are refused', async () => {
		const long = 'x'.repeat(20 * 1024);
		expect((await raw(`GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${long}\r\n`)).status).toBe(
			431
		);
		expect((await raw(`GET /${long} HTTP/1.1\r\nHost: localhost\r\n`)).status).toBe(431);
	});

	test(
		'slow senders are sent away, and do not keep others waiting',
		{ timeout: 90_000 },
		async () => {
			const ended: number[] = [];
			const sockets = Array.from({ length: 300 }, (_, index) => {
				const socket = connect(server.port, '127.0.0.1');
				// One half never ends its headers, the other its body.
				socket.write(
					index % 2 === 0
						? 'GET / HTTP/1.1\r\nHost: localhost\r\nX-A: b\r\n'
						: 'POST /sign-in?/password HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\n\r\ne'
				);
				socket.on('error', () => undefined).on('close', () => ended.push(index));
				return socket;
			});
			const drip = setInterval(() => {
				for (const [index, socket] of sockets.entries())
					if (!socket.destroyed) socket.write(index % 2 === 0 ? 'X-C: d\r\n' : 'm');
			}, 1_000);
			try {
				for (let asked = 0; asked < 20; asked += 1) {
					expect((await ask(`${server.url}/health`)).status).toBe(200);
					expect((await ask(`${server.url}/${BLOG}`)).status).toBe(200);
					expect(
						(await post(server.url, { n: 'pageview', u: `https://${BLOG}/slow` })).status
					).toBe(202);
				}
				await expect
					.poll(() => ended.length, { timeout: 75_000, interval: 500 })
					.toBe(sockets.length);
			} finally {
				clearInterval(drip);
				for (const socket of sockets) socket.destroy();
			}
		}
	);
});

test('10,000 wrong passwords keep nobody else out', { timeout: 240_000 }, async () => {
	const guess = (number: number): Promise<Response> =>
		fetch(`${server.url}/sign-in?/password`, {
			method: 'POST',
			redirect: 'manual',
			headers: {
				'content-type': 'application/x-www-form-urlencoded',
				origin: server.url,
				'x-forwarded-for': '203.0.113.66'
			},
			body: new URLSearchParams({ email: OWNER.email, password: `guess ${number}` }).toString()
		});
	const statuses = new Map<number, number>();
	for (let sent = 0; sent < 10_000; sent += 50) {
		const answers = await Promise.all(
			Array.from({ length: 50 }, (_, index) => guess(sent + index))
		);
		for (const answer of answers) {
			const text = await answer.text();
			const { status } = JSON.parse(text) as { status?: number };
			const told = status ?? answer.status;
			statuses.set(told, (statuses.get(told) ?? 0) + 1);
			expect(answer.headers.getSetCookie()).toEqual([]);
		}
		if (sent % 1_000 === 0) expect((await ask(`${server.url}/${BLOG}`)).status).toBe(200);
	}
	// A few are looked at; the others cost no hash.
	expect(statuses.get(400)).toBeLessThanOrEqual(20);
	expect(statuses.get(429)).toBeGreaterThanOrEqual(9_980);
	const right = await sendForm(`${server.url}/sign-in?/password`, {
		email: OWNER.email,
		password: OWNER.password
	});
	expect([right.status, right.headers.get('location')]).toEqual([303, '/']);
});
