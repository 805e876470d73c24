import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { expect, type Page } from '@playwright/test';
import { bylineOk } from '../http/byline-command.ts';
import { readReport } from '../http/report.ts';
import { BLOG, startBlog } from '../http/start-blog.ts';
import type { TestServer } from '../support/server.ts';
import { test } from './support/test.ts';

// What a reader does in Chromium, from the real tracker through the real server to a report.

const SOON = { timeout: 15_000 };
/** A quarter of the time that 40 words take is 2.5 s; of 2,000 words, two minutes. */
const POSTS = [
	{ path: '/short', title: 'Short', word_count: 40 },
	{ path: '/long', title: 'Long', word_count: 2_000 },
	{ path: '/glance', title: 'Glance', word_count: 40 }
] as const;

let server: TestServer;
let blog: Server;
let origin = '';

test.beforeAll(async () => {
	server = await startBlog(POSTS, { ALLOW_HEADLESS: 'true' });
	blog = createServer((_, response) => {
		response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
		response.end(
			`<!doctype html><title>A post</title><link rel="icon" href="data:,"><style>body { margin: 0 }</style>
			<script defer src="${server.url}/js/byline.js" data-domain="${BLOG}"></script>
			<article style="height:3000px">Text</article><footer style="height:900px">Comments</footer>`
		);
	}).listen(0, '127.0.0.1');
	await once(blog, 'listening');
	const address = blog.address();
	origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
});

test.afterAll(async () => {
	blog.closeAllConnections();
	blog.close();
	await server.stop();
});

interface Reading {
	readonly views: number;
	readonly reads: number;
	readonly depth: number;
}

const readingOf = async (path: string): Promise<Reading> => {
	const { rows } = await readReport(server.url, 'posts');
	const row = rows.find((each) => each['path'] === path);
	const count = (metric: string): number => Number(row?.[metric] ?? 0);
	return { views: count('page_views'), reads: count('reads'), depth: count('depth_avg') };
};

/** Scrolls to the end in so many steps, half a second each, and leaves. */
const read = async (page: Page, path: string, steps: number): Promise<void> => {
	await page.goto(`${origin}${path}`);
	for (let step = 0; step < steps; step++) {
		await page.mouse.wheel(0, 4_000 / steps);
		await page.waitForTimeout(500);
	}
	await page.goto('about:blank');
};

test('reading to the end is a read', async ({ page }) => {
	await read(page, '/short', 8);
	await expect.poll(() => readingOf('/short'), SOON).toEqual({ views: 1, reads: 1, depth: 100 });
});

test('skimming to the end is none', async ({ page }) => {
	await read(page, '/long', 2);
	await expect.poll(() => readingOf('/long'), SOON).toEqual({ views: 1, reads: 0, depth: 100 });
});

test('staying at the top is none, however long', async ({ page }) => {
	await page.goto(`${origin}/glance`);
	for (let step = 0; step < 7; step++) {
		await page.mouse.move(step, 9);
		await page.waitForTimeout(500);
	}
	await page.goto('about:blank');
	await expect.poll(() => readingOf('/glance'), SOON).toEqual({ views: 1, reads: 0, depth: 24 });
});

for (const [name, header] of [
	['Global Privacy Control', 'Sec-GPC'],
	['Do Not Track', 'DNT']
] as const)
	test(`${name}: counted, until the site honours it`, async ({ browser }) => {
		const context = await browser.newContext({ extraHTTPHeaders: { [header]: '1' } });
		const page = await context.newPage();
		const path = `/${header.toLowerCase()}`;
		const viewAnswer = async (): Promise<string | null> => {
			const answered = page.waitForResponse((response) => response.url().endsWith('/api/event'));
			await page.goto(`${origin}${path}`);
			const answer = await answered;
			expect(answer.status()).toBe(202);
			return answer.headerValue('x-byline-dropped');
		};
		const viewsOf = async (): Promise<number> => {
			const { rows } = await readReport(server.url, 'pages');
			return Number(rows.find((row) => row['path'] === path)?.['page_views'] ?? 0);
		};
		try {
			expect(await viewAnswer()).toBeNull();
			await expect.poll(viewsOf, SOON).toBe(1);
			await bylineOk(server.dataDir, 'site', 'set', BLOG, '--privacy-signals', 'honour');
			expect(await viewAnswer()).toBe('privacy_signal');
			await page.waitForTimeout(600);
			expect(await viewsOf()).toBe(1);
		} finally {
			await bylineOk(server.dataDir, 'site', 'set', BLOG, '--privacy-signals', 'ignore');
			await context.close();
		}
	});
