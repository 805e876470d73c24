import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Event } from '../../events/event.ts';
import type { Site } from '../../posts/site.ts';
import { openReports } from '../../reports/open-reports.ts';
import { openDuckDbStore } from '../../stores/duckdb/duckdb-store.ts';
import type { EventStore } from '../../stores/event-store.ts';
import { localDay, localHour } from '../../time/local.ts';
import type { StatsResult } from './result.ts';

const SITE: Site = { id: 1, domain: 'blog.example.com', zone: 'Europe/Berlin' };
// The clocks of Berlin go back at 01:00 UTC on 25 October 2026 and forward on 29 March.
const NOW = Date.parse('2026-10-26T10:30:00Z');

const folder = mkdtempSync(join(tmpdir(), 'byline-stats-'));
let store: EventStore;
let made = 0;

/** An event of a visitor as a journal line. */
function event(
	name: string,
	visitor: number,
	page: string,
	at: string,
	more: Partial<Event> = {}
): string {
	const ts = Date.parse(at);
	const full: Event = {
		id: `event-${(made += 1)}`,
		site: SITE.id,
		ts,
		received: ts,
		day: localDay(SITE.zone, ts),
		hour: localHour(SITE.zone, ts),
		visitor: visitor.toString(16).padStart(16, '0'),
		name,
		page,
		hostname: SITE.domain,
		measured: true,
		device: 'desktop',
		country: 'DE',
		browser: 'Firefox',
		...more
	};
	return JSON.stringify(full);
}

const GOOGLE = { source: 'Google', channel: 'Organic Search', referrer: 'google.com' };

beforeAll(async () => {
	store = await openDuckDbStore({
		file: join(folder, 'events.duckdb'),
		memoryLimit: '1GB',
		threads: 2,
		tempDirectory: join(folder, 'tmp'),
		timeLimitMs: 60_000
	});
	const lines = [
		// The night in which 02:00 to 03:00 came twice.
		event('pageview', 1, '/a', '2026-10-24T23:30:00Z', GOOGLE),
		event('pageview', 2, '/a', '2026-10-25T00:30:00Z', { device: 'mobile', country: 'FR' }),
		event('pageview', 3, '/b', '2026-10-25T01:30:00Z', { browser: 'Chrome' }),
		// A visit of two pages and two minutes, with a subscribe and a read.
		event('pageview', 4, '/a', '2026-10-23T10:00:00Z', GOOGLE),
		event('engagement', 4, '/a', '2026-10-23T10:01:00Z', { depth: 90, engagedMs: 40_000 }),
		event('subscribe', 4, '/a', '2026-10-23T10:01:30Z', { form: 'newsletter' }),
		event('pageview', 4, '/B%C3%A9', '2026-10-23T10:02:00Z'),
		// Another visit of the same visitor, half an hour and more later.
		event('pageview', 4, '/c', '2026-10-23T11:00:00Z'),
		event('cta_click', 5, '/a', '2026-10-23T12:00:00Z', {
			ctas: [{ id: 'ebook', placement: 'sidebar', variant: '' }]
		})
	];
	await store.append(lines, { segment: 1, offset: 1 });
	await store.settle();
});
afterAll(async () => {
	await store.close();
	rmSync(folder, { recursive: true, force: true });
});

const QUERY = { site_id: SITE.domain, metrics: ['visitors'], date_range: 'all' };

function outcomeOf(body: unknown, now = NOW) {
	const sites = (): readonly Site[] => [SITE];
	const reports = openReports({ store, sites, posts: () => [], now: () => now });
	return reports.stats(body, { site: reports.site });
}

async function answer(more: object, now = NOW): Promise<StatsResult> {
	const outcome = await outcomeOf({ ...QUERY, ...more }, now);
	if (outcome.kind !== 'answer') throw new Error(JSON.stringify(outcome));
	return outcome.result;
}

/** Rows as `dimension | dimension: metric metric`. */
async function rowsOf(more: object, now = NOW): Promise<readonly string[]> {
	const { results } = await answer(more, now);
	return results.map(
		({ metrics, dimensions }) => `${dimensions.join(' | ')}: ${metrics.map(String).join(' ')}`
	);
}

async function errorOf(more: object): Promise<string> {
	const outcome = await outcomeOf({ ...QUERY, ...more });
	return outcome.kind === 'wrong' ? outcome.error : outcome.kind;
}

