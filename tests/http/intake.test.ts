import { connect } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestServer } from '../support/server.ts';
import { ask, CHROME, post, type Answer } from './client.ts';
import { readReport } from './report.ts';
import { BLOG, startBlog } from './start-blog.ts';

/** A busy machine may take its time; how soon an event is seen is measured by the bench. */
const SOON = { timeout: 15_000, interval: 50 };
const SEED = 20_170_825;

let server: TestServer;
beforeAll(async () => {
	server = await startBlog([{ path: '/known', title: 'Known', topics: ['Selling'] }]);
});
afterAll(async () => {
	await server.stop();
});

const view = (path: string, more: object = {}): object => ({
	n: 'pageview',
	u: `https://${BLOG}${path}`,
	d: BLOG,
	...more
});

/** Page views of one page. */
async function viewsOf(path: string): Promise<number> {
	const { rows } = await readReport(server.url, 'pages');
	return Number(rows.find((row) => row['path'] === path)?.['page_views'] ?? 0);
}

const errorsOf = (answer: Answer): Record<string, string[]> => {
	expect(answer.headers['content-type']).toContain('application/json');
	const { errors } = JSON.parse(answer.text) as { errors: Record<string, string[]> };
	for (const messages of Object.values(errors))
		for (const message of messages) expect(message).toMatch(/\S/);
	expect(Object.keys(errors).length).toBeGreaterThan(0);
	return errors;
};

/** Dropped events by reason, as kept in the registry. */
function drops(): Record<string, number> {
	using database = new DatabaseSync(join(server.dataDir, 'byline.sqlite'), { readOnly: true });
	const rows = database.prepare('select reason, sum(count) as count from drops group by 1').all();
	return Object.fromEntries(rows.map((row) => [String(row['reason']), Number(row['count'])]));
}

/** The server is up and what it said holds no trace of an error nobody caught. */
async function expectWell(): Promise<void> {
	expect((await ask(`${server.url}/health`)).status).toBe(200);
	expect(server.stderr()).not.toMatch(/^\s+at .+:\d+/m);
	expect(server.stderr()).not.toMatch(/Error|wait in the journal/);
	expect(server.stdout()).toBe('');
}

describe('an event that is right', () => {
	test('is answered 202 ok and is in the overview soon after', async () => {
		const before = Number((await readReport(server.url, 'overview')).totals['page_views']);
		const answer = await post(server.url, view('/first'));
		expect(answer).toMatchObject({ status: 202, text: 'ok' });
		expect(answer.headers['x-byline-dropped']).toBeUndefined();
		expect(answer.headers['set-cookie']).toBeUndefined();
		await expect
			.poll(async () => (await readReport(server.url, 'overview')).totals['page_views'], SOON)
			.toBe(before + 1);
	});

	test('counts once where its id is sent fifty times at once, and again later', async () => {
		const answers = await Promise.all(
			Array.from({ length: 50 }, () => post(server.url, view('/once', { i: 'the-same-id' })))
		);
		expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
		await expect.poll(() => viewsOf('/once'), SOON).toBe(1);
		expect((await post(server.url, view('/once', { id: 'the-same-id' }))).status).toBe(202);
		await post(server.url, [
			view('/once', { i: 'the-same-id' }),
			view('/after-once'),
			view('/once', { i: 'the-same-id' })
		]);
		await expect.poll(() => viewsOf('/after-once'), SOON).toBe(1);
		expect(await viewsOf('/once')).toBe(1);
	});

	test('counts once where its domain is named twice', async () => {
		const d = `${BLOG}, www.${BLOG},${BLOG.toUpperCase()}`;
		expect((await post(server.url, view('/twice-named', { d }))).status).toBe(202);
		await expect.poll(() => viewsOf('/twice-named'), SOON).toBeGreaterThan(0);
		expect(await viewsOf('/twice-named')).toBe(1);
	});

	test('comes in batches of up to 1,000', async () => {
		const batch = Array.from({ length: 1_000 }, (_, index) => view(`/batch/${index % 10}`));
		const answer = await post(server.url, batch);
		expect(answer.status).toBe(202);
		expect(JSON.parse(answer.text)).toEqual({ accepted: 1_000, dropped: [] });
		await expect.poll(() => viewsOf('/batch/3'), SOON).toBe(100);
		const none = await post(server.url, []);
		expect(JSON.parse(none.text)).toEqual({ accepted: 0, dropped: [] });
	});

	test.each([
		'text/plain',
		'text/plain;charset=UTF-8',
		'application/json',
		'application/json; charset=utf-8',
		undefined
	])('is taken as %s', async (type) => {
		const path = `/type/${String(type).replace(/\W/g, '-')}`;
		const answer = await post(server.url, view(path), { headers: { 'content-type': type } });
		expect(answer).toMatchObject({ status: 202, text: 'ok' });
		await expect.poll(() => viewsOf(path), SOON).toBe(1);
	});

	test('is taken with long names, and without a domain by its address', async () => {
		const long = { name: 'pageview', url: `http://www.${BLOG}:8080/long/#top`, domain: null };
		expect((await post(server.url, long)).text).toBe('ok');
		await expect.poll(() => viewsOf('/long'), SOON).toBe(1);
	});
});

