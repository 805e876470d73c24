import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { REPORT_IDS, type ReportId } from '../../analytics/reports/report-ids.ts';
import type { Cell, Row } from '../../analytics/reports/result.ts';
import { ask, CHROME, post } from '../http/client.ts';
import { readCsv } from '../http/read-csv.ts';
import { readReport, type Report } from '../http/report.ts';
import { BLOG, startBlog } from '../http/start-blog.ts';
import type { TestServer } from '../support/server.ts';

const POSTS = 20_000;
const READERS = 600;
const PAGE_ROWS = 50;
const PERIOD = 'period=7d';

const pathOf = (number: number): string => `/posts/${number}`;
const agentOf = (reader: number): string => CHROME.replace('141', String(100 + reader));

/** The events of one reader: six in a visit to two posts, far apart in the catalogue and seldom the same. */
function eventsOf(reader: number): readonly object[] {
	const about = (n: string, path: string, more: object = {}): object => ({
		n,
		u: `https://${BLOG}${path}`,
		d: BLOG,
		pv: `${reader}${path.replaceAll('/', '-')}`,
		...more
	});
	const first = pathOf((reader * reader * 31) % POSTS);
	const second = pathOf((reader * 7) % 50);
	const cta = { id: `cta-${reader % 5}`, placement: 'end-of-post', variant: '' };
	return [
		about('pageview', first, { r: reader % 3 === 0 ? 'https://www.google.com/' : '', c: [cta] }),
		about('engagement', first, { sd: reader % 101, e: 400 * (reader % 90) }),
		about(reader % 4 === 0 ? 'cta_click' : 'cta_view', first, { c: cta }),
		about('pageview', second),
		...(reader % 10 === 0 ? [about('subscribe', second, { f: 'newsletter' })] : []),
		...(reader % 7 === 0 ? [about('pageview', `/more/${reader}`)] : [])
	];
}

let server: TestServer;
let sent = 0;

beforeAll(async () => {
	const day = Date.parse('2020-01-01');
	server = await startBlog(
		Array.from({ length: POSTS }, (_, number) => ({
			path: pathOf(number),
			title: number % 97 === 0 ? `=${number}; "quoted", and\nbroken` : `Post ${number}`,
			authors: [`Author ${number % 40}`],
			topics: [`Topic ${number % 300}`, `@${number % 7}`],
			published_at: new Date(day + number * 3_600_000).toISOString(),
			word_count: number % 3_000
		})),
		{ RATE_LIMIT_PER_ADDRESS: '0' }
	);
	await Promise.all(
		Array.from({ length: READERS }, async (_, reader) => {
			const batch = eventsOf(reader);
			const headers = { 'user-agent': agentOf(reader) };
			const answer = await post(server.url, batch, { headers });
			expect(JSON.parse(answer.text)).toEqual({ accepted: batch.length, dropped: [] });
			sent += batch.length;
		})
	);
	const viewed = Array.from({ length: READERS }, (_, reader) => (reader % 7 === 0 ? 3 : 2));
	const views = viewed.reduce((sum, count) => sum + count, 0);
	await vi.waitUntil(
		async () => (await readReport(server.url, 'overview')).totals['page_views'] === views,
		{ timeout: 20_000, interval: 200 }
	);
}, 120_000);
afterAll(async () => {
	await server.stop();
});

/** What the rules of CSV make of a JSON value. */
function csvCell(value: Cell): string {
	if (value === null) return '';
	if (typeof value === 'number') return `${value}`;
	const text = typeof value === 'string' ? value : value.join('; ');
	return /^[=+\-@]/.test(text) ? `'${text}` : text;
}

describe(`with ${POSTS.toLocaleString('en')} posts`, () => {
	test.each(REPORT_IDS)('the report %s is the same in CSV, cell by cell', async (id: ReportId) => {
		const json = await readReport(server.url, id, PERIOD);
		const csv = await ask(`${server.url}/api/reports/${id}.csv?site=${BLOG}&${PERIOD}`);
		expect(csv.status).toBe(200);
		const [header, ...records] = readCsv(csv.text);
		const columns = json.columns.map((column) => column.id);
		expect(header).toEqual(columns);
		expect(records).toHaveLength(json.rows.length);
		for (const [index, row] of json.rows.entries())
			expect(records[index]).toEqual(columns.map((column) => csvCell(row[column] ?? null)));
		if (id === 'posts') expect(records).toHaveLength(POSTS);
	});

	test('a few thousand events were counted, and most posts have none', async () => {
		expect(sent).toBeGreaterThan(2_000);
		const { rows } = await readReport(server.url, 'posts', PERIOD);
		const read = rows.filter((row) => Number(row['readers']) > 0).length;
		expect(read).toBeGreaterThan(200);
		expect(read).toBeLessThan(POSTS / 2);
	});

	test.each([
		['the usual order', ''],
		['another order', '&sort=-page_views'],
		['a rate, the missing ones last', '&sort=-read_ratio'],
		['a search', '&q=9999']
	])('the screen shows what JSON says, page by page, in %s', async (_, order) => {
		const { rows, totals } = await readReport(server.url, 'posts', `${PERIOD}${order}`);
		const last = Math.ceil(rows.length / PAGE_ROWS);
		for (const page of [...new Set([1, Math.ceil(last / 2), last])]) {
			const { status, text } = await ask(
				`${server.url}/${BLOG}/posts?${PERIOD}${order}&page=${page}`
			);
			expect(status).toBe(200);
			expectScreen(text, rows.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS), totals);
		}
	});
});

const attribute = (tag: string, name: string): string | undefined =>
	new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];

/** The figures of each row of the table, by the id of its post. */
function screenRows(html: string): readonly (readonly [string, ReadonlyMap<string, string>])[] {
	const body = /<tbody\b[^>]*>([\s\S]*?)<\/tbody>/.exec(html)?.[1] ?? '';
	return [...body.matchAll(/<tr\b[\s\S]*?<\/tr>/g)].map(([row]) => {
		const id = /\/posts\/(\d+)/.exec(row)?.[1] ?? '';
		const figures = [...row.matchAll(/<data\b[^>]*>/g)].map(
			([tag]) => [attribute(tag, 'data-metric') ?? '', attribute(tag, 'value') ?? ''] as const
		);
		return [id, new Map(figures)] as const;
	});
}

const SHOWN = [
	'page_views',
	'readers',
	'read_ratio',
	'engaged_seconds_avg',
	'subscribe_rate',
	'cta_ctr',
	'conversions'
];

function expectScreen(html: string, rows: readonly Row[], totals: Report['totals']): void {
	const expected = rows.map((row) => {
		const figures = SHOWN.flatMap((id) => {
			const value = row[id];
			return typeof value === 'number' ? [[id, String(value)] as const] : [];
		});
		return [String(row['post_id']), new Map(figures)];
	});
	expect(screenRows(html)).toEqual(expected);
	const shown = [...html.matchAll(/<data\b[^>]*data-total="([^"]*)"[^>]*>/g)].map(
		([tag, id = '']) => [id, attribute(tag, 'value') ?? ''] as const
	);
	expect(new Map(shown)).toEqual(
		new Map(SHOWN.map((id) => [id, totals[id] === null ? '' : String(totals[id])]))
	);
}
