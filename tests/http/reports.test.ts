import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { TestServer } from '../support/server.ts';
import { ask, CHROME, post } from './client.ts';
import { readCsv, readCsvRows } from './read-csv.ts';
import { readReport } from './report.ts';
import { BLOG, startBlog } from './start-blog.ts';

const RATE = 'subscribe_rate,subscribe_rate_low,subscribe_rate_high';
const GROUP = `posts,posts_published,page_views,readers,reads,read_ratio,subscribes,${RATE},conversions,conversions_per_1000_readers,median_first_30_day_readers,reader_share,post_share`;
const AUDIENCE = 'visitors,page_views,readers';

/** The header row of each report, as the product's table has it. */
const HEADERS: Readonly<Record<string, string>> = {
	overview:
		'date,visitors,visits,page_views,readers,reads,measured_page_views,engaged_seconds_avg,bounce_rate,subscribes,cta_impressions,cta_clicks,conversions',
	posts: `post_id,path,title,authors,topics,published_at,page_views,readers,reads,measured_page_views,read_ratio,engaged_seconds_avg,engaged_seconds_median,depth_avg,entrances,exits,recirculation_rate,cta_exposed,cta_clickers,cta_ctr,subscribes,${RATE},conversions,conversion_rate,conversion_rate_low,conversion_rate_high,comments,subscribe_rate_estimate,subscribe_rate_floor,conversion_rate_estimate,conversion_rate_floor`,
	topics: `topic,${GROUP}`,
	authors: `author,${GROUP}`,
	ctas: 'cta,placement,variant,path,cta_eligible,cta_impressions,viewability_rate,cta_clicks,cta_exposed,cta_clickers,cta_ctr,cta_ctr_low,cta_ctr_high',
	recent:
		'post_id,path,title,published_at,age_hours,readers_cumulative,typical_p10,typical_p25,typical_p50,typical_p75,typical_p90',
	sources: `channel,source,visitors,visits,page_views,readers,reads,subscribes,${RATE},conversions,bounce_rate`,
	pages: `path,${AUDIENCE}`,
	countries: `country,${AUDIENCE}`,
	devices: `device,${AUDIENCE}`,
	browsers: `browser,${AUDIENCE}`,
	os: `os,${AUDIENCE}`
};
const IDS = Object.keys(HEADERS);

const HOUR = 3_600_000;
const FORMULAS = ['=1+1', '+1', '-1', '@SUM(A1)', '＝1', '＋1', '－1', '＠A'] as const;
const HYPE = "Don't buy into the recent hype about relationships and sales.";

let server: TestServer;
const today = new Date().toISOString().slice(0, 10);

beforeAll(async () => {
	const published = (hours: number): string => new Date(Date.now() - hours * HOUR).toISOString();
	server = await startBlog([
		{
			path: '/hype',
			title: HYPE,
			authors: ['Chris Peterson', 'Åsa "Ace" Öberg'],
			topics: ['Selling', 'R&D, tools'],
			published_at: published(30),
			word_count: 238
		},
		...FORMULAS.map((title, index) => ({
			path: `/formula-${index}`,
			title,
			authors: [title],
			topics: [title],
			published_at: published(40 + index)
		})),
		{ path: '/never', title: 'Nobody came, "yet"', topics: ['Selling'] }
	]);
	const agents = [
		CHROME,
		'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15',
		'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36'
	];
	for (const [index, userAgent] of agents.entries()) {
		const event = (n: string, path: string, more: object = {}): object => ({
			n,
			u: `https://${BLOG}${path}`,
			d: BLOG,
			pv: `view-${index}-${path.slice(1) || 'home'}`,
			...more
		});
		const cta = { id: '=ebook', placement: 'end-of-post', variant: 'b' };
		const search = { r: 'https://www.google.com/' };
		const batch = [
			event('pageview', '/hype', { ...search, c: [cta] }),
			event('engagement', '/hype', { sd: 60 + index * 20, e: 20_500 + index }),
			event('cta_view', '/hype', { c: cta }),
			...(index === 1 ? [event('cta_click', '/hype', { c: cta })] : []),
			...(index === 2 ? [event('subscribe', '/hype', { f: 'newsletter' })] : []),
			event('pageview', '/'),
			event('pageview', `/formula-${index}`)
		];
		const answer = await post(server.url, batch, { headers: { 'user-agent': userAgent } });
		expect(JSON.parse(answer.text)).toEqual({ accepted: batch.length, dropped: [] });
	}
	await vi.waitUntil(
		async () => (await readReport(server.url, 'overview')).totals['page_views'] === 9,
		{ timeout: 30_000 }
	);
});
afterAll(async () => {
	await server.stop();
});

