import { expect } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bylineOk } from '../http/byline-command.ts';
import { BLOG } from '../http/start-blog.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { temporaryFolder } from '../support/temp.ts';
import { test } from './support/test.ts';

const MINUTE_MS = 60_000;
const scratch = temporaryFolder('first-hour');
let server: TestServer;

/** A line of an access log. */
const lineOf = (path: string, at: Date): string => {
	const [, day, month, year, time] = /, (\d+) (\w+) (\d+) ([\d:]+)/.exec(at.toUTCString()) ?? [];
	return `203.0.113.1 - - [${day}/${month}/${year}:${time} +0000] "GET ${path} HTTP/1.1" 200 1 "-" "Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0"\n`;
};

test.beforeAll(async () => {
	const file = (name: string, text: string): string => {
		writeFileSync(join(scratch.path, name), text);
		return join(scratch.path, name);
	};
	const ago = (minutes: number): Date => new Date(Date.now() - minutes * MINUTE_MS);
	const posts = [{ path: '/new', title: 'Just out', published_at: ago(20).toISOString() }];
	server = await startServer({ env: { LOG_LEVEL: 'warn' } });
	const run = (...args: readonly string[]) => bylineOk(server.dataDir, ...args);
	await run('site', 'add', BLOG, '--timezone', 'UTC');
	await run('posts', 'sync', '--file', file('posts.json', JSON.stringify(posts)));
	const log = lineOf('/old', ago(5 * 24 * 60)) + lineOf('/new', ago(10));
	await run('import', 'access-log', file('access.log', log));
});
test.beforeEach(({ context }) => server.signIn(context));
test.afterAll(async () => {
	await server.stop();
	scratch.remove();
});

test('a post in its first hour has no readers at a whole hour of age, and none are shown', async ({
	page
}) => {
	await page.goto(`${server.url}/${BLOG}/posts?period=7d`);
	const row = page.getByRole('row', { name: /Just out/ });
	await expect(row.locator('data[data-metric=readers]')).toHaveText('1');
	await page.goto(`${server.url}/${BLOG}/recent`);
	const title = page.getByRole('heading', { name: 'Just out' });
	const card = page.getByRole('listitem').filter({ has: title });
	await expect(card).toContainText('less than an hour old');
	await expect(card).toContainText('too early to say');
	await expect(card).not.toContainText('readers');
});
