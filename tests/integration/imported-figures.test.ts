/** What other tools counted, in reports: beside Byline's own days, as far as it goes, and never more. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { runCommand } from '../../analytics/commands/commands.ts';
import { openEngine, type Engine } from '../../analytics/engine.ts';
import type { StatsResult } from '../../analytics/query/stats-api/result.ts';
import type { ReportId, ReportResult, Row } from '../../analytics/index.ts';
import { parseSettings } from '../../analytics/settings.ts';
import { temporaryFolder } from '../support/temp.ts';

const scratch = temporaryFolder('imported-figures');
let engine: Engine;

const byline = async (...args: readonly string[]): Promise<string> => {
	let said = '';
	const code = await runCommand(args, engine, {
		out: (text) => (said += text),
		note: (text) => (said += text),
		isTerminal: false,
		folder: scratch.path
	});
	if (code !== 0) throw new Error(`byline ${args.join(' ')}: ${said}`);
	return said;
};

const file = (name: string, text: string): string => {
	writeFileSync(join(scratch.path, name), text);
	return name;
};

/** A full export: three days of July, of which the last has Byline's own events too. */
const PLAUSIBLE: Readonly<Record<string, string>> = {
	visitors: `"date","visitors","pageviews","bounces","visits","visit_duration"
"2026-07-01",10,30,4,12,1200
"2026-07-02",20,50,6,24,2400
"2026-07-03",999,999,999,999,999`,
	sources: `"date","source","referrer","utm_source","utm_medium","utm_campaign","utm_content","utm_term","pageviews","visitors","visits","visit_duration","bounces"
"2026-07-01","Google","google.com","","","","","",20,7,8,800,3
"2026-07-01","Google","google.com","news","email","july","a","b",2,1,1,100,0
"2026-07-01","","","","","","","",8,2,3,300,1
"2026-07-02","Hacker News","news.ycombinator.com","","","","","",50,20,24,2400,6`,
	pages: `"date","hostname","page","visits","visitors","pageviews","total_scroll_depth","total_scroll_depth_visits","total_time_on_page","total_time_on_page_visits"
"2026-07-01","blog.example.com","/a",9,8,20,600,9,900,9
"2026-07-01","blog.example.com","/about",3,3,10,600,9,900,9
"2026-07-02","blog.example.com","/a/",20,18,40,600,9,900,9
"2026-07-02","www.blog.example.com","/b",4,4,10,600,9,900,9`,
	entry_pages: `"date","entry_page","visitors","entrances","visit_duration","bounces","pageviews"
"2026-07-01","/a",9,10,900,4,20`,
	exit_pages: `"date","exit_page","visitors","visit_duration","exits","bounces","pageviews"
"2026-07-01","/a",9,900,8,4,20`,
	locations: `"date","country","region","city","visitors","visits","visit_duration","bounces","pageviews"
"2026-07-01","DE","DE-BE",2950159,4,5,500,2,12
"2026-07-01","DE","DE-HH",2911298,2,2,200,1,6
"2026-07-02","FR","",0,20,24,2400,6,50`,
	devices: `"date","device","visitors","visits","visit_duration","bounces","pageviews"
"2026-07-01","Laptop",6,7,700,2,18
"2026-07-01","Desktop",1,1,100,0,2
"2026-07-01","Mobile",3,4,400,2,10
"2026-07-02","",20,24,2400,6,50`,
	browsers: `"date","browser","browser_version","visitors","visits","visit_duration","bounces","pageviews"
"2026-07-01","Chrome","126.0",6,7,700,2,18
"2026-07-01","Chrome","125.0",4,5,500,2,12`,
	operating_systems: `"date","operating_system","operating_system_version","visitors","visits","visit_duration","bounces","pageviews"
"2026-07-01","Mac","10.15",10,12,1200,4,30`,
	custom_events: `"date","name","link_url","path","visitors","events"
"2026-07-01","Outbound Link: Click","https://x.example/","",2,3`
};

async function exportOf(tables: Readonly<Record<string, string>>): Promise<string> {
	const zip = new ZipFile();
	for (const [name, text] of Object.entries(tables))
		zip.addBuffer(Buffer.from(text), `imported_${name}_20260701_20260703.csv`);
	zip.end();
	const name = 'plausible.zip';
	await pipeline(zip.outputStream, createWriteStream(join(scratch.path, name)));
	return name;
}