const get = (path: string) => ask(`${server.url}${path}`);
const csvOf = (id: string, query: string) => get(`/api/reports/${id}.csv?site=${BLOG}&${query}`);

/** What the rules make of a JSON value. */
function cellOf(value: string | number | null | readonly string[]): string {
	if (value === null) return '';
	if (typeof value === 'number') return `${value}`;
	const text = typeof value === 'string' ? value : value.join('; ');
	return /^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
}

describe.each(IDS)('the report %s', (id) => {
	const query = 'period=7d&interval=day';

	test('has the columns of the product and says the same as JSON and as CSV', async () => {
		const json = await readReport(server.url, id, query);
		const csv = await csvOf(id, query);
		expect(csv.status).toBe(200);
		expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
		const [header = [], ...records] = readCsv(csv.text);
		expect(header.join(',')).toBe(HEADERS[id]);
		expect(json.columns.map((column) => column.id).join(',')).toBe(HEADERS[id]);
		expect(records).toEqual(
			json.rows.map((row) => json.columns.map((column) => cellOf(row[column.id] ?? null)))
		);
		expect(records.length).toBeGreaterThan(0);
		for (const row of json.rows)
			expect(Object.keys(row)).toEqual(expect.arrayContaining([...header]));
		for (const cell of records.flat()) expect(cell).not.toMatch(/NaN|Infinity|undefined|object/);
	});

	test('names its file by site, report and days', async () => {
		const { headers } = await csvOf(id, 'from=2017-08-24&to=2017-08-25');
		expect(headers['content-disposition']).toBe(
			`attachment; filename="byline_${BLOG}_${id}_2017-08-24_2017-08-25.csv"`
		);
	});

	test('begins with a byte-order mark for a spreadsheet, and only there', async () => {
		const plain = await csvOf(id, query);
		expect(plain.text.startsWith('\ufeff')).toBe(false);
		expect((await csvOf(id, `${query}&flavour=excel`)).text).toBe(`\ufeff${plain.text}`);
	});

	test('answers an empty range with figures that are zero or missing', async () => {
		const { rows, columns } = await readReport(server.url, id, 'from=2001-01-01&to=2001-01-02');
		if (id === 'recent') return;
		const catalogue = ['posts', 'post_share', 'comments'];
		const figures = rows.flatMap((row) =>
			columns.flatMap((column) =>
				['page_views', 'readers', 'visitors', 'conversions', 'subscribes'].includes(column.id) &&
				!catalogue.includes(column.id)
					? [row[column.id]]
					: []
			)
		);
		expect(figures.filter((value) => value !== 0 && value !== null)).toEqual([]);
	});
});

test('recent posts are chosen by filters of posts', async () => {
	const recent = async (filter: string) =>
		(await readReport(server.url, 'recent', `filter=${filter}`)).rows;
	expect((await recent('topic:is:Selling')).map((row) => row['path'])).toEqual(['/hype']);
	expect((await recent('author:contains:1')).map((row) => row['title'])).toEqual(
		FORMULAS.filter((title) => /[1１]/.test(title))
	);
	expect(await recent('topic:is:None')).toEqual([]);
});

