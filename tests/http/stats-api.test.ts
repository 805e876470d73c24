import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { TestServer } from '../support/server.ts';
import { bylineOk } from './byline-command.ts';
import { ask, CHROME, post, type Answer } from './client.ts';
import { readReport, type Report } from './report.ts';
import { BLOG, startBlog } from './start-blog.ts';

const BERLIN = 'berlin.example.com';
const SAFARI =
	'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15';
const PHONE =
	'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36';

const figures = z.object({
	results: z.array(
		z.object({ metrics: z.array(z.number().nullable()), dimensions: z.array(z.string()) })
	),
	meta: z.object({
		time_labels: z.array(z.string()).optional(),
		total_rows: z.number().optional(),
		imports_included: z.boolean().optional(),
		imports_skip_reason: z.string().optional()
	}),
	query: z.object({
		site_id: z.string(),
		date_range: z.tuple([z.string(), z.string()]),
		order_by: z.array(z.tuple([z.string(), z.string()]))
	})
});
const refusal = z.object({
	error: z.string(),
	errors: z.array(
		z.object({ path: z.string(), given: z.string(), allowed: z.string(), message: z.string() })
	)
});

let server: TestServer;
const today = new Date().toISOString().slice(0, 10);
const QUERY = { site_id: BLOG, metrics: ['visitors'], date_range: [today, today] };

const send = (body: unknown): Promise<Answer> =>
	ask(`${server.url}/api/v2/query`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: typeof body === 'string' ? body : JSON.stringify(body)
	});

async function query(more: object): Promise<z.infer<typeof figures>> {
	const answer = await send({ ...QUERY, ...more });
	if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text}`);
	return figures.parse(JSON.parse(answer.text));
}

async function refused(more: object): Promise<z.infer<typeof refusal>> {
	const answer = await send({ ...QUERY, ...more });
	expect(answer.status, answer.text).toBe(400);
	return refusal.parse(JSON.parse(answer.text));
}

beforeAll(async () => {
	server = await startBlog([
		{
			path: '/hype',
			title: 'Hype',
			authors: ['Chris Peterson', 'Åsa "Ace" Öberg'],
			topics: ['Selling', "R&D's tools"],
			word_count: 238
		},
		{ path: '/plain', title: 'Plain', authors: ['Chris Peterson'], topics: ['Selling'] }
	]);
	for (const [index, userAgent] of [CHROME, SAFARI, PHONE].entries()) {
		const event = (n: string, path: string, more: object = {}): object => ({
			n,
			u: `https://${BLOG}${path}`,
			d: BLOG,
			pv: `view-${index}-${path.slice(1) || 'home'}`,
			...more
		});
		const cta = { id: 'ebook', placement: 'end-of-post', variant: 'b' };
		const batch = [
			event('pageview', '/hype', {
				c: [cta],
				...(index === 0 ? { r: 'https://www.google.com/' } : {})
			}),
			event('engagement', '/hype', { sd: 60 + index * 20, e: 20_500 + index }),
			event('cta_view', '/hype', { c: cta }),
			...(index === 1 ? [event('cta_click', '/hype', { c: cta })] : []),
			...(index === 2 ? [event('subscribe', '/hype', { f: 'newsletter' })] : []),
			...(index < 2 ? [event('pageview', '/plain')] : []),
			...(index < 1 ? [event('pageview', '/')] : [])
		];
		const answer = await post(server.url, batch, { headers: { 'user-agent': userAgent } });
		expect(JSON.parse(answer.text)).toEqual({ accepted: batch.length, dropped: [] });
	}
	await bylineOk(server.dataDir, 'site', 'add', BERLIN, '--timezone', 'Europe/Berlin');
	const log = join(server.dataDir, 'access.log');
	// 29 March 2026 has no hour from 02:00 to 03:00 in Berlin.
	const line = (time: string): string =>
		`192.0.2.7 - - [29/Mar/2026:${time} +0000] "GET /post/ HTTP/1.1" 200 512 "-" "${CHROME}"\n`;
	writeFileSync(log, line('00:59:59') + line('01:00:00'));
	await bylineOk(server.dataDir, 'import', 'access-log', log, '--site', BERLIN);
	await vi.waitUntil(
		async () => (await readReport(server.url, 'overview')).totals['page_views'] === 6,
		{ timeout: 30_000 }
	);
});
afterAll(async () => {
	await server.stop();
});