describe('browsers of other sites', () => {
	test('may ask from any origin, without cookies', async () => {
		const preflight = await ask(`${server.url}/api/event`, {
			method: 'OPTIONS',
			headers: {
				origin: 'https://elsewhere.example',
				'access-control-request-method': 'POST',
				'access-control-request-headers': 'content-type'
			}
		});
		expect(preflight.status).toBe(204);
		expect(preflight.headers).toMatchObject({
			'access-control-allow-origin': '*',
			'access-control-max-age': '86400'
		});
		expect(preflight.headers['access-control-allow-methods']).toMatch(/POST.*OPTIONS/);
		expect(preflight.headers['access-control-allow-headers']).toMatch(/content-type/i);
		for (const body of [view('/cors'), '{', []]) {
			const { headers } = await post(server.url, body, { headers: { origin: 'null' } });
			expect(headers['access-control-allow-origin']).toBe('*');
			expect(headers['access-control-allow-credentials']).toBeUndefined();
			expect(headers['set-cookie']).toBeUndefined();
		}
	});

	test.each(['GET', 'PUT', 'DELETE', 'PATCH'])('may not %s', async (method) => {
		const answer = await ask(`${server.url}/api/event`, { method });
		expect(answer.status).toBe(405);
		expect(answer.headers['allow']).toMatch(/POST/);
	});
});