const PAGE_VIEWS = { metrics: ['pageviews'] };

describe('figures', () => {
	test('of everything', async () => {
		expect(
			await rowsOf({
				metrics: [
					'visitors',
					'visits',
					'pageviews',
					'views_per_visit',
					'bounce_rate',
					'visit_duration',
					'scroll_depth',
					'time_on_page'
				]
			})
			// Of six visits four are bounces; one lasts 120 s; one page view of six was engaged with for 40 s.
		).toEqual([': 5 6 6 1 66.67 20 90 7']);
	});

	test('in Byline’s own units by Byline’s own ids', async () => {
		const { results } = await answer({
			metrics: ['byline:bounce_rate', 'engaged_seconds_avg', 'subscribes', 'readers']
		});
		expect(results[0]?.metrics).toEqual([4 / 6, 40 / 6, 1, 0]);
	});

	test('by page and by source', async () => {
		expect(
			await rowsOf({ metrics: ['visitors', 'pageviews', 'visits'], dimensions: ['event:page'] })
		).toEqual(['/a: 4 3 3', '/B%C3%A9: 1 1 1', '/b: 1 1 1', '/c: 1 1 1']);
		expect(await rowsOf({ metrics: ['visits'], dimensions: ['visit:source'] })).toEqual([
			'Direct / None: 4',
			'Google: 2'
		]);
		expect(await rowsOf({ metrics: ['visits'], dimensions: ['source'] })).toEqual([
			'Direct: 4',
			'Google: 2'
		]);
		expect(await rowsOf({ dimensions: ['visit:device', 'visit:country_name'] })).toEqual([
			'Desktop | Germany: 4',
			'Mobile | France: 1'
		]);
		expect(await rowsOf({ dimensions: ['visit:utm_source'] })).toEqual(['(not set): 5']);
	});

	test('in per cent of all visitors', async () => {
		expect(
			await rowsOf({ metrics: ['visitors', 'percentage'], dimensions: ['visit:device'] })
		).toEqual(['Desktop: 4 80', 'Mobile: 1 20']);
	});

	test('of nothing are one row of zeros and gaps, and none by group', async () => {
		const nothing = { date_range: ['2001-01-01', '2001-01-02'] };
		const metrics = ['visitors', 'bounce_rate', 'time_on_page'];
		expect(await rowsOf({ ...nothing, metrics })).toEqual([': 0 null null']);
		expect(await rowsOf({ ...nothing, metrics, dimensions: ['visit:source'] })).toEqual([]);
	});
});

describe('goals', () => {
	test('as a dimension', async () => {
		expect(
			await rowsOf({
				metrics: ['visitors', 'events', 'conversion_rate'],
				dimensions: ['event:goal']
			})
		).toEqual(['conversion: 2 2 40', 'cta_click: 1 1 20', 'subscribe: 1 1 20']);
	});

	test('as a filter', async () => {
		const filters = [['is', 'event:goal', ['subscribe']]];
		expect(await rowsOf({ filters, metrics: ['visitors', 'visits', 'events'] })).toEqual([
			': 1 1 1'
		]);
		expect(
			await rowsOf({
				filters,
				metrics: ['visitors', 'conversion_rate', 'group_conversion_rate'],
				dimensions: ['visit:source']
			})
		).toEqual(['Google: 1 20 50']);
		expect(await rowsOf({ filters, dimensions: ['event:page'] })).toEqual(['/a: 1']);
		expect(await rowsOf({ filters: [['contains', 'event:goal', ['S', 'c']]] })).toEqual([': 2']);
		expect(
			await rowsOf({ filters: [['contains', 'event:goal', ['SUB'], { case_sensitive: false }]] })
		).toEqual([': 1']);
	});

	test('reached in a visit, or not', async () => {
		const done = (operator: string): object => ({
			metrics: ['visits', 'pageviews', 'visit_duration'],
			filters: [[operator, ['is', 'event:goal', ['subscribe']]]]
		});
		expect(await rowsOf(done('has_done'))).toEqual([': 1 2 120']);
		expect(await rowsOf(done('has_not_done'))).toEqual([': 5 4 0']);
	});
});