const CHROME =
	'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';
const line = (day: number, path: string, ip: string): string =>
	`${ip} - - [${String(day).padStart(2, '0')}/Jul/2026:10:00:00 +0000] "GET ${path} HTTP/1.1" 200 1 "-" "${CHROME}"\n`;

async function report(id: ReportId, search: string): Promise<ReportResult> {
	const site = engine.reports.site('blog.example.com');
	if (site === null) throw new Error('There is no site.');
	const outcome = await engine.reports.resolve(site, new URLSearchParams(search));
	if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
	return engine.reports.report(id, outcome.query);
}
const pick = (rows: readonly Row[], ...ids: readonly string[]) =>
	rows.map((row) => ids.map((id) => row[id] ?? null));

const ALL = 'from=2026-07-01&to=2026-07-04&compare=none';
const IMPORTED_ONLY = 'from=2026-07-01&to=2026-07-02&compare=none';

beforeAll(async () => {
	engine = await openEngine({
		settings: parseSettings({ DATA_DIR: join(scratch.path, 'data') }),
		now: () => Date.UTC(2026, 6, 5, 12)
	});
	await byline('site', 'add', 'blog.example.com', '--timezone', 'UTC');
	const posts = [
		{
			path: '/a',
			title: 'A',
			author: 'Jo',
			topics: ['X', 'Y'],
			published_at: '2026-07-01T00:00:00Z'
		},
		{ path: '/b', title: 'B', author: 'Bo', topics: ['X'], published_at: '2026-07-01T00:00:00Z' },
		{ path: '/c', title: 'C', author: 'Bo', topics: ['Y'], published_at: '2026-07-01T00:00:00Z' }
	];
	await byline('posts', 'sync', '--file', file('posts.json', JSON.stringify(posts)));
	await byline(
		'import',
		'access-log',
		file(
			'own.log',
			line(3, '/a', '203.0.113.1') + line(3, '/b', '203.0.113.1') + line(4, '/a', '203.0.113.2')
		)
	);
	await byline('import', 'plausible', await exportOf(PLAUSIBLE));
});
afterAll(async () => {
	await engine.close();
	scratch.remove();
});

describe('entrances and exits of posts', () => {
	test('are those of their pages, and missing where a day has no such table', async () => {
		const of = async (days: string) =>
			pick((await report('posts', `${days}&sort=path`)).rows, 'path', 'entrances', 'exits');
		expect(await of('from=2026-07-01&to=2026-07-01&interval=day&compare=none')).toEqual([
			['/a', 10, 8],
			['/b', 0, 0],
			['/c', 0, 0]
		]);
		expect(await of(IMPORTED_ONLY)).toEqual([
			['/a', null, null],
			['/b', null, null],
			['/c', null, null]
		]);
	});
});

