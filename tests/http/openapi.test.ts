import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { REPORT_IDS } from '../../analytics/reports/report-ids.ts';
import { groupingsOf } from '../../analytics/reports/registry.ts';
import { answerSchema, checkerOf, openApi, type OpenApi } from '../support/openapi.ts';
import type { TestServer } from '../support/server.ts';
import { ask, post, type Answer } from './client.ts';
import { readCsv } from './read-csv.ts';
import { readReport } from './report.ts';
import { BLOG, startBlog } from './start-blog.ts';

let server: TestServer;
let api: OpenApi;

beforeAll(async () => {
	const published = new Date(Date.now() - 5 * 86_400_000).toISOString();
	server = await startBlog([
		{
			path: '/read',
			title: 'Read',
			authors: ['Åsa Öberg'],
			topics: ['Selling', 'Email'],
			published_at: published,
			word_count: 238
		},
		{ path: '/undated', title: 'Never published' },
		...[1, 2, 3, 4].map((n) => ({ path: `/old-${n}`, title: `Old ${n}`, published_at: published }))
	]);
	const view = (n: string, more: object = {}): object => ({
		n,
		u: `https://${BLOG}/read?utm_source=letter`,
		pv: 'view-1',
		...more
	});
	const cta = { id: 'ebook', placement: 'in-text', variant: 'a' };
	await post(server.url, [
		view('pageview', { c: [cta] }),
		view('engagement', { sd: 90, e: 30_000 }),
		view('cta_view', { c: cta }),
		view('cta_click', { c: cta }),
		view('subscribe', { f: 'newsletter' }),
		{ n: 'pageview', u: `https://${BLOG}/` }
	]);
	await vi.waitUntil(
		async () => (await readReport(server.url, 'overview')).totals['page_views'] === 2,
		{ timeout: 30_000 }
	);
	const { text } = await ask(`${server.url}/api/openapi.json`);
	api = openApi.parse(JSON.parse(text));
});
afterAll(async () => {
	await server.stop();
});

const get = (path: string): Promise<Answer> => ask(`${server.url}${path}`);

function expectTold(
	answer: Answer,
	path: string,
	more: Parameters<typeof answerSchema>[3] = {}
): void {
	const checker = checkerOf(api, answerSchema(api, path, answer.status, more));
	const { error } = checker.safeParse(JSON.parse(answer.text));
	expect(error, `${path}: ${answer.text.slice(0, 300)}`).toBeUndefined();
}

test('the document is served to any origin', async () => {
	const { status, headers, text } = await get('/api/openapi.json');
	expect(status).toBe(200);
	expect(headers['content-type']).toContain('application/json');
	expect(headers['access-control-allow-origin']).toBe('*');
	expect(openApi.safeParse(JSON.parse(text)).error).toBeUndefined();
});

test('segments answer what the document says, when they are changed and when they are refused', async () => {
	const collection = '/api/segments';
	const one = '/api/segments/{id}';
	const send = (path: string, method: string, body?: object): Promise<Answer> =>
		ask(`${server.url}${path}?site=${BLOG}`, {
			method,
			headers: { 'content-type': 'application/json' },
			...(body === undefined ? {} : { body: JSON.stringify(body) })
		});
	const filters = ['device:is:mobile'];
	const added = await send(collection, 'POST', { name: 'Phones', filters });
	expect(added.status).toBe(201);
	expectTold(added, collection, { method: 'post' });
	const { id } = z.object({ id: z.int() }).parse(JSON.parse(added.text));
	expectTold(await send(collection, 'GET'), collection);
	for (const body of [
		{ name: 'phones', filters },
		{ name: '', filters: [] }
	])
		expectTold(await send(collection, 'POST', body), collection, { method: 'post' });
	const renamed = await send(`${collection}/${id}`, 'PATCH', { name: 'Mobile' });
	expect(renamed.status).toBe(200);
	expectTold(renamed, one, { method: 'patch' });
	expect((await send(`${collection}/${id}`, 'DELETE')).status).toBe(204);
	const gone = await send(`${collection}/${id}`, 'DELETE');
	expect(gone.status).toBe(404);
	expectTold(gone, one, { method: 'delete' });
});

