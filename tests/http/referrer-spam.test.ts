import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestServer } from '../support/server.ts';
import { bylineOk } from './byline-command.ts';
import { ask, post } from './client.ts';
import { readReport } from './report.ts';
import { BLOG, startBlog } from './start-blog.ts';

const SOON = { timeout: 15_000, interval: 50 };

let server: TestServer;
beforeAll(async () => {
	server = await startBlog();
	await bylineOk(server.dataDir, 'site', 'alias', 'add', BLOG, 'alias.example');
	writeFileSync(
		join(server.dataDir, 'referrer-spam.txt'),
		`# seen in the logs\nloud.example\n${BLOG}\nalias.example\nno domain\n`
	);
	await server.restart();
});
afterAll(async () => {
	await server.stop();
});

const view = (path: string, r?: string): object => ({
	n: 'pageview',
	u: `https://${BLOG}${path}`,
	d: BLOG,
	r
});

const droppedOf = async (path: string, r?: string): Promise<unknown> => {
	const { status, text, headers } = await post(server.url, view(path, r));
	expect({ status, text }).toEqual({ status: 202, text: 'ok' });
	return headers['x-byline-dropped'];
};

async function paths(): Promise<readonly unknown[]> {
	return (await readReport(server.url, 'pages')).rows.map((row) => row['path']);
}

test.each([
	'https://semalt.com/crawler.php?u=x',
	'http://www.Semalt.com',
	'https://12.buttons-for-website.com/',
	'https://loud.example/',
	'https://very.loud.example:8080/now'
])('%s is dropped with its reason', async (referrer) => {
	const answer = await post(server.url, view('/spam', referrer));
	expect(answer).toMatchObject({ status: 202, text: 'ok' });
	expect(answer.headers).toMatchObject({
		'x-byline-dropped': 'spam_referrer',
		'x-plausible-dropped': '1'
	});
});

test.each([
	undefined,
	'https://notsemalt.com/',
	'https://semalt.com.news.example/',
	'https://news.example/why-semalt.com-is-spam',
	// The site's own hosts, though the operator listed them.
	`https://${BLOG}/elsewhere`,
	`https://www.${BLOG}/elsewhere`,
	'https://alias.example/'
])('%s is kept', async (referrer) => {
	expect(await droppedOf('/kept', referrer)).toBeUndefined();
});

test('every kind of request is judged', async () => {
	const spam = 'https://semalt.com/';
	const batch = await post(server.url, [view('/spam', spam), view('/kept-batch')]);
	expect(JSON.parse(batch.text)).toEqual({
		accepted: 1,
		dropped: [{ index: 0, reason: 'spam_referrer' }]
	});
	const query = new URLSearchParams({ n: 'pageview', u: `https://${BLOG}/spam`, r: spam });
	const gif = await ask(`${server.url}/api/event.gif?${query.toString()}`);
	expect(gif.headers['x-byline-dropped']).toBe('spam_referrer');
	const count = new URLSearchParams({ p: '/spam', r: spam });
	await ask(`${server.url}/count?${count.toString()}`, {
		headers: { referer: `https://${BLOG}/spam` }
	});
	await post(server.url, view('/after'));
	await expect.poll(paths, SOON).toContain('/after');
	expect(await paths()).toContain('/kept-batch');
	expect(await paths()).not.toContain('/spam');
});

test('a wrong line is reported, and what was dropped is counted', async () => {
	expect(server.stderr()).toContain('referrer-spam.txt, line 5: \\"no domain\\" is no domain');
	await server.restart();
	using database = new DatabaseSync(join(server.dataDir, 'byline.sqlite'), { readOnly: true });
	const { count } = database
		.prepare(`select sum(count) as count from drops where reason = 'spam_referrer' and site_id > 0`)
		.get() ?? { count: 0 };
	expect(count).toBe(8);
});