describe('the Stats API', () => {
	async function stats(more: object): Promise<StatsResult> {
		const outcome = await engine.reports.stats(
			{
				site_id: 'blog.example.com',
				metrics: ['visitors', 'visits', 'pageviews'],
				date_range: ['2026-07-01', '2026-07-04'],
				include: { imports: true },
				...more
			},
			{ site: engine.reports.site }
		);
		if (outcome.kind !== 'answer') throw new Error(JSON.stringify(outcome));
		return outcome.result;
	}
	const rowsOf = ({ results }: StatsResult) =>
		results.map(({ dimensions, metrics }) => [...dimensions, ...metrics]);

	test('says the same as the overview, and for all time too', async () => {
		const result = await stats({});
		expect(result.meta).toMatchObject({ imports_included: true });
		expect(result.meta.metric_warnings).toBeUndefined();
		expect(rowsOf(result)).toEqual([[32, 38, 83]]);
		expect(rowsOf(await stats({ date_range: 'all' }))).toEqual([[32, 38, 83]]);
		expect(rowsOf(await stats({ include: {} }))).toEqual([[2, 2, 3]]);
		const oneDay = await stats({ date_range: ['2026-07-01', '2026-07-01'] });
		expect(oneDay.meta.imports_included).toBe(true);
		expect(rowsOf(oneDay)).toEqual([[10, 12, 30]]);
	});

	test('by day, by page and by country', async () => {
		expect(rowsOf(await stats({ dimensions: ['time:day'] }))).toEqual([
			['2026-07-01', 10, 12, 30],
			['2026-07-02', 20, 24, 50],
			['2026-07-03', 1, 1, 2],
			['2026-07-04', 1, 1, 1]
		]);
		expect(rowsOf(await stats({ dimensions: ['event:page'] }))).toEqual([
			['/a', 28, 31, 62],
			['/b', 5, 5, 11],
			['/about', 3, 3, 10]
		]);
		const countries = await stats({ dimensions: ['visit:country'], metrics: ['visitors'] });
		expect(rowsOf(countries)).toEqual(
			expect.arrayContaining([
				['FR', 20],
				['DE', 6]
			])
		);
	});

	test('names metrics that no tool counted, and gives those of its own days', async () => {
		const result = await stats({ metrics: ['pageviews', 'scroll_depth', 'reads'] });
		expect(Object.keys(result.meta.metric_warnings ?? {})).toEqual(['scroll_depth', 'reads']);
		expect(result.meta.metric_warnings?.['scroll_depth']?.code).toBe('no_imported_scroll_depth');
		expect(rowsOf(result)).toEqual([[83, null, 0]]);
	});

	test.each<[string, object, object]>([
		['out_of_range', { date_range: ['2026-07-03', '2026-07-04'] }, {}],
		['unsupported_interval', { date_range: '24h' }, { imports_skip_reason: 'out_of_range' }],
		['unsupported_interval', { dimensions: ['time:hour'] }, {}],
		['unsupported_query', { dimensions: ['visit:country', 'visit:device'] }, {}],
		['unsupported_query', { metrics: ['visitors'], dimensions: ['event:goal'] }, {}],
		[
			'unsupported_query',
			{
				filters: [
					[
						'or',
						[
							['is', 'visit:country', ['DE']],
							['is', 'visit:country', ['FR']]
						]
					]
				]
			},
			{}
		]
	])('leaves them out and says %s of %j', async (reason, more, other) => {
		const { meta } = await stats(more);
		expect(meta).toMatchObject({
			imports_included: false,
			imports_skip_reason: reason,
			...other
		});
	});
});