describe('filters', () => {
	test.each<readonly [unknown, number]>([
		[['is', 'event:page', ['/a']], 3],
		[['is', 'event:page', ['/A']], 0],
		[['is', 'event:page', ['/A'], { case_sensitive: false }], 3],
		[['is', 'event:page', ['/a', '/c']], 4],
		[['is_not', 'event:page', ['/a', '/c']], 2],
		[['contains', 'event:page', ['B']], 1],
		[['contains', 'event:page', ['B'], { case_sensitive: false }], 2],
		[['contains_not', 'event:page', ['a', 'c']], 2],
		[['matches', 'event:page', ['^/[ab]$']], 4],
		[['matches', 'event:page', ['(?i)^/b']], 2],
		[['matches_not', 'event:page', ['^/[ab]$']], 2],
		[['is', 'visit:source', ['Direct / None']], 3],
		[['is_not', 'visit:source', ['Direct / None']], 3],
		[['is', 'visit:device', ['Mobile']], 1],
		[['is', 'visit:country', ['FR']], 1],
		[['is', 'visit:utm_source', ['(not set)']], 6],
		[['is', 'visit:entry_page', ['/a']], 4],
		[['not', ['is', 'event:page', ['/a']]], 3],
		[
			[
				'or',
				[
					['is', 'event:page', ['/c']],
					['is', 'visit:device', ['Mobile']]
				]
			],
			2
		],
		[
			[
				'and',
				[
					['is', 'event:page', ['/a']],
					['is', 'visit:device', ['Mobile']]
				]
			],
			1
		],
		[
			[
				'not',
				[
					'or',
					[
						['is', 'event:page', ['/c']],
						[
							'and',
							[
								['is', 'visit:device', ['Mobile']],
								['not', ['is', 'visit:os', ['x']]]
							]
						]
					]
				]
			],
			4
		]
	])('%j leaves %i page views', async (filter, expected) => {
		expect(await rowsOf({ ...PAGE_VIEWS, filters: [filter] })).toEqual([`: ${expected}`]);
	});

	test('several are all to be met', async () => {
		const filters = [
			['is', 'event:page', ['/a']],
			['is', 'visit:source', ['Google']]
		];
		expect(await rowsOf({ ...PAGE_VIEWS, filters })).toEqual([': 2']);
	});

	test.each([
		["'; drop table events; --"],
		['") or 1=1 --'],
		['%%'],
		['\\'],
		['$1'],
		['a\u0000b'],
		['\ud800']
	])('the value %j is a value', async (value) => {
		for (const operator of ['is', 'contains'])
			expect(await rowsOf({ ...PAGE_VIEWS, filters: [[operator, 'event:page', [value]]] })).toEqual(
				[': 0']
			);
		expect(await rowsOf(PAGE_VIEWS)).toEqual([': 6']);
	});

	test('an expression that is none is told with its path', async () => {
		const filters = [['or', [['matches', 'event:page', ['^/a', '(']]]]];
		expect(await errorOf({ filters })).toBe('#/filters/0/1/0/2/1: Invalid regular expression "("');
	});
});

