import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestServer } from '../support/server.ts';
import { bylineOk } from './byline-command.ts';
import { ask } from './client.ts';
import { HOSTILE_JSON } from './hostile-json.ts';
import { readReport } from './report.ts';
import { BLOG, startBlog } from './start-blog.ts';

const SEED = 20_170_825;
const CONNECTIONS = 16;
const WARM_UP = 2_000;
const REQUESTS = 10_000;
/** Heaps breathe, and the store keeps pages in memory: 8,000 bodies that left 8 kB each would still show. */
const GROWTH_BOUND_MB = 64;

const ENV = {
	// Readers of many addresses: the store's work is not what is measured here.
	TRUSTED_PROXIES: 'loopback',
	MEMORY_LIMIT: '128MB',
	THREADS: '1',
	// Without a bound the heap grows as it likes before it is ever cleaned up; what stays in this one ends the process.
	NODE_OPTIONS: '--max-old-space-size=64 --max-semi-space-size=2',
	MALLOC_ARENA_MAX: '2'
};

let server: TestServer;
beforeAll(async () => {
	server = await startBlog([], ENV);
});
afterAll(async () => {
	await server.stop();
});

interface Hostile {
	readonly path: string;
	readonly method: 'GET' | 'POST';
	readonly address: string;
	readonly body?: string | Buffer;
}

const NASTY_TEXT = [
	'',
	' ',
	'\u0000',
	'\ud800',
	'\u202egnp.exe',
	'__proto__',
	'constructor',
	'toString',
	"'; drop table events; --",
	'<script>alert(1)</script>',
	'%00%ff%zz%',
	'../../../../etc/passwd',
	'{"$ne":null}',
	'a'.repeat(9_000),
	'\u{1f4a9}'.repeat(500),
	'e\u0301'.repeat(1_000),
	'http://[::1',
	'https://blog.example.com:99999/',
	'https://user:pass@blog.example.com/%2e%2e/%2e%2e/\\..\\',
	'//blog.example.com//..//',
	'data:text/html,x',
	'1e999',
	'-0',
	'0x10',
	'9'.repeat(400),
	'NaN',
	'2026-13-45T99:99:99Z'
] as const;

const text = fc.oneof(
	fc.constantFrom(...NASTY_TEXT),
	fc.string({ unit: 'binary', maxLength: 40 }),
	fc.string({ maxLength: 40 }),
	fc.webUrl({ withQueryParameters: true, withFragments: true })
);
const number = fc.oneof(
	fc.double(),
	fc.constantFrom(-1, 0, 100.5, 2 ** 31, 2 ** 53, 2 ** 63, 1e308, -1e308, Number.MIN_VALUE)
);
const value = fc.oneof(
	{ weight: 4, arbitrary: text },
	{ weight: 2, arbitrary: number },
	{ weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
	{ weight: 1, arbitrary: fc.constantFrom(null, true, false, [], {}, [[]], [null]) }
);
const maybe = <T>(usual: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
	fc.oneof({ weight: 3, arbitrary: usual }, { weight: 1, arbitrary: value });

const name = fc.constantFrom(
	...['pageview', 'engagement', 'cta_view', 'cta_click', 'subscribe', 'comment', 'Sign up']
);
const address = text.map((rest) => `https://${BLOG}/${rest}`);
const cta = maybe(
	fc.record(
		{ id: maybe(text), placement: maybe(text), variant: maybe(text) },
		{ requiredKeys: ['id'] }
	)
);
const properties = fc.oneof(
	fc.dictionary(text, value, { maxKeys: 40 }),
	fc.jsonValue().map((json) => JSON.stringify(json)),
	value
);

/** An event of Byline's own form where any part may be anything. */
const bylineEvent = fc.record(
	{
		n: maybe(name),
		u: maybe(address),
		d: maybe(fc.constantFrom(BLOG, `${BLOG},${BLOG}`, 'stranger.example')),
		r: maybe(text),
		i: maybe(fc.uuid()),
		pv: maybe(fc.uuid()),
		c: fc.oneof(cta, fc.array(cta, { maxLength: 60 })),
		f: maybe(text),
		p: properties,
		sd: value,
		e: value,
		t: maybe(fc.constant(null)),
		h: value,
		v: value
	},
	{ requiredKeys: ['n', 'u'] }
);

const umamiEvent = fc.record(
	{
		type: maybe(fc.constantFrom('event', 'identify', 'performance')),
		payload: maybe(
			fc.record(
				{
					website: maybe(fc.uuid()),
					hostname: maybe(fc.constant(BLOG)),
					url: maybe(fc.oneof(text, address)),
					referrer: value,
					title: value,
					name: maybe(name),
					data: properties,
					language: value,
					screen: value,
					id: value,
					timestamp: value,
					userAgent: value,
					ip: value
				},
				{ requiredKeys: ['hostname'] }
			)
		)
	},
	{ requiredKeys: ['type', 'payload'] }
);

/** Valid JSON with a few bytes changed, or cut short. */
const mutated = fc
	.tuple(
		fc.oneof(bylineEvent, umamiEvent),
		fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }),
		fc.option(fc.nat())
	)
	.map(([event, changes, cut]) => {
		const bytes = Buffer.from(JSON.stringify(event));
		for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
		return cut === null ? bytes : bytes.subarray(0, cut % bytes.length);
	});