/** The rows of a report, as the Stats API would say them. */
function rowsOf(
	report: Report,
	keys: readonly string[],
	metrics: readonly string[]
): readonly Keyed[] {
	return report.rows
		.map((row) => ({
			dimensions: keys.map((key) => String(row[key] ?? '')),
			metrics: metrics.map((metric) => row[metric] ?? null)
		}))
		.filter((row) => row.metrics.some((value) => value !== 0 && value !== null));
}

type Keyed = { readonly dimensions: readonly string[] };
const byDimensions = (a: Keyed, b: Keyed): number =>
	JSON.stringify(a.dimensions) < JSON.stringify(b.dimensions) ? -1 : 1;

describe('the same figures as the report', () => {
	const AUDIENCE = ['visitors', 'page_views', 'readers'];
	const GROUP = ['page_views', 'readers', 'reads', 'read_ratio', 'subscribes', 'conversions'];
	test.each<readonly [string, readonly string[], readonly string[], readonly string[]]>([
		['pages', ['path'], ['page'], AUDIENCE],
		['pages', ['path'], ['event:page'], AUDIENCE],
		['countries', ['country'], ['visit:country'], AUDIENCE],
		['devices', ['device'], ['device'], AUDIENCE],
		['browsers', ['browser'], ['visit:browser'], AUDIENCE],
		['os', ['os'], ['os'], AUDIENCE],
		['sources', ['channel', 'source'], ['channel', 'source'], ['visitors', 'visits', 'reads']],
		['topics', ['topic'], ['topic'], [...GROUP, 'conversions_per_1000_readers']],
		['authors', ['author'], ['author'], [...GROUP, 'subscribe_rate_low', 'subscribe_rate_high']],
		['posts', ['post_id'], ['post'], ['page_views', 'readers', 'depth_avg', 'recirculation_rate']],
		[
			'ctas',
			['cta', 'placement', 'variant', 'path'],
			['cta', 'placement', 'variant', 'page'],
			['cta_eligible', 'cta_clicks', 'cta_ctr', 'cta_ctr_low', 'cta_ctr_high']
		],
		[
			'overview',
			['date'],
			['time:day'],
			['visitors', 'visits', 'page_views', 'engaged_seconds_avg', 'subscribes', 'conversions']
		]
	])('%s %j by %j', async (id, keys, dimensions, metrics) => {
		const filter = 'filter=device:is:desktop&filter=page:matches:^/';
		const report = await readReport(server.url, id, `from=${today}&to=${today}&interval=day`);
		const filtered = await readReport(
			server.url,
			id,
			`from=${today}&to=${today}&interval=day&${filter}`
		);
		const filters = [
			['is', 'device', ['desktop']],
			['matches', 'event:page', ['^/']]
		];
		const { results } = await query({ metrics, dimensions });
		expect(results.toSorted(byDimensions)).toEqual(
			rowsOf(report, keys, metrics).toSorted(byDimensions)
		);
		const some = await query({ metrics, dimensions, filters });
		const expected = rowsOf(filtered, keys, metrics).toSorted(byDimensions);
		expect(some.results.toSorted(byDimensions)).toEqual(expected);
		expect(results.length).toBeGreaterThan(0);
	});

	test('in Plausible’s units by Plausible’s names', async () => {
		const { totals } = await readReport(server.url, 'overview', `from=${today}&to=${today}`);
		const { results } = await query({
			metrics: ['visitors', 'pageviews', 'bounce_rate', 'byline:bounce_rate', 'time_on_page']
		});
		const rate = Number(totals['bounce_rate']);
		expect(results).toEqual([
			{
				dimensions: [],
				metrics: [
					totals['visitors'],
					totals['page_views'],
					Math.round(rate * 10_000) / 100,
					rate,
					Math.round(Number(totals['engaged_seconds_avg']))
				]
			}
		]);
	});
});

