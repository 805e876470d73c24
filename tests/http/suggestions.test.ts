import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { checkerOf, answerSchema, openApi, type OpenApi } from '../support/openapi.ts';
import type { TestServer } from '../support/server.ts';
import { ask, post, type Answer } from './client.ts';
import { readReport } from './report.ts';
import { BLOG, startBlog } from './start-blog.ts';

const suggestion = z.strictObject({
	dimension: z.string(),
	value: z.string(),
	label: z.string(),
	count: z.number()
});
const answerShape = z.strictObject({
	metrics: z.record(z.string(), z.strictObject({ id: z.string(), label: z.string() })),
	suggestions: z.array(suggestion)
});
const errorsShape = z.strictObject({
	errors: z
		.array(
			z.strictObject({
				path: z.string(),
				given: z.string(),
				allowed: z.string(),
				message: z.string()
			})
		)
		.min(1)
});

let server: TestServer;
let api: OpenApi;

beforeAll(async () => {
	server = await startBlog([
		{ path: '/a', title: 'Grüße aus Köln', authors: ['Åsa Öberg'], topics: ['Selling'] },
		{ path: '/b', title: 'The recent hype', authors: ['Åsa Öberg'], topics: ['Email', '=1+1'] }
	]);
	const view = (path: string): object => ({ n: 'pageview', u: `https://${BLOG}${path}` });
	await post(server.url, [view('/a?utm_source=letter'), view('/b'), view('/c')]);
	await vi.waitUntil(
		async () => (await readReport(server.url, 'overview')).totals['page_views'] === 3,
		{ timeout: 30_000 }
	);
	api = openApi.parse(JSON.parse((await ask(`${server.url}/api/openapi.json`)).text));
});
afterAll(async () => {
	await server.stop();
});

const get = (query: string): Promise<Answer> =>
	ask(`${server.url}/api/suggestions?site=${BLOG}&${query}`);
const read = async (query: string): Promise<z.infer<typeof answerShape>> => {
	const { status, text } = await get(query);
	expect(status, text).toBe(200);
	const checker = checkerOf(api, answerSchema(api, '/api/suggestions', 200));
	expect(checker.safeParse(JSON.parse(text)).error).toBeUndefined();
	return answerShape.parse(JSON.parse(text));
};
const valuesOf = async (query: string): Promise<readonly (string | number)[][]> =>
	(await read(query)).suggestions.map(({ value, label, count }) => [value, label, count]);

test('values come with their counts, posts with their titles', async () => {
	const { metrics, suggestions } = await read('period=7d&dimension=post,topic&q=');
	expect(metrics).toEqual({
		post: { id: 'readers', label: 'Readers' },
		topic: { id: 'readers', label: 'Readers' }
	});
	expect(suggestions.map(({ dimension, label, count }) => [dimension, label, count])).toEqual([
		['post', 'Grüße aus Köln', 1],
		['post', 'The recent hype', 1],
		['topic', '=1+1', 1],
		['topic', 'Email', 1],
		['topic', 'Selling', 1]
	]);
});

test('a text finds by prefix and word, without marks; a limit cuts', async () => {
	expect(await valuesOf('period=7d&dimension=author&q=asa')).toEqual([
		['Åsa Öberg', 'Åsa Öberg', 1]
	]);
	expect((await valuesOf('dimension=post&q=koln')).map(([, label]) => label)).toEqual([
		'Grüße aus Köln'
	]);
	expect((await valuesOf('dimension=post&q=hype%20rec')).map(([, label]) => label)).toEqual([
		'The recent hype'
	]);
	expect(await valuesOf('dimension=post&q=nothing')).toEqual([]);
	expect(await valuesOf('dimension=page&limit=2')).toHaveLength(2);
});

test('period and filters hold', async () => {
	expect(await valuesOf('dimension=page&filter=topic:is:Selling')).toEqual([['/a', '/a', 1]]);
	expect(await valuesOf('dimension=page&from=2001-01-01&to=2001-01-02')).toEqual([]);
	expect(await valuesOf('dimension=topic&from=2001-01-01&to=2001-01-02&q=sell')).toEqual([
		['Selling', 'Selling', 0]
	]);
});

describe('what is wrong is told by its path', () => {
	test.each([
		['dimension=', '#/dimension', ''],
		['', '#/dimension', ''],
		['dimension=colour', '#/dimension', 'colour'],
		['dimension=post,', '#/dimension', 'post,'],
		['dimension=post,colour', '#/dimension', 'post,colour'],
		['dimension=post&limit=0', '#/limit', '0'],
		['dimension=post&limit=101', '#/limit', '101'],
		['dimension=post&limit=1e1', '#/limit', '1e1'],
		['dimension=post&limit=', '#/limit', ''],
		['dimension=post&dimension=page', '#/dimension', 'post, page'],
		['dimension=post&q=' + 'x'.repeat(201), '#/q', 'x'.repeat(201)],
		['dimension=post&period=soon', '#/period', 'soon'],
		['dimension=post&filter=a:b:c', '#/filter/0', 'a:b:c'],
		['dimension=post&filter=page:matches:(', '#/filter/0', '('],
		['dimension=post&sort=-readers', '#/sort', '-readers'],
		['dimension=post&colour=red', '#/colour', 'red']
	])('%s', async (query, path, given) => {
		const { status, text } = await get(query);
		expect(status, text).toBe(400);
		const checker = checkerOf(api, answerSchema(api, '/api/suggestions', 400));
		expect(checker.safeParse(JSON.parse(text)).error).toBeUndefined();
		const { errors } = errorsShape.parse(JSON.parse(text));
		expect(errors.map((error) => [error.path, error.given])).toEqual([[path, given]]);
	});

	test('a site that is not there', async () => {
		const { status, text } = await ask(`${server.url}/api/suggestions?site=x&dimension=post`);
		expect(status).toBe(404);
		expect(errorsShape.parse(JSON.parse(text)).errors[0]).toMatchObject({ path: '#/site' });
	});
});