const randomBytes = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes));
const json = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<string> =>
	values.map((any) => JSON.stringify(any) ?? 'null');

const body = fc.oneof(
	{ weight: 5, arbitrary: json(bylineEvent) },
	{ weight: 2, arbitrary: json(fc.array(fc.oneof(bylineEvent, value), { maxLength: 8 })) },
	{ weight: 3, arbitrary: json(umamiEvent) },
	{ weight: 1, arbitrary: json(fc.array(umamiEvent, { maxLength: 8 })) },
	{ weight: 3, arbitrary: json(fc.jsonValue()) },
	{ weight: 3, arbitrary: mutated },
	{ weight: 2, arbitrary: randomBytes },
	{ weight: 1, arbitrary: fc.constantFrom(...HOSTILE_JSON) }
);

const reader = fc.oneof(fc.ipV4(), fc.ipV6());

const POSTS = ['/api/event', '/api/event', '/api/send', '/api/batch'] as const;
const posted: fc.Arbitrary<Hostile> = fc
	.tuple(fc.constantFrom(...POSTS), reader, body)
	.map(([path, address, body]) => ({ path, method: 'POST', address, body }));

/** Percent-encoded bytes: whatever can be put into an address at all. */
const encoded = fc.oneof(
	{ weight: 3, arbitrary: value.map((any) => percentEncode(Buffer.from(textOf(any)))) },
	{ weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }).map(percentEncode) },
	{ weight: 1, arbitrary: fc.constantFrom('%', '%%', '%f', '%zz', '+', '&&', '=', '%ff%fe') }
);
const KEYS = ['n', 'u', 'd', 'r', 'i', 'p', 'c', 'f', 'e', 'sd', 'pv', 't', 'q', 's', 'b', 'x'];
const asked: fc.Arbitrary<Hostile> = fc
	.tuple(
		fc.constantFrom('/api/event.gif', '/count'),
		fc.array(fc.tuple(fc.oneof(fc.constantFrom(...KEYS), encoded), encoded), { maxLength: 12 }),
		fc.constantFrom<Hostile['method'][]>('GET', 'POST'),
		reader
	)
	.map(([path, pairs, method, address]) => ({
		address,
		path: `${path}?${pairs.map(([key, value]) => `${key}=${value}`).join('&')}`,
		method: path === '/count' ? method : 'GET'
	}));

function textOf(any: unknown): string {
	return typeof any === 'string' ? any.slice(0, 2_000) : JSON.stringify(any).slice(0, 2_000);
}