describe('the figures', () => {
	test('are those of the events that were sent', async () => {
		const { totals } = await readReport(server.url, 'overview', `from=${today}&to=${today}`);
		expect(totals).toMatchObject({
			visitors: 3,
			visits: 3,
			page_views: 9,
			measured_page_views: 9,
			readers: 3,
			reads: 2,
			subscribes: 1,
			cta_impressions: 3,
			cta_clicks: 1,
			conversions: 2
		});
		const posts = readCsvRows((await csvOf('posts', `from=${today}&to=${today}`)).text);
		expect(posts).toHaveLength(FORMULAS.length + 2);
		expect(posts.find((row) => row['path'] === '/hype')).toMatchObject({
			title: HYPE,
			authors: 'Chris Peterson; Åsa "Ace" Öberg',
			topics: 'Selling; R&D, tools',
			page_views: '3',
			readers: '3',
			reads: '2',
			cta_exposed: '3',
			cta_clickers: '1',
			subscribes: '1',
			conversions: '2',
			entrances: '3',
			exits: '0'
		});
		expect(posts.find((row) => row['path'] === '/never')).toMatchObject({
			page_views: '0',
			readers: '0',
			read_ratio: '',
			subscribe_rate: ''
		});
	});

	test('text that a spreadsheet would run is prefixed, also in the middle of a file', async () => {
		const { text } = await csvOf('posts', 'period=7d');
		const titles = readCsvRows(text).map((row) => row['title']);
		for (const title of FORMULAS) expect(titles).toContain(`'${title}`);
		const ctas = readCsvRows((await csvOf('ctas', 'period=7d')).text);
		expect(ctas.map((row) => row['cta'])).toEqual(["'=ebook"]);
	});

	test.each(['', '/posts', '/topics', '/authors', '/recent', '/ctas', '/sources'])(
		'stand in the HTML of the screen %s',
		async (screen) => {
			const { status, text, headers } = await get(`/${BLOG}${screen}?period=7d`);
			expect(status).toBe(200);
			expect(headers['content-type']).toContain('text/html');
			if (screen === '') return;
			expect(text).toContain(
				screen === '/ctas' ? '=ebook' : screen === '/sources' ? 'Google' : '＝1'
			);
		}
	);

	test('of the overview are the same in the HTML as in JSON', async () => {
		const { totals } = await readReport(server.url, 'overview', 'period=7d');
		const { text } = await get(`/${BLOG}?period=7d`);
		const html = text.replace(/<script[\s\S]*?<\/script>/g, '');
		const shown = new Map(
			// The figures on top come first; lists below have the same metrics of a part.
			[...html.matchAll(/<data\b([^>]*)>/g)].reverse().flatMap(([, attributes = '']) => {
				const metric = /data-metric="([^"]*)"/.exec(attributes)?.[1];
				const value = /\bvalue="([^"]*)"/.exec(attributes)?.[1];
				return metric === undefined || value === undefined ? [] : [[metric, value] as const];
			})
		);
		for (const id of ['visitors', 'page_views', 'readers', 'reads', 'engaged_seconds_avg'])
			expect(shown.get(id), id).toBe(String(totals[id]));
		for (const id of ['subscribes', 'cta_clicks', 'conversions', 'read_ratio', 'cta_ctr'])
			expect(shown.get(id), id).toBe(String(totals[id]));
	});
});

interface Problem {
	readonly path: string;
	readonly message: string;
	readonly given?: string;
	readonly allowed?: string;
}
const problemsOf = (text: string): readonly Problem[] =>
	(JSON.parse(text) as { errors: Problem[] }).errors;