describe('an event that does not count', () => {
	test.each([
		['unknown_site', { d: 'stranger.example' }, CHROME],
		['unknown_site', { d: '__proto__' }, CHROME],
		['bot', {}, 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'],
		['bot', {}, CHROME.replace('Chrome/', 'HeadlessChrome/')],
		['bot', {}, 'curl/8.5.0'],
		['no_user_agent', {}, undefined],
		['bad_url', { u: 'mailto:someone@example.com' }, CHROME],
		['bad_url', { u: 'no address' }, CHROME]
	])('is dropped as %s (%j, %s)', async (reason, more, userAgent) => {
		const answer = await post(server.url, view('/dropped', more), {
			headers: { 'user-agent': userAgent }
		});
		expect(answer).toMatchObject({ status: 202, text: 'ok' });
		expect(answer.headers['x-byline-dropped']).toBe(reason);
		expect(answer.headers['x-plausible-dropped']).toBe('1');
	});

	test('is named in the answer to its batch', async () => {
		const answer = await post(server.url, [
			view('/mixed'),
			view('/mixed', { d: 'stranger.example' }),
			{ n: 'pageview' },
			null,
			'text',
			7,
			[view('/mixed')],
			view('/mixed')
		]);
		expect(answer.status).toBe(202);
		const { accepted, dropped } = JSON.parse(answer.text) as {
			accepted: number;
			dropped: { index: number; reason: string; errors?: object }[];
		};
		expect(accepted).toBe(2);
		expect(dropped.map(({ index, reason }) => [index, reason])).toEqual([
			[1, 'unknown_site'],
			[2, 'invalid'],
			[3, 'invalid'],
			[4, 'invalid'],
			[5, 'invalid'],
			[6, 'invalid']
		]);
		expect(dropped[1]?.errors).toHaveProperty('url');
		await expect.poll(() => viewsOf('/mixed'), SOON).toBe(2);
	});

	test('is counted by its reason, also over a restart', async () => {
		await server.restart();
		const counted = drops();
		expect(counted).toMatchObject({ unknown_site: 3, bot: 3, no_user_agent: 1, bad_url: 2 });
		expect(counted['invalid']).toBe(5);
		expect(await viewsOf('/dropped')).toBe(0);
		await post(server.url, view('/x', { d: 'stranger.example' }));
		await server.restart();
		expect(drops()['unknown_site']).toBe(4);
	});
});

const deep = (depth: number, open: string, close: string): string =>
	open.repeat(depth) + close.repeat(depth);

const REFUSED: readonly (readonly [string, unknown, string])[] = [
	['an empty body', '', 'body'],
	['spaces', ' \n', 'body'],
	['broken JSON', '{"n":"pageview"', 'body'],
	['JavaScript', '{n:"pageview"}', 'body'],
	['two values', '{}{}', 'body'],
	['null', 'null', 'body'],
	['a number', '7', 'body'],
	['a string', '"pageview"', 'body'],
	['NaN', 'NaN', 'body'],
	['a form', 'n=pageview&u=https%3A%2F%2Fblog.example.com%2F', 'body'],
	['invalid UTF-8', Buffer.from('{"n":"page\xffview"}', 'latin1'), 'body'],
	['an overlong encoding', Buffer.from('{"n":"\xc0\xaf"}', 'latin1'), 'body'],
	['UTF-16', Buffer.from(JSON.stringify(view('/utf-16')), 'utf16le'), 'body'],
	['bytes of a zip', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 255, 254]), 'body'],
	['a NUL byte', `{"n":"page\u0000view"}`, 'body'],
	['deep objects', deep(10_000, '{"p":', '}'), 'body'],
	['an empty object', {}, 'event_name'],
	['a name that is a number', view('/', { n: 5 }), 'event_name'],
	['a name that is an object', view('/', { n: { toString: 1 } }), 'event_name'],
	['an empty name', view('/', { n: '' }), 'event_name'],
	['a name of control characters', view('/', { n: '\u0000\u0007' }), 'event_name'],
	['a long name', view('/', { n: 'n'.repeat(121) }), 'event_name'],
	['no address', { n: 'pageview', d: BLOG }, 'url'],
	['an address that is a list', view('/', { u: ['https://blog.example.com'] }), 'url'],
	['a long address', view(`/${'a'.repeat(9_000)}`), 'url'],
	['a javascript: address', view('/', { u: 'javascript:alert(1)' }), 'url'],
	['a javascript: address in disguise', view('/', { u: ' JaVaScRiPt:alert(1)' }), 'url'],
	['a data: address', view('/', { u: 'data:text/html,<script>alert(1)</script>' }), 'url'],
	['a domain that is a number', view('/', { d: 5 }), 'domain'],
	['an empty domain', view('/', { d: '' }), 'domain'],
	['a long domain', view('/', { d: 'a'.repeat(2_000) }), 'domain'],
	['a referrer that is an object', view('/', { r: {} }), 'referrer'],
	['an id with a quote', view('/', { i: "'; drop table events; --" }), 'id'],
	['an id that is too long', view('/', { i: 'i'.repeat(65) }), 'id'],
	['an empty id', view('/', { i: '' }), 'id'],
	['a page view id with a space', view('/', { pv: 'a b' }), 'page_view_id'],
	['a CTA without an id', view('/', { n: 'cta_click', c: {} }), 'cta'],
	['a click on nothing', view('/', { n: 'cta_click' }), 'cta'],
	['a CTA that is text', view('/', { n: 'cta_click', c: 'ebook' }), 'cta'],
	['51 CTAs', view('/', { c: Array.from({ length: 51 }, () => ({ id: 'a' })) }), 'cta'],
	['a form that is a list', view('/', { n: 'subscribe', f: [] }), 'form'],
	['engagement without figures', view('/', { n: 'engagement' }), 'event_name'],
	['a time without a key', view('/', { t: 1_500_000_000_000 }), 'timestamp'],
	['a time that is no time', view('/', { t: 'yesterday' }), 'timestamp'],
	['1,001 events', Array.from({ length: 1_001 }, () => view('/many')), 'body']
];