function percentEncode(bytes: Uint8Array): string {
	return [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

/** Every syntax case on every route, then whatever is drawn. */
function draw(): readonly Hostile[] {
	const cases = [...new Set(POSTS)].flatMap((path) =>
		HOSTILE_JSON.map((body): Hostile => ({ path, method: 'POST', address: '203.0.113.7', body }))
	);
	const drawn = fc.sample(
		fc.oneof({ weight: 4, arbitrary: posted }, { weight: 1, arbitrary: asked }),
		{ seed: SEED, numRuns: REQUESTS - cases.length }
	);
	return [...cases, ...drawn];
}

interface Outcome {
	/** How many were taken and not dropped. */
	readonly taken: number;
	/** Those that were not answered as they should be. */
	readonly wrong: readonly string[];
}

/** Sends all over a few connections. */
async function sendAll(requests: readonly Hostile[]): Promise<Outcome> {
	const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
	const wrong: string[] = [];
	let taken = 0;
	const left = requests.values();
	const connection = async (): Promise<void> => {
		for (const { path, method, address, body } of left) {
			const told = `${method} ${path.slice(0, 300)} ${body?.toString().slice(0, 300) ?? ''}`;
			try {
				const { status, headers } = await ask(server.url + path, {
					method,
					agent,
					headers: { 'x-forwarded-for': address },
					...(body === undefined ? {} : { body })
				});
				if (status >= 500 || status === 429) wrong.push(`${status}: ${told}`);
				if (status < 300 && headers['x-byline-dropped'] === undefined) taken += 1;
			} catch (thrown) {
				wrong.push(`${String(thrown)}: ${told}`);
			}
		}
	};
	await Promise.all(Array.from({ length: CONNECTIONS }, connection));
	agent.destroy();
	return { taken, wrong };
}

/** Resident memory of the server, in megabytes. */
function residentMb(): number {
	const status = readFileSync(`/proc/${server.pid()}/status`, 'utf8');
	return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}

async function countGood(path: string): Promise<number> {
	const { rows } = await readReport(server.url, 'pages');
	return Number(rows.find((row) => row['path'] === path)?.['page_views'] ?? 0);
}

async function expectGoodEventCounts(path: string): Promise<void> {
	const good = JSON.stringify({ n: 'pageview', u: `https://${BLOG}${path}` });
	const answer = await ask(`${server.url}/api/event`, { method: 'POST', body: good });
	expect(answer).toMatchObject({ status: 202, text: 'ok' });
	await expect.poll(() => countGood(path), { timeout: 30_000, interval: 100 }).toBe(1);
}

test(
	'10,000 hostile bodies: none is the server’s fault, none ends it, none stays in memory',
	{ timeout: 180_000 },
	async () => {
		const requests = draw();
		expect(requests).toHaveLength(REQUESTS);
		const pid = server.pid();
		expect((await sendAll(requests.slice(0, WARM_UP))).wrong).toEqual([]);
		await expectGoodEventCounts('/good-one');
		const before = residentMb();
		const { taken, wrong } = await sendAll(requests.slice(WARM_UP));
		expect(wrong).toEqual([]);
		// Enough got past the first checks to try what comes after them.
		expect(taken).toBeGreaterThan(500);
		await expectGoodEventCounts('/good-two');
		expect(residentMb() - before).toBeLessThan(GROWTH_BOUND_MB);

		expect(server.pid()).toBe(pid);
		expect((await ask(`${server.url}/health`)).status).toBe(200);
		expect((await ask(`${server.url}/${BLOG}`)).status).toBe(200);
		for (const report of ['overview', 'posts', 'ctas', 'recent', 'sources', 'pages', 'countries'])
			expect((await readReport(server.url, report)).report).toBe(report);
		expect(await bylineOk(server.dataDir, 'verify')).not.toContain('differ');
		expect(server.stderr()).not.toMatch(/^\s+at .+:\d+|wait in the journal|Error/m);
	}
);