describe('a question that is wrong', () => {
	test.each([
		['period=soon', '#/period', 'soon', /30d/],
		['compare=never', '#/compare', 'never', /previous/],
		['interval=minute', '#/interval', 'minute', /day/],
		['interval=hour&from=2020-01-01&to=2024-01-01', '#/interval', 'hour', /day/],
		['from=yesterday', '#/from', 'yesterday', /YYYY-MM-DD/],
		['from=2025-02-30&to=2025-03-01', '#/from', '2025-02-30', /YYYY-MM-DD/],
		['from=2025-03-02&to=2025-03-01', '#/to', '2025-03-01', /2025-03-02/],
		['to=2025-03-01', '#/from', '', /YYYY-MM-DD/],
		['from=0001-01-01&to=9999-12-31', '#/from', '0001-01-01', /./],
		['from=1970-01-01&to=2999-12-31', '#/to', '2999-12-31', /hundred years/],
		['sort=page%20views', '#/sort', 'page views', /column/],
		['filter=colour:is:red', '#/filter/0', 'colour:is:red', /country/],
		['filter=country:is:DE&filter=country:like:F', '#/filter/1', 'country:like:F', /contains/],
		['filter=country', '#/filter/0', 'country', /operator/],
		['by=colour', '#/by', 'colour', /utm_source/]
	])(
		'%s: 400 with its path, what was given and what is allowed',
		async (query, path, given, allowed) => {
			for (const id of ['overview', 'posts.csv']) {
				const { status, text, headers } = await get(`/api/reports/${id}?site=${BLOG}&${query}`);
				expect(status).toBe(400);
				expect(headers['content-type']).toContain('application/json');
				const problem = problemsOf(text).find((one) => one.path === path);
				expect(problem).toMatchObject({ path, given });
				expect(problem?.allowed).toMatch(allowed);
				expect(problem?.message).toContain(given);
			}
			expect((await get(`/${BLOG}?${query}`)).status).toBe(400);
		}
	);

	test('all that is wrong is told at once', async () => {
		const { text } = await get(`/api/reports/posts?site=${BLOG}&period=x&compare=y&filter=z`);
		expect(problemsOf(text).map(({ path }) => path)).toEqual([
			'#/period',
			'#/compare',
			'#/filter/0'
		]);
	});

	test('a column that the report does not have is no order', async () => {
		const { status } = await get(`/api/reports/posts?site=${BLOG}&sort=-nonsense`);
		expect(status).toBe(400);
	});

	test('a grouping that the report does not have is told with those it has', async () => {
		const { status, text } = await get(`/api/reports/sources?site=${BLOG}&by=topic`);
		expect(status).toBe(400);
		expect(problemsOf(text)[0]).toMatchObject({ path: '#/by' });
		expect(problemsOf(text)[0]?.message).toMatch(/utm_campaign/);
		expect((await get(`/api/reports/sources?site=${BLOG}&by=utm_campaign`)).status).toBe(200);
		expect((await get(`/api/reports/ctas.csv?site=${BLOG}&by=cta,variant`)).text).toMatch(
			/^cta,variant,cta_eligible,/
		);
	});

	test.each([
		[`/api/reports/nonsense?site=${BLOG}`, '#/report'],
		[`/api/reports/nonsense.csv?site=${BLOG}`, '#/report'],
		[`/api/reports/__proto__?site=${BLOG}`, '#/report'],
		[`/api/reports/constructor?site=${BLOG}`, '#/report'],
		['/api/reports/overview?site=stranger.example', '#/site'],
		['/api/reports/overview.csv?site=stranger.example', '#/site'],
		['/api/reports/overview', '#/site'],
		['/api/reports/overview?site=__proto__', '#/site']
	])('%s: 404', async (path, wrong) => {
		const { status, text } = await get(path);
		expect(status).toBe(404);
		expect(problemsOf(text).map((problem) => problem.path)).toEqual([wrong]);
	});

	test.each(['/stranger.example', `/${BLOG}/posts/999999`, `/${BLOG}/posts/x`, `/${BLOG}/nothing`])(
		'the screen %s: 404 without a trace of code',
		async (path) => {
			const { status, text } = await get(path);
			expect(status).toBe(404);
			expect(text).not.toMatch(/\bat [^<]*:\d+:\d+/);
		}
	);
});