describe('the overview', () => {
	test('has imported days before its own, and gaps for what nobody counted on them', async () => {
		const { rows, totals, query } = await report('overview', ALL);
		expect(query.imported).toMatchObject({
			from: '2026-07-01',
			until: '2026-07-02',
			tools: ['Plausible'],
			tables: { whole: ['Plausible'], page: ['Plausible'], source: ['Plausible'] },
			counted: true
		});
		expect(
			pick(rows, 'date', 'visitors', 'visits', 'page_views', 'bounce_rate', 'readers', 'subscribes')
		).toEqual([
			['2026-07-01', 10, 12, 30, 4 / 12, null, null],
			['2026-07-02', 20, 24, 50, 6 / 24, null, null],
			['2026-07-03', 1, 1, 2, 0, 1, 0],
			['2026-07-04', 1, 1, 1, 1, 1, 0]
		]);
		expect(totals).toMatchObject({
			visitors: 32,
			visits: 38,
			page_views: 83,
			readers: 2,
			reads: 0
		});
		expect(totals['bounce_rate']).toBeCloseTo(11 / 38);
	});

	test('by month, and for all time', async () => {
		const { rows } = await report('overview', `${ALL}&interval=month`);
		expect(pick(rows, 'visitors', 'page_views', 'readers')).toEqual([[32, 83, 2]]);
		const all = await report('overview', 'period=all');
		expect(all.query.from).toBe('2026-07-01');
	});

	test('of imported days alone misses what they lack', async () => {
		const { rows, totals } = await report('overview', IMPORTED_ONLY);
		expect(totals).toMatchObject({
			visitors: 30,
			page_views: 80,
			readers: null,
			conversions: null
		});
		expect(rows.every((row) => row['readers'] === null && row['reads'] === null)).toBe(true);
	});

	test('compares with imported days', async () => {
		const { compare } = await report('overview', 'from=2026-07-03&to=2026-07-04&compare=previous');
		expect(compare?.totals).toMatchObject({ visitors: 30, page_views: 80, readers: null });
	});

	test('of one imported day has its figures, and gaps for its hours', async () => {
		const { rows, totals, query } = await report('overview', 'from=2026-07-02&compare=none');
		expect(query.interval).toBe('hour');
		expect(totals).toMatchObject({ visitors: 20, visits: 24, page_views: 50, readers: null });
		expect(rows.length).toBe(24);
		expect(
			pick(rows, 'page_views', 'readers')
				.flat()
				.every((value) => value === null)
		).toBe(true);
		const both = await report('overview', 'from=2026-07-02&to=2026-07-03&interval=hour');
		expect(both.totals).toMatchObject({ visitors: 21, page_views: 52, readers: 1 });
		expect(pick(both.rows.slice(23, 25), 'date', 'page_views')).toEqual([
			['2026-07-02 23:00', null],
			['2026-07-03 00:00', 0]
		]);
		const posts = await report('posts', 'from=2026-07-02&compare=none&sort=path');
		expect(pick(posts.rows, 'path', 'page_views', 'readers', 'reads')).toEqual([
			['/a', 40, 18, null],
			['/b', 10, 4, null],
			['/c', 0, 0, null]
		]);
	});

	test('without them where the query says so', async () => {
		const { totals, rows, query } = await report('overview', `${ALL}&imported=false`);
		expect(query.imported?.counted).toBe(false);
		expect(totals).toMatchObject({ visitors: 2, page_views: 3, readers: 2 });
		expect(rows[0]).toMatchObject({ visitors: 0, readers: 0 });
		expect((await report('overview', 'period=all&imported=false')).query.from).toBe('2026-07-03');
	});

	test('takes a filter of a dimension that the tool counted by, and no other', async () => {
		const filtered = async (filter: string): Promise<Row> =>
			(await report('overview', `${ALL}&filter=${encodeURIComponent(filter)}`)).totals;
		expect(await filtered('country:is:DE')).toMatchObject({ visitors: 6, page_views: 18 });
		expect(await filtered('country:is:DE|FR')).toMatchObject({ visitors: 26, page_views: 68 });
		expect(await filtered('device:is:desktop')).toMatchObject({ visitors: 9 });
		expect(await filtered('source:is:Google')).toMatchObject({ visitors: 8, visits: 9 });
		expect(await filtered('page:is:/a')).toMatchObject({ page_views: 62, readers: 28 });
		expect(await filtered('topic:is:Y')).toMatchObject({ page_views: 62, readers: 2 });
		expect(await filtered('channel:is:Direct')).toMatchObject({ visitors: 2 });
		const crossed = await report('overview', `${ALL}&filter=country:is:DE&filter=device:is:mobile`);
		expect(crossed.totals).toMatchObject({ visitors: 0 });
	});
});

describe('trends', () => {
	test('of topics and authors have gaps on imported days', async () => {
		const site = engine.reports.site('blog.example.com');
		if (site === null) throw new Error('There is no site.');
		const outcome = await engine.reports.resolve(site, new URLSearchParams(ALL));
		if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
		expect((await engine.reports.trends('topic', outcome.query)).members).toEqual([
			{ name: 'X', readers: [null, null, 1, 1] },
			{ name: 'Y', readers: [null, null, 1, 1] }
		]);
	});
});