describe('time', () => {
	test('the hour that came twice is one bucket, and empty buckets are left out', async () => {
		const { results, meta, query } = await answer({
			...PAGE_VIEWS,
			date_range: ['2026-10-25', '2026-10-25'],
			dimensions: ['time:hour'],
			include: { time_labels: true }
		});
		expect(results).toEqual([
			{ dimensions: ['2026-10-25 01:00:00'], metrics: [1] },
			{ dimensions: ['2026-10-25 02:00:00'], metrics: [2] }
		]);
		expect(meta.time_labels).toHaveLength(24);
		expect(query.date_range).toEqual(['2026-10-25T00:00:00+02:00', '2026-10-25T23:59:59+01:00']);
	});

	test('instants are exact and mean the same in any offset', async () => {
		const between = (from: string, to: string): Promise<readonly string[]> =>
			rowsOf({ ...PAGE_VIEWS, date_range: [from, to] });
		expect(await between('2026-10-25T00:30:00Z', '2026-10-25T01:29:59Z')).toEqual([': 1']);
		expect(await between('2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z')).toEqual([': 2']);
		expect(await between('2026-10-25T02:30:00+02:00', '2026-10-25T02:30:00+01:00')).toEqual([
			': 2'
		]);
	});

	test('a week and a month begin inside the range', async () => {
		const date_range = ['2026-10-23', '2026-10-26'];
		const by = async (dimension: string) => {
			const more = { date_range, dimensions: [dimension], include: { time_labels: true } };
			return (await answer(more)).meta.time_labels;
		};
		expect(await by('time:week')).toEqual(['2026-10-23', '2026-10-26']);
		expect(await by('time:month')).toEqual(['2026-10-23']);
		expect(await rowsOf({ date_range, dimensions: ['time:week'] })).toEqual(['2026-10-23: 5']);
	});

	test.each([
		['day', '2026-10-26T00:00:00+01:00', '2026-10-26T23:59:59+01:00'],
		['24h', '2026-10-25T12:00:00+01:00', '2026-10-26T11:59:59+01:00'],
		['7d', '2026-10-19T00:00:00+02:00', '2026-10-25T23:59:59+01:00'],
		['91d', '2026-07-27T00:00:00+02:00', '2026-10-25T23:59:59+01:00'],
		['month', '2026-10-01T00:00:00+02:00', '2026-10-31T23:59:59+01:00'],
		['6mo', '2026-04-01T00:00:00+02:00', '2026-09-30T23:59:59+02:00'],
		['12mo', '2025-10-01T00:00:00+02:00', '2026-09-30T23:59:59+02:00'],
		['year', '2026-01-01T00:00:00+01:00', '2026-12-31T23:59:59+01:00'],
		['all', '2026-10-23T00:00:00+02:00', '2026-10-26T23:59:59+01:00']
	])('%s is %s to %s', async (date_range, from, to) => {
		expect((await answer({ date_range })).query.date_range).toEqual([from, to]);
	});

	test.each([
		['day', '2026-10-26T11:59:59+01:00', 12],
		['month', '2026-10-26T23:59:59+01:00', 26],
		['year', '2026-10-26T23:59:59+01:00', 44],
		['7d', '2026-10-25T23:59:59+01:00', 7]
	])('%s ends now where it is trimmed', async (date_range, to, buckets) => {
		const { query, meta } = await answer({
			date_range,
			dimensions: ['time'],
			include: { trim_relative_date_range: true, time_labels: true }
		});
		expect(query.date_range[1]).toBe(to);
		expect(meta.time_labels).toHaveLength(buckets);
	});
});

describe('order and pages', () => {
	test('the first metric falls, time rises, dimensions break ties', async () => {
		const { query } = await answer({ ...PAGE_VIEWS, dimensions: ['event:page'] });
		expect(query.order_by).toEqual([['pageviews', 'desc']]);
		const byTime = await answer({ dimensions: ['time'] });
		expect(byTime.query.order_by).toEqual([['time:day', 'asc']]);
	});

	test('pages follow each other', async () => {
		const asked = {
			...PAGE_VIEWS,
			dimensions: ['event:page'],
			order_by: [['event:page', 'desc']],
			include: { total_rows: true }
		};
		const seen: (readonly string[])[] = [];
		for (let offset = 0; offset < 5; offset += 2) {
			const { results, meta } = await answer({ ...asked, pagination: { limit: 2, offset } });
			expect(meta.total_rows).toBe(4);
			seen.push(...results.map(({ dimensions }) => dimensions));
		}
		expect(seen.flat()).toEqual(['/c', '/b', '/a', '/B%C3%A9']);
	});
});