describe('what Plausible’s clients ask', () => {
	test('goals and their rates', async () => {
		const { results } = await query({
			metrics: ['visitors', 'events', 'conversion_rate'],
			dimensions: ['event:goal']
		});
		expect(results).toEqual([
			{ dimensions: ['conversion'], metrics: [2, 2, 66.67] },
			{ dimensions: ['cta_click'], metrics: [1, 1, 33.33] },
			{ dimensions: ['subscribe'], metrics: [1, 1, 33.33] }
		]);
		const done = await query({
			metrics: ['visits', 'pageviews'],
			filters: [['has_done', ['is', 'event:goal', ['cta_click']]]]
		});
		expect(done.results).toEqual([{ dimensions: [], metrics: [1, 2] }]);
	});

	test('hours over a change of the clocks', async () => {
		const {
			results,
			meta,
			query: echoed
		} = await query({
			site_id: BERLIN,
			metrics: ['pageviews'],
			date_range: ['2026-03-29', '2026-03-29'],
			dimensions: ['time:hour'],
			include: { time_labels: true, total_rows: true, imports: true }
		});
		expect(results).toEqual([
			{ dimensions: ['2026-03-29 01:00:00'], metrics: [1] },
			{ dimensions: ['2026-03-29 03:00:00'], metrics: [1] }
		]);
		expect(meta.time_labels).toHaveLength(23);
		expect(meta.time_labels).not.toContain('2026-03-29 02:00:00');
		expect(meta).toMatchObject({
			total_rows: 2,
			imports_included: false,
			imports_skip_reason: 'no_imported_data'
		});
		expect(echoed.date_range).toEqual(['2026-03-29T00:00:00+01:00', '2026-03-29T23:59:59+02:00']);
		const second = ['2026-03-29T03:00:00+02:00', '2026-03-29T03:00:00+02:00'];
		const exact = await query({ site_id: BERLIN, metrics: ['pageviews'], date_range: second });
		expect(exact.results).toEqual([{ dimensions: [], metrics: [1] }]);
	});

	test('pages of rows, in an order', async () => {
		const asked = {
			metrics: ['pageviews'],
			dimensions: ['event:page'],
			order_by: [
				['pageviews', 'asc'],
				['event:page', 'desc']
			],
			include: { total_rows: true }
		};
		const first = await query({ ...asked, pagination: { limit: 2 } });
		const second = await query({ ...asked, pagination: { limit: 2, offset: 2 } });
		expect(first.results.map(({ dimensions }) => dimensions[0])).toEqual(['/', '/plain']);
		expect(second.results.map(({ dimensions }) => dimensions[0])).toEqual(['/hype']);
		expect(second.meta.total_rows).toBe(3);
	});

	test.each<readonly [unknown, number]>([
		[['is', 'event:page', ['/hype', '/']], 4],
		[['is_not', 'event:page', ['/hype']], 3],
		[['contains', 'event:page', ['LAI'], { case_sensitive: false }], 2],
		[['contains_not', 'event:page', ['LAI']], 6],
		[['matches', 'event:page', ['^/[hp]']], 5],
		[['matches_not', 'event:page', ['^/[hp]']], 1],
		[['is', 'topic', ["R&D's tools"]], 3],
		[['not', ['is', 'author', ['Åsa "Ace" Öberg']]], 3],
		[
			[
				'or',
				[
					['is', 'visit:source', ['Google']],
					[
						'and',
						[
							['is', 'visit:device', ['Mobile']],
							['not', ['is', 'event:page', ['/']]]
						]
					]
				]
			],
			4
		],
		[['is', 'cta', ['ebook']], 3]
	])('the filter %j', async (filter, expected) => {
		const { results } = await query({ metrics: ['pageviews'], filters: [filter] });
		expect(results).toEqual([{ dimensions: [], metrics: [expected] }]);
	});
});