describe('reports by one dimension', () => {
	test('posts: views and readers of their pages, no rate of days that nobody measured', async () => {
		const { rows, totals } = await report('posts', `${ALL}&sort=path`);
		expect(pick(rows, 'path', 'page_views', 'readers', 'reads', 'subscribe_rate')).toEqual([
			['/a', 62, 28, 0, 0],
			['/b', 11, 5, 0, 0],
			['/c', 0, 0, 0, null]
		]);
		expect(totals).toMatchObject({ page_views: 73, readers: null });
		const imported = await report('posts', `${IMPORTED_ONLY}&sort=path`);
		expect(pick(imported.rows, 'path', 'page_views', 'readers', 'reads', 'entrances')).toEqual([
			['/a', 60, 26, null, null],
			['/b', 10, 4, null, null],
			['/c', 0, 0, null, null]
		]);
	});

	test('topics and authors: views only, since readers of two posts may be the same', async () => {
		const { rows } = await report('topics', `${ALL}&sort=topic`);
		expect(pick(rows, 'topic', 'page_views', 'readers')).toEqual([
			['X', 73, 2],
			['Y', 62, 2]
		]);
		const authors = await report('authors', `${IMPORTED_ONLY}&sort=author`);
		expect(pick(authors.rows, 'author', 'page_views', 'readers')).toEqual([
			['Bo', 10, null],
			['Jo', 60, null]
		]);
	});

	test.each<[ReportId, string, readonly string[], readonly (readonly unknown[])[]]>([
		[
			'sources',
			'',
			['channel', 'source', 'visitors', 'visits', 'readers'],
			[
				['Referral', 'Hacker News', 20, 24, 0],
				['Organic Search', 'Google', 8, 9, 0],
				['Direct', 'Direct', 4, 5, 2]
			]
		],
		[
			'sources',
			'&by=channel',
			['channel', 'visitors'],
			[
				['Referral', 20],
				['Organic Search', 8],
				['Direct', 4]
			]
		],
		[
			'sources',
			'&by=utm_campaign',
			['utm_campaign', 'visitors'],
			[
				['', 31],
				['july', 1]
			]
		],
		[
			'countries',
			'',
			['country', 'visitors', 'page_views'],
			[
				['FR', 20, 50],
				['DE', 6, 18],
				['', 2, 3]
			]
		],
		[
			'devices',
			'',
			['device', 'visitors'],
			[
				['', 20],
				['desktop', 9],
				['mobile', 3]
			]
		],
		['browsers', '', ['browser', 'visitors'], [['Chrome', 12]]],
		[
			'os',
			'',
			['os', 'visitors'],
			[
				['macOS', 10],
				['Linux', 2]
			]
		],
		[
			'pages',
			'',
			['path', 'page_views', 'visitors'],
			[
				['/a', 62, 28],
				['/b', 11, 5],
				['/about', 10, 3]
			]
		]
	])('%s%s', async (id, search, ids, wanted) => {
		const { rows } = await report(id, ALL + search);
		expect(pick(rows, ...ids)).toEqual(wanted);
	});
});

test('two tools on one day: the later import counts, and removing it brings the other back', async () => {
	const ga4 = file(
		'ga4.csv',
		'Date,Page path and screen class,Views,Total users\n20260702,/a,7,5\n'
	);
	await byline('import', 'ga4', ga4);
	const { rows, query } = await report('posts', `${IMPORTED_ONLY}&sort=path`);
	expect(query.imported?.tools).toEqual(['Google Analytics 4', 'Plausible']);
	expect(pick(rows, 'path', 'page_views')).toEqual([
		['/a', 27],
		['/b', 0],
		['/c', 0]
	]);
	// Its pages are no figures of the site.
	expect((await report('overview', IMPORTED_ONLY)).totals).toMatchObject({ page_views: 80 });
	await byline('import', 'remove', '3');
	expect(pick((await report('posts', `${IMPORTED_ONLY}&sort=path`)).rows, 'page_views')).toEqual([
		[60],
		[10],
		[0]
	]);
});

test('a post whose first days were imported has no curve and no sum, and says why', async () => {
	const posts = [
		{ path: '/d', title: 'D', published_at: '2026-07-04T02:00:00Z' },
		{ path: '/old', title: 'Old', published_at: '2026-06-01T00:00:00Z' }
	];
	await byline('posts', 'sync', '--file', file('more.json', JSON.stringify(posts)));
	const site = engine.reports.site('blog.example.com');
	if (site === null) throw new Error('There is no site.');
	const outcome = await engine.reports.resolve(site, new URLSearchParams());
	if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
	const curves = await engine.reports.recentCurves(outcome.query);
	expect(curves.map(({ path, points, missing }) => [path, points.length, missing])).toEqual([
		['/d', 35, null],
		['/c', 0, 'first days imported, without hours'],
		['/b', 0, 'first days imported, without hours'],
		['/a', 0, 'first days imported, without hours'],
		['/old', 0, 'first days not recorded']
	]);
	const { rows } = await report('recent', '');
	expect(pick(rows, 'path', 'readers_cumulative')).toEqual([
		['/d', 0],
		['/c', null],
		['/b', null],
		['/a', null],
		['/old', 0]
	]);
});