describe('what is wrong is told', () => {
	const GOAL = ['is', 'event:goal', ['subscribe']];
	test.each<readonly [object, string]>([
		[{ dimensions: ['badproperty'] }, '#/dimensions/0: Invalid dimension "badproperty"'],
		[{ metrics: ['visitors', 'baa'] }, '#/metrics/1: Invalid metric "baa"'],
		[{ date_range: 'bad_period' }, '#/date_range: Invalid date range "bad_period"'],
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
		[
			{ filters: [['is', 'visit:country', ['Germany']]] },
			'#/filters/0/2: Invalid visit:country filter, visit:country needs to be a valid 2-letter country code'
		],
		[{ colour: 'red' }, '#/colour: Schema does not allow additional properties.'],
		[
			{ include: { comparisons: true } },
			'#/include/comparisons: Schema does not allow additional properties.'
		],
		[{ metrics: undefined }, '#: Required property metrics was not present.'],
		[{ date_range: undefined }, '#: Required property date_range was not present.'],
		[
			{ metrics: ['total_revenue'] },
			'#/metrics/0: Invalid metric "total_revenue": Byline keeps no revenue'
		],
		[
			{ dimensions: ['visit:city'] },
			'#/dimensions/0: Invalid dimension "visit:city": of an address Byline keeps the country only'
		],
		[
			{ dimensions: ['event:props:plan'] },
			'#/dimensions/0: Invalid dimension "event:props:plan": custom properties are kept with the event only'
		],
		[
			{ filters: [['is', 'segment', [1]]] },
			'#/filters/0/1: Invalid dimension "segment": Byline has no segments'
		],
		[
			{ filters: [['sounds_like', 'event:page', ['/']]] },
			'#/filters/0: Invalid filter ["sounds_like","event:page",["/"]]'
		],
		[
			{ filters: [['and', [GOAL]]] },
			'#/filters/0/1/0: Invalid filters. Dimension `event:goal` can only be filtered at the top level.'
		],
		[
			{ filters: [['is', 'time:day', ['2026-01-01']]] },
			'#/filters/0/1: Invalid dimension "time:day": set date_range instead'
		],
		[
			{ ...PAGE_VIEWS, filters: [GOAL] },
			'Metric `pageviews` cannot be queried with event:goal filters or dimensions'
		],
		[
			{ metrics: ['cta_ctr'], dimensions: ['visit:source'] },
			'Metric `cta_ctr` cannot be queried along with the dimensions `visit:source`'
		],
		[{ metrics: ['percentage'] }, 'Metric `percentage` can only be queried with dimensions'],
		[
			{ order_by: [['pageviews', 'desc']] },
			'#/order_by/0/0: Invalid order_by entry "pageviews". Entry is not a queried metric or dimension'
		],
		[
			{ include: { time_labels: true } },
			'#/include/time_labels: Invalid include.time_labels: requires a time dimension'
		],
		[
			{ date_range: ['2026-02-30', '2026-03-01'] },
			'#/date_range: Invalid date range ["2026-02-30","2026-03-01"]'
		],
		[
			{ date_range: ['2026-03-02', '2026-03-01'] },
			'#/date_range: Invalid date range ["2026-03-02","2026-03-01"]'
		],
		[
			{ date_range: ['2026-03-02T10:00:00', '2026-03-02T11:00:00'] },
			'#/date_range: Invalid date range ["2026-03-02T10:00:00","2026-03-02T11:00:00"]'
		],
		[
			{ date_range: ['0001-01-01', '9999-12-31'] },
			'#/date_range: Invalid date range ["0001-01-01","9999-12-31"]'
		],
		[{ dimensions: ['time:day', 'time:hour'] }, '#/dimensions: Only one time dimension can be used']
	])('%j', async (more, error) => {
		expect(await errorOf(more)).toBe(error);
	});

	test.each([
		[{ pagination: { limit: 10_001 } }, '#/pagination/limit'],
		[{ pagination: { limit: 0 } }, '#/pagination/limit'],
		[{ pagination: { offset: -1 } }, '#/pagination/offset'],
		[{ metrics: [] }, '#/metrics'],
		[{ metrics: 'visitors' }, '#/metrics'],
		[{ site_id: 7 }, '#/site_id'],
		[{ order_by: [['visitors', 'up']] }, '#/order_by/0/1'],
		[{ filters: [['is', 'event:page', []]] }, '#/filters/0'],
		[{ filters: ['is'] }, '#/filters/0']
	])('%j', async (more, path) => {
		const outcome = await outcomeOf({ ...QUERY, ...more });
		expect(outcome).toMatchObject({ kind: 'wrong', errors: [{ path }] });
	});

	test('filters in filters without end', async () => {
		let filter: unknown = ['is', 'event:page', ['/a']];
		for (let depth = 0; depth < 5_000; depth += 1) filter = ['not', filter];
		expect(await errorOf({ filters: [filter] })).toMatch(/Filters are nested too deep\.$/);
	});

	test('all at once, a line each', async () => {
		expect(await errorOf({ metrics: ['x'], dimensions: ['y'] })).toBe(
			'#/metrics/0: Invalid metric "x"\n#/dimensions/0: Invalid dimension "y"'
		);
		expect(await errorOf({ site_id: 'other.example' })).toBe('no_site');
		expect((await outcomeOf(null)).kind).toBe('wrong');
		expect((await outcomeOf([])).kind).toBe('wrong');
	});
});
