import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { DIMENSIONS } from '../../analytics/dimensions.ts';
import { keysOf } from '../../analytics/keys-of.ts';
import { OPERATORS } from '../../analytics/query/filter.ts';
import { PARAMETER_NAMES } from '../../analytics/query/parameter-names.ts';
import { REPORT_IDS } from '../../analytics/reports/report-ids.ts';
import type { TestServer } from '../support/server.ts';
import { ask, post } from './client.ts';
import { readCsv } from './read-csv.ts';
import { readReport } from './report.ts';
import { BLOG, startBlog } from './start-blog.ts';

const problems = z.strictObject({
	errors: z
		.array(
			z.strictObject({
				path: z.string().regex(/^#/),
				given: z.string(),
				allowed: z.string().min(1),
				message: z.string().min(1)
			})
		)
		.min(1)
});

let server: TestServer;
let before: string;

/** Every report of a fixed day, as text. */
async function everything(): Promise<string> {
	const day = new Date().toISOString().slice(0, 10);
	const reports = REPORT_IDS.filter((id) => id !== 'recent').map(async (id) => {
		const { rows, totals } = await readReport(server.url, id, `from=${day}&to=${day}&compare=none`);
		return { id, rows, totals };
	});
	return JSON.stringify(await Promise.all(reports));
}

beforeAll(async () => {
	server = await startBlog([
		{ path: '/a', title: 'One', topics: ['Selling'], authors: ['Ada'] },
		{ path: '/b', title: "Two'; drop table events; --", topics: ["O'Reilly"], authors: ['"Bob"'] }
	]);
	const events = ['/a', '/b', '/c'].map((path) => ({
		n: 'pageview',
		u: `https://${BLOG}${path}`,
		c: [{ id: `cta${path}`, placement: 'in-text' }]
	}));
	await post(server.url, events);
	await vi.waitUntil(
		async () => (await readReport(server.url, 'overview')).totals['page_views'] === 3,
		{ timeout: 30_000 }
	);
	before = await everything();
});
afterAll(async () => {
	await server.stop();
});

const INJECTIONS = [
	"'; drop table events; --",
	"') or 1=1 --",
	"x' union select * from posts --",
	"1; attach 'evil.db' as evil; --",
	"\"; copy events to '/tmp/x'; --",
	'$1',
	'?',
	'{{1+1}}',
	'\\',
	'|',
	'||',
	'\\|',
	'__proto__',
	'constructor',
	'toString',
	'-',
	'--1',
	'1e999',
	'-0',
	'NaN',
	'null',
	'\u0000',
	'a\u0000b',
	'\ufeff',
	'\u202e',
	'💥'.repeat(40),
	'x'.repeat(5_000),
	'9'.repeat(400),
	'0001-01-01',
	'9999-12-31',
	'2026-02-30',
	'+275760-09-13'
] as const;
const EXPRESSIONS = [
	'(',
	'[',
	'*',
	'(?<name>x)',
	'(?=x)',
	'\\1',
	'a{2000}',
	'(((a{100}){100}){100}){100}',
	'(?P<n>',
	'[z-a]',
	'\\p{Nothing}',
	'\\C',
	'(a+)+$'
] as const;

const nasty = fc.oneof(
	{ weight: 3, arbitrary: fc.constantFrom(...INJECTIONS, ...EXPRESSIONS) },
	{ weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
	{ weight: 1, arbitrary: fc.string({ maxLength: 40 }) }
);
const filter = fc
	.tuple(
		fc.oneof(fc.constantFrom(...keysOf(DIMENSIONS)), fc.constantFrom('date', 'colour', '')),
		fc.oneof(fc.constantFrom(...OPERATORS), fc.constantFrom('like', '')),
		fc.array(nasty, { minLength: 0, maxLength: 3 })
	)
	.map(([dimension, operator, values]) => `${dimension}:${operator}:${values.join('|')}`);
const usual = fc.constantFrom(
	['period', '7d'],
	['period', '24h'],
	['compare', 'none'],
	['compare', 'weekday'],
	['interval', 'day'],
	['interval', 'hour'],
	['sort', '-readers'],
	['by', 'page'],
	['by', 'channel'],
	['from', '2026-01-01'],
	['to', '2026-01-31'],
	['flavour', 'excel'],
	['locale', 'de']
);
const pair = fc.oneof(
	usual,
	fc.tuple(fc.constantFrom(...PARAMETER_NAMES), nasty),
	fc.tuple(fc.constant('filter'), filter),
	fc.tuple(nasty, nasty)
);
/** Bytes that are no UTF-8, lone surrogates and broken escapes, as they stand in an address. */
const RAW = ['%', '%ff', '%ED%A0%80', '%00', '%u0000', '%C0%AF', '&&==&', 'q=%'] as const;

const escaped = (text: string): string => encodeURIComponent(text.toWellFormed()).slice(0, 6_000);

interface Asked {
	readonly report: string;
	readonly query: string;
}
const asked: fc.Arbitrary<Asked> = fc
	.record({
		report: fc.oneof(
			{ weight: 8, arbitrary: fc.constantFrom(...REPORT_IDS) },
			{ weight: 1, arbitrary: nasty.map(escaped) }
		),
		suffix: fc.constantFrom('', '.csv'),
		site: fc.oneof({ weight: 6, arbitrary: fc.constant(BLOG) }, { weight: 1, arbitrary: nasty }),
		pairs: fc.array(pair, { maxLength: 4 }),
		raw: fc.option(fc.constantFrom(...RAW))
	})
	.map(({ report, suffix, site, pairs, raw }) => ({
		report: `${report}${suffix}`,
		query: [
			`site=${escaped(site)}`,
			...pairs.map(([name = '', value = '']) => `${escaped(name)}=${escaped(value)}`),
			...(raw === null ? [] : [raw])
		]
			.join('&')
			// Node refuses longer headers itself.
			.slice(0, 14_000)
	}))
	// A broken escape in a path, or none at all, is no address of a report.
	.filter(({ report }) => isDecodable(report) && !/^(\.|%2e)*$/i.test(report));

function isDecodable(text: string): boolean {
	try {
		return !decodeURIComponent(text).includes('/');
	} catch {
		return false;
	}
}

test('whatever is asked is answered in form, and never by a failure', async () => {
	await fc.assert(
		fc.asyncProperty(asked, async ({ report, query }) => {
			const { status, headers, text } = await ask(`${server.url}/api/reports/${report}?${query}`);
			const note = `${report}?${query.slice(0, 300)}: ${text.slice(0, 300)}`;
			expect([200, 400, 404], note).toContain(status);
			if (status === 200 && report.endsWith('.csv')) {
				expect(headers['content-type'], note).toBe('text/csv; charset=utf-8');
				return;
			}
			expect(headers['content-type'], note).toContain('application/json');
			const body: unknown = JSON.parse(text);
			if (status === 200) expect(body, note).toHaveProperty('rows');
			else expect(problems.safeParse(body).error, note).toBeUndefined();
		}),
		{ numRuns: 250 }
	);
}, 180_000);

describe('text in a filter is a value', () => {
	const dimensions = ['page', 'topic', 'author', 'cta', 'country', 'source'] as const;
	const pagesOf = async (filters: string): Promise<string> => {
		const { text } = await ask(
			`${server.url}/api/reports/pages.csv?site=${BLOG}&period=7d&compare=none&filter=${encodeURIComponent(filters)}`
		);
		return readCsv(text)
			.slice(1)
			.map(([path]) => path)
			.sort()
			.join();
	};

	test.each(dimensions)('that nothing has, and everything has not: %s', async (dimension) => {
		for (const injection of INJECTIONS.filter(({ length }) => length <= 2_048)) {
			const value = injection.replace(/[|\\]/g, '\\$&');
			expect(await pagesOf(`${dimension}:is:${value}`), injection).toBe('');
			if (dimension === 'cta') continue;
			expect(await pagesOf(`${dimension}:is_not:${value}`), injection).toBe('/a,/b,/c');
		}
	});

	test('also where it looks like SQL and is there', async () => {
		expect(await pagesOf("topic:is:O'Reilly")).toBe('/b');
		expect(await pagesOf('author:contains:"bob"')).toBe('/b');
	});
});

describe('what is wrong is told by its path', () => {
	const told = async (
		report: string,
		query: string
	): Promise<z.infer<typeof problems>['errors']> => {
		const { status, text } = await ask(`${server.url}/api/reports/${report}?${query}`);
		expect([400, 404]).toContain(status);
		return problems.parse(JSON.parse(text)).errors;
	};

	test.each([
		['nothing', `site=${BLOG}`, '#/report', 'nothing', /attribution/],
		['posts', 'site=stranger.example', '#/site', 'stranger.example', /domain/],
		['posts', '', '#/site', '', /domain/],
		['posts', `site=${BLOG}&sort=-colour`, '#/sort', '-colour', /page_views/],
		['posts', `site=${BLOG}&by=topic`, '#/by', 'topic', /none/],
		['sources.csv', `site=${BLOG}&by=topic`, '#/by', 'topic', /utm_term/],
		['sources', `site=${BLOG}&by=utm_term&sort=channel`, '#/sort', 'channel', /utm_term/],
		['posts.csv', `site=${BLOG}&flavour=word`, '#/flavour', 'word', /excel/],
		['posts.csv', `site=${BLOG}&flavour=excel&locale=xx`, '#/locale', 'xx', /en-GB/],
		['posts', `site=${BLOG}&fliter=page:is:x`, '#/fliter', 'page:is:x', /filter/],
		['posts', `site=${BLOG}&a/b~c=1`, '#/a~1b~0c', '1', /period/],
		['posts', `site=${BLOG}&period=7d&period=30d`, '#/period', '7d, 30d', /one value/],
		['posts', `site=${BLOG}&from=9999-12-31&to=2026-01-01`, '#/from', '9999-12-31', /2999/],
		['posts', `site=${BLOG}&from=2026-01-01&to=3000-01-01`, '#/to', '3000-01-01', /2999/],
		['posts', `site=${BLOG}&q=${'x'.repeat(201)}`, '#/q', 'x'.repeat(201), /200/],
		['posts', `site=${BLOG}&filter=page:matches:(`, '#/filter/0', '(', /RE2/],
		[
			'posts',
			`site=${BLOG}&filter=page:is:a&filter=page:is:${'x'.repeat(2_049)}`,
			'#/filter/1',
			`page:is:${'x'.repeat(2_049)}`,
			/2048/
		],
		[
			'posts',
			`site=${BLOG}&filter=page:is:${Array.from({ length: 201 }, () => 'x').join('|')}`,
			'#/filter/0',
			`page:is:${Array.from({ length: 201 }, () => 'x').join('|')}`,
			/200 values/
		],
		['posts', `site=${BLOG}${'&filter=page:is:a'.repeat(21)}`, '#/filter', '21 filters', /20/]
	])('%s?%s', async (report, query, path, given, allowed) => {
		const [first, ...others] = await told(report, query);
		expect(others).toEqual([]);
		expect(first).toMatchObject({ path, given });
		expect(first?.allowed).toMatch(allowed);
	});

	test('all of it at once', async () => {
		const errors = await told('posts', `site=${BLOG}&period=x&flavour=y&colour=z&filter=a:b:c`);
		expect(errors.map(({ path }) => path).sort()).toEqual([
			'#/colour',
			'#/filter/0',
			'#/flavour',
			'#/period'
		]);
	});

	test('what only a screen reads is passed over', async () => {
		const { status } = await ask(
			`${server.url}/api/reports/posts?site=${BLOG}&page=2&metric=reads`
		);
		expect(status).toBe(200);
	});
});

test('a spreadsheet gets its own CSV', async () => {
	const path = `${server.url}/api/reports/overview.csv?site=${BLOG}&period=today&flavour=excel`;
	const plain = await ask(path.replace('&flavour=excel', ''));
	const german = await ask(path, { headers: { 'accept-language': 'de-AT,en;q=0.5' } });
	expect(german.text.startsWith('\ufeffdate;visitors;')).toBe(true);
	expect(readCsv(german.text.slice(1), ';')).toEqual(
		readCsv(plain.text).map((cells, row) =>
			cells.map((cell) => (row > 0 && /^\d+\.\d+$/.test(cell) ? cell.replace('.', ',') : cell))
		)
	);
	expect((await ask(`${path}&locale=de`)).text).toBe(german.text);
	expect((await ask(`${path}&locale=en`)).text).toBe(`\ufeff${plain.text}`);
});

test('nothing was changed by it all, and no failure was logged', async () => {
	expect(await everything()).toBe(before);
	expect(server.stderr()).not.toMatch(/^\s+at .+:\d+/m);
});