describe.each(REPORT_IDS)('the report %s', (id) => {
	const path = `/api/reports/${id}`;

	test('answers what the document says, whatever is asked', async () => {
		for (const query of [
			'period=7d',
			'period=24h&compare=weekday',
			'period=today',
			'period=all&compare=none&interval=month',
			'from=2001-01-01&to=2001-01-02&compare=year',
			'period=7d&filter=topic:is:Selling|Email&filter=device:is_not:tablet&q=a',
			...groupingsOf(id).map((by) => `period=7d&by=${by}`)
		])
			expectTold(await get(`${path}?site=${BLOG}&${query}`), path);
	});

	test('refuses as the document says', async () => {
		for (const format of ['', '.csv']) {
			const wrong = await get(`${path}${format}?site=${BLOG}&period=x&sort=nothing&colour=red`);
			expect(wrong.status).toBe(400);
			expectTold(wrong, path + format);
			const stranger = await get(`${path}${format}?site=stranger.example`);
			expect(stranger.status).toBe(404);
			expectTold(stranger, path + format);
		}
	});

	test('has the columns of the document in its CSV', async () => {
		const { text } = await get(`${path}.csv?site=${BLOG}&period=7d`);
		const [header = []] = readCsv(text);
		const row = api.components.schemas[`Report_${id}_row`];
		expect(row).toBeDefined();
		const told = JSON.stringify(row);
		for (const column of header) expect(told).toContain(`"${column}":{`);
	});
});

describe('the Stats API', () => {
	const query = async (body: object | string): Promise<Answer> =>
		ask(`${server.url}/api/v2/query`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: typeof body === 'string' ? body : JSON.stringify(body)
		});
	const usual = { site_id: BLOG, metrics: ['visitors', 'cta_ctr'], date_range: '7d' } as const;

	test.each([
		usual,
		{
			...usual,
			metrics: ['visitors'],
			dimensions: ['event:page', 'visit:source'],
			pagination: { limit: 2, offset: 0 }
		},
		{ ...usual, dimensions: ['time:day'], include: { time_labels: true, total_rows: true } },
		{ ...usual, dimensions: ['topic'], filters: [['is', 'device', ['desktop']]] },
		{ ...usual, date_range: ['2020-01-01', '2020-01-31'], order_by: [['visitors', 'asc']] }
	])('takes and answers what the document says: %j', async (body) => {
		const path = '/api/v2/query';
		const asked = checkerOf(api, { $ref: '#/components/schemas/StatsQuery' });
		expect(asked.safeParse(body).error).toBeUndefined();
		const answer = await query(body);
		expect(answer.status, answer.text).toBe(200);
		expectTold(answer, path, { method: 'post' });
	});

	test.each([
		'{',
		{},
		{ ...usual, site_id: 'stranger.example' },
		{ ...usual, metrics: ['nonsense'] },
		{ ...usual, filters: [['matches', 'event:page', ['(']]] },
		{ ...usual, more: 1 },
		`{"site_id":"${'x'.repeat(70_000)}"}`
	])('refuses as the document says: %j', async (body) => {
		const answer = await query(body);
		expect(answer.status).toBeGreaterThanOrEqual(400);
		expectTold(answer, '/api/v2/query', { method: 'post' });
	});
});

describe('events', () => {
	test('are answered as the document says', async () => {
		const batch = await post(server.url, [{ n: 'pageview', u: `https://${BLOG}/` }, { n: 'x' }]);
		expect(batch.status).toBe(202);
		expectTold(batch, '/api/event', { method: 'post' });
		for (const body of ['{', '{}', '[1', JSON.stringify({ n: 'pageview', u: 'x', t: 1 })]) {
			const refused = await post(server.url, body);
			expect(refused.status).toBe(400);
			expectTold(refused, '/api/event', { method: 'post' });
		}
		const large = await post(server.url, `{"n":"${'x'.repeat(70_000)}"}`);
		expect(large.status).toBe(413);
		expectTold(large, '/api/event', { method: 'post' });
	});

	test('of a page without JavaScript are answered with a pixel', async () => {
		for (const [query, status] of [
			[`n=pageview&u=https://${BLOG}/`, 200],
			['n=pageview', 400]
		] as const) {
			const answer = await get(`/api/event.gif?${query}`);
			expect(answer.status).toBe(status);
			expect(answer.headers['content-type']).toBe('image/gif');
			expect(answerSchema(api, '/api/event.gif', status, { type: 'image/gif' })).toBeDefined();
		}
	});
});