describe('what is wrong', () => {
	test.each<readonly [object, string]>([
		[{ dimensions: ['badproperty'] }, '#/dimensions/0: Invalid dimension "badproperty"'],
		[{ metrics: ['visitors', 'baa'] }, '#/metrics/1: Invalid metric "baa"'],
		[{ date_range: 'bad_period' }, '#/date_range: Invalid date range "bad_period"'],
		[
			{ date_range: ['9999-12-31', '9999-12-31'] },
			'#/date_range: Invalid date range ["9999-12-31","9999-12-31"]'
		],
		[
			{ metrics: ['visitors', 'visitors'] },
			'#/metrics: Expected items to be unique but they were not.'
		],
		[
			{ metrics: ['conversion_rate'] },
			'Metric `conversion_rate` can only be queried with event:goal filters or dimensions'
		],
		[
			{ metrics: ['bounce_rate'], dimensions: ['event:page'] },
			'Session metric(s) `bounce_rate` cannot be queried along with event dimensions'
		],
		[
			{ metrics: ['views_per_visit'], filters: [['is', 'event:page', ['/']]] },
			'Metric `views_per_visit` cannot be queried with a filter on `event:page`'
		],
		[{ colour: 'red' }, '#/colour: Schema does not allow additional properties.']
	])('is told: %j', async (more, error) => {
		const refusedWith = await refused(more);
		expect(refusedWith.error).toBe(error);
		expect(refusedWith.errors).toHaveLength(1);
		expect(refusedWith.errors[0]?.allowed).not.toBe('');
	});

	test('is told: a country that is none', async () => {
		const { error } = await refused({ filters: [['is', 'visit:country', ['Germany']]] });
		expect(error).toContain(
			'Invalid visit:country filter, visit:country needs to be a valid 2-letter country code'
		);
	});

	test('is told: an expression that RE2 does not know, here and in a report', async () => {
		const { errors } = await refused({ filters: [['matches_not', 'event:page', ['(?=x)']]] });
		expect(errors).toMatchObject([{ path: '#/filters/0/2/0', given: '"(?=x)"' }]);
		const report = await ask(
			`${server.url}/api/reports/pages?site=${BLOG}&filter=${encodeURIComponent('page:matches:(?=x)')}`
		);
		expect(report.status).toBe(400);
		expect(report.text).toContain('#/filter/0');
	});

	test('a site that there is not', async () => {
		const { status, text } = await send({ ...QUERY, site_id: "x' or 1=1 --" });
		expect(status).toBe(401);
		expect(text).toContain('Invalid API key or site ID.');
	});

	test('no JSON, too much of it, and no object', async () => {
		expect((await send('{"site_id":')).status).toBe(400);
		expect((await send('')).status).toBe(400);
		expect((await send('null')).status).toBe(400);
		expect((await send('['.repeat(60_000))).status).toBe(400);
		expect((await send(`{"filters":[${'['.repeat(20_000)}${']'.repeat(20_000)}]}`)).status).toBe(
			400
		);
		expect((await send(JSON.stringify({ ...QUERY, site_id: 'x'.repeat(70_000) }))).status).toBe(
			413
		);
		expect((await ask(`${server.url}/api/v2/query`)).status).toBe(405);
	});
});

describe('text that would be code', () => {
	const CODE = ["'; drop table events; --", '") or 1=1 --', "\\'", '$1', 'a\u0000b', '💥'];

	test.each(CODE)('%j in a filter is a value', async (value) => {
		for (const dimension of ['event:page', 'topic', 'cta', 'visit:source', 'visit:entry_page'])
			for (const operator of ['is', 'contains'])
				expect(
					(await query({ metrics: ['page_views'], filters: [[operator, dimension, [value]]] }))
						.results
				).toEqual([{ dimensions: [], metrics: [0] }]);
	});

	test.each(CODE)('%j as a name is none', async (name) => {
		for (const more of [
			{ metrics: [name] },
			{ dimensions: [name] },
			{ date_range: name },
			{ date_range: [name, name] },
			{ order_by: [[name, 'asc']] },
			{ filters: [[name, 'event:page', ['/']]] },
			{ filters: [['is', name, ['/']]] },
			{ filters: [['is', 'event:goal', [name]]] },
			{ filters: [['is', 'post', [name]]] },
			{ [name]: 1 }
		])
			await refused(more);
	});

	test('changed nothing and left no trace in the log', async () => {
		expect((await query({ metrics: ['page_views'] })).results[0]?.metrics).toEqual([6]);
		expect(server.stderr()).not.toMatch(/Error|at .*\.ts:/);
	});
});