describe('a body that is wrong', () => {
	test.each(REFUSED)('%s is refused by field', async (_, body, field) => {
		const answer = await post(server.url, body);
		expect(answer.status).toBe(400);
		expect(errorsOf(answer)).toHaveProperty([field]);
		await expectWell();
	});

	test('a single event over 64 kB, a batch over 2 MB and 10 MB are too large', async () => {
		const padded = (bytes: number): string => {
			const bare = JSON.stringify(view('/padded', { x: '' }));
			return bare.replace('"x":""', `"x":"${'x'.repeat(bytes - bare.length)}"`);
		};
		expect((await post(server.url, padded(65_536))).status).toBe(202);
		for (const [body, chunked] of [
			[padded(65_537), false],
			[padded(65_537), true],
			[JSON.stringify(Array.from({ length: 40 }, () => padded(60_000))), false],
			[padded(10_000_000), false]
		] as const) {
			const answer = await post(server.url, body, { chunked });
			expect(answer.status).toBe(413);
			expect(errorsOf(answer)).toHaveProperty('body');
		}
		await expect.poll(() => viewsOf('/padded'), SOON).toBe(1);
		await expectWell();
	});

	test('10 MB are refused before they arrive', async () => {
		const answer = await raw(
			`POST /api/event HTTP/1.1\r\nhost: x\r\nuser-agent: ${CHROME}\r\ncontent-length: 10000000\r\n\r\n[`
		);
		expect(answer).toMatch(/^HTTP\/1\.1 413 /);
	});

	test('a body of no stated length is refused once it is too long, and read no further', async () => {
		let sent = 0;
		const piece = Buffer.alloc(65_536, 32);
		// Far more than the buffers of both sockets hold: Linux lets them grow past 32 MB.
		const all = 4_096 * piece.length;
		const answer = await raw(
			`POST /api/event HTTP/1.1\r\nhost: x\r\nuser-agent: ${CHROME}\r\ntransfer-encoding: chunked\r\n\r\n`,
			(write) => {
				const more = (): void => {
					if (sent >= all) return;
					sent += piece.length;
					write(Buffer.concat([Buffer.from('10000\r\n'), piece, Buffer.from('\r\n')]), more);
				};
				more();
			}
		);
		expect(answer).toMatch(/^HTTP\/1\.1 413 /);
		expect(sent).toBeLessThan(all);
		await expectWell();
	});

	test('what is no HTTP is answered or cut off', async () => {
		for (const text of [
			'\u0000\u0000\u0000\r\n\r\n',
			'POST /api/event HTTP/1.1\r\ncontent-length: -1\r\n\r\n',
			'POST /api/event HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
			`GET /${'a'.repeat(100_000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
			'POST /api/event HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n'
		])
			expect(await raw(text)).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
		await expectWell();
	});

	test('a sender that leaves halfway disturbs nobody', async () => {
		for (let round = 0; round < 20; round += 1) {
			const socket = connect(server.port, '127.0.0.1');
			socket.on('error', () => undefined);
			socket.write('POST /api/event HTTP/1.1\r\nhost: x\r\ncontent-length: 500\r\n\r\n{"n":"pa');
			await new Promise((resolve) => setTimeout(resolve, 2));
			if (round % 2 === 0) socket.resetAndDestroy();
			else socket.end();
		}
		await expectWell();
	});
});

/** Sends bytes as they are and answers what came back until the server closed or was silent. */
function raw(
	head: string,
	more: (write: (bytes: Buffer, done: () => void) => void) => void = () => undefined
): Promise<string> {
	return new Promise((resolve) => {
		const socket = connect(server.port, '127.0.0.1');
		let text = '';
		socket.setTimeout(3_000, () => socket.destroy());
		socket.on('data', (chunk) => {
			text += chunk.toString('latin1');
			// The whole answer is here; whether the server closes now is not asked.
			if (text.includes('\r\n\r\n')) socket.destroy();
		});
		socket.on('error', () => undefined);
		socket.on('close', () => resolve(text));
		socket.write(head);
		more((bytes, done) => socket.destroyed || socket.write(bytes, done));
	});
}

const SCRIPT = '<script>window.pwned=1</script>';
const NASTY = [
	SCRIPT,
	`"><img src=x onerror=${SCRIPT}>`,
	'\u0000NUL\u0000',
	'\ud800 lone \udc00',
	'{{7*7}} #{7*7} <%= 7*7 %>',
	"'; drop table events; --",
	'=HYPERLINK("http://evil.example")',
	'\u202egnp.exe',
	'../../etc/passwd',
	'\u2028line\u2029separators\r\n',
	'😀'.repeat(40)
];

describe('text that is out for harm', () => {
	test('is kept as text, in every field, and the rest still counts', async () => {
		for (const [index, text] of NASTY.entries()) {
			const encoded = encodeURIComponent(text.toWellFormed());
			const page = view(`/nasty/${encoded}?utm_source=${encoded}&utm_campaign=${encoded}`, {
				r: `https://evil.example/${text}`,
				p: { [text]: text, __proto__: { polluted: true }, constructor: text },
				c: [{ id: text, placement: text, variant: text }],
				pv: `nasty-${index}`
			});
			const cta = { id: text || 'x', placement: text, variant: text };
			for (const event of [
				page,
				{ ...page, u: `https://${text}.${BLOG}/` },
				{ ...page, n: 'cta_view', c: cta },
				{ ...page, n: 'cta_click', c: cta },
				{ ...page, n: 'subscribe', f: text },
				{ ...page, n: text },
				{ ...page, n: 'engagement', sd: 1e308, e: 2_591_999_999 },
				{ ...page, n: 'engagement', sd: '9'.repeat(400), e: -1 },
				{ ...page, r: `javascript:${text}` }
			]) {
				const answer = await post(server.url, event);
				expect([202, 400]).toContain(answer.status);
			}
		}
		const proto = `{"n":"pageview","u":"https://${BLOG}/proto","d":"${BLOG}","__proto__":{"n":"x"},"p":{"__proto__":{"a":1},"constructor":{"prototype":{"a":1}}}}`;
		expect((await post(server.url, proto)).text).toBe('ok');
		const nested = `{"n":"pageview","u":"https://${BLOG}/nested","d":"${BLOG}","p":{"a":${deep(5_000, '[', ']')}}}`;
		expect((await post(server.url, nested)).text).toBe('ok');
		await post(server.url, view('/after-nasty'));
		await expect.poll(() => viewsOf('/after-nasty'), SOON).toBe(1);
		expect(await viewsOf('/proto')).toBe(1);
		expect(await viewsOf('/nested')).toBe(1);
		await expectWell();
	});

	test.each(['', '/posts', '/topics', '/authors', '/recent', '/ctas', '/sources', '/settings'])(
		'is shown as text on the screen %s',
		async (screen) => {
			const { status, text, headers } = await ask(`${server.url}/${BLOG}${screen}?period=7d`);
			expect(status).toBe(200);
			expect(headers['content-type']).toContain('text/html');
			expect(text).not.toContain('<script>window.pwned');
			expect(text).not.toContain('<img src=x');
			expect(text).not.toMatch(/(href|src|action)\s*=\s*["']?\s*javascript:/i);
		}
	);

	test('is dangerous in no download either', async () => {
		const { text, headers } = await ask(
			`${server.url}/api/reports/ctas.csv?site=${BLOG}&period=7d`
		);
		expect(headers['content-type']).toContain('text/csv');
		expect(text).toContain('"\'=HYPERLINK(');
		expect(text).not.toMatch(/(^|,)"?=HYPERLINK/m);
	});
});

describe('anything at all', () => {
	const field = fc.oneof(
		fc.jsonValue({ maxDepth: 2 }),
		fc.string({ unit: 'binary', maxLength: 40 }),
		fc.constantFrom(...NASTY, BLOG, 'pageview', 'engagement', 'cta_click', `https://${BLOG}/any`)
	);
	const keys = [
		'n',
		'u',
		'd',
		'r',
		'p',
		'm',
		'sd',
		'e',
		'i',
		'pv',
		'c',
		'f',
		't',
		'v',
		'__proto__'
	];
	const almost = fc
		.tuple(
			fc.constantFrom('pageview', 'engagement', 'cta_view', 'cta_click', 'subscribe', 'custom'),
			fc.dictionary(fc.constantFrom(...keys, 'name', 'url'), field, { maxKeys: 5 })
		)
		.map(([n, more]) => ({ ...view(`/any/${n}`, { n }), ...more }));
	const cta = fc.record(
		{ id: fc.string({ unit: 'binary' }), placement: field, variant: field },
		{ requiredKeys: ['id'] }
	);
	const likely = fc
		.record(
			{
				n: fc.constantFrom('pageview', 'engagement', 'cta_view', 'cta_click', 'subscribe'),
				r: fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.string({ unit: 'binary' })),
				u: fc.webUrl({ withQueryParameters: true, withFragments: true }),
				sd: fc.oneof(fc.integer(), fc.double()),
				e: fc.oneof(fc.integer(), fc.double(), fc.maxSafeNat()),
				f: fc.string({ unit: 'binary' }),
				p: fc.dictionary(fc.string({ unit: 'binary' }), field),
				c: fc.oneof(cta, fc.array(cta))
			},
			{ requiredKeys: ['n', 'u'] }
		)
		.map((event) => ({ ...event, d: BLOG }));
	const body = fc.oneof(
		fc.json(),
		fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
		almost.map((event) => JSON.stringify(event)),
		likely.map((event) => JSON.stringify(event)),
		fc
			.array(fc.oneof(almost, likely, fc.jsonValue()), { maxLength: 5 })
			.map((all) => JSON.stringify(all))
	);

	test('is answered 202, 400 or 413, and what is right still counts', async () => {
		let sent = 0;
		await fc.assert(
			fc.asyncProperty(body, async (given) => {
				const answer = await post(server.url, given);
				expect([202, 400, 413]).toContain(answer.status);
				if (answer.status !== 202) errorsOf(answer);
				sent += 1;
				if (sent % 50 === 0) expect((await ask(`${server.url}/health`)).status).toBe(200);
			}),
			{ numRuns: 500, seed: SEED }
		);
		const before = await viewsOf('/after-anything');
		await post(server.url, view('/after-anything'));
		await expect.poll(() => viewsOf('/after-anything'), SOON).toBe(before + 1);
		await expectWell();
	});
});