const INJECTIONS = [
	"'; drop table events; --",
	"'); attach 'evil.db'; --",
	'"\\$1%_{{x}}',
	'\0',
	'<script>alert(1)</script>',
	'../../etc/passwd',
	'[(?<name>x)*+',
	'a'.repeat(5_000),
	'-1',
	'1e999',
	'__proto__'
] as const;

describe('a question that is out for harm', () => {
	const parameters = [
		'site',
		'period',
		'from',
		'to',
		'compare',
		'interval',
		'sort',
		'q',
		'flavour',
		'limit',
		'by'
	];
	const dimensions = ['page', 'post', 'topic', 'author', 'cta', 'source', 'country', 'date'];

	async function expectHarmless(query: string, ids: readonly string[]): Promise<void> {
		for (const id of ids) {
			const { status, text } = await get(`/api/reports/${id}?${query}`);
			expect([200, 400, 404], `${id}?${query.slice(0, 200)}: ${text}`).toContain(status);
		}
	}

	test.each(parameters)('by %s is answered 400 or as usual', async (name) => {
		for (const text of INJECTIONS) {
			const params = new URLSearchParams({ site: BLOG, period: '7d', compare: 'none' });
			params.set(name, text.toWellFormed());
			await expectHarmless(params.toString(), ['ctas.csv']);
		}
	});

	test.each(['is', 'is_not', 'contains', 'contains_not'])(
		'by a filter with %s is answered 400 or as usual',
		async (operator) => {
			for (const [index, text] of INJECTIONS.entries()) {
				const dimension = dimensions[index % dimensions.length] ?? 'page';
				for (const name of new Set([dimension, 'page', 'topic'])) {
					const filter = `${name}:${operator}:${text.toWellFormed()}`;
					const params = new URLSearchParams({ site: BLOG, period: '7d', compare: 'none', filter });
					await expectHarmless(params.toString(), ['posts']);
				}
			}
		}
	);

	test('by an expression that is none is answered 400 or as usual', async () => {
		for (const text of INJECTIONS)
			for (const name of ['page', 'topic']) {
				const filter = `${name}:matches:${text.toWellFormed()}`;
				const params = new URLSearchParams({ site: BLOG, period: '7d', compare: 'none', filter });
				await expectHarmless(params.toString(), ['posts', 'topics.csv']);
			}
	});

	test('by broken encoding or twice the same is answered 400 or as usual', async () => {
		for (const query of [
			`site=${BLOG}&q=%`,
			`site=${BLOG}&q=%ff%fe`,
			`site=${BLOG}&filter=page:is:%00`,
			`site=${BLOG}&period=7d&period=soon`,
			`site=${BLOG}&site=stranger.example`,
			`site[]=${BLOG}`,
			`site=${BLOG}&${'filter=country:is:DE&'.repeat(300)}`
		])
			await expectHarmless(query, ['posts', 'posts.csv']);
		for (const path of ['/%00', `/${BLOG}/%2e%2e/%2e%2e`, '/api/reports/%00', '//', '/?%'])
			expect((await get(path)).status).toBeLessThan(500);
	});

	test('by an address that cannot be decoded is answered 400', async () => {
		for (const path of ['/%', '/%ff', `/api/reports/%?site=${BLOG}`])
			expect((await get(path)).status).toBe(400);
	});

	test('changed nothing', async () => {
		expect((await readReport(server.url, 'overview')).totals['page_views']).toBe(9);
		expect((await get('/health')).status).toBe(200);
	});

	test('left no trace of code in the log', () => {
		expect(server.stderr()).not.toMatch(/^\s+at .+:\d+/m);
	});
});
