/** A backup is made while a server takes events. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../support/temp.ts';
import { byline, bylineOk } from './byline-command.ts';
import { post } from './client.ts';
import { readCsvRows } from './read-csv.ts';
import { BLOG, startBlog } from './start-blog.ts';

/** A busy machine's time. */
vi.setConfig({ testTimeout: 180_000 });

const scratch = temporaryFolder('backup-live');
afterAll(scratch.remove);

async function pageViews(dataDir: string): Promise<number> {
	const rows = readCsvRows(await bylineOk(dataDir, 'export', 'pages', '--period', '7d'));
	return rows.reduce((sum, row) => sum + Number(row['page_views']), 0);
}

test('has all that was answered before it, and is whole', async () => {
	await using server = await startBlog([{ path: '/a', title: 'A' }]);
	let answered = 0;
	let isOver = false;
	const send = async (stream: number): Promise<void> => {
		for (let at = 0; !isOver; at += 1) {
			const batch = Array.from({ length: 20 }, (_, index) => ({
				n: 'pageview',
				u: `https://${BLOG}/${index % 3 === 0 ? 'a' : `${stream}-${at}`}`
			}));
			const { status } = await post(server.url, batch);
			if (status === 202) answered += batch.length;
		}
	};
	const streams = [1, 2, 3].map(send);
	while (answered < 2_000) await new Promise((resolve) => setTimeout(resolve, 20));
	const before = answered;
	const copy = join(scratch.path, 'copy');
	await bylineOk(server.dataDir, 'backup', copy);
	const after = answered;
	isOver = true;
	await Promise.all(streams);
	expect(after).toBeGreaterThan(before);

	const to = join(scratch.path, 'to');
	await bylineOk(to, 'restore', copy);
	const restored = await pageViews(to);
	expect(restored).toBeGreaterThanOrEqual(before);
	// What was on its way when the last answer was counted may be in it too.
	expect(restored).toBeLessThanOrEqual(after + streams.length * 20);
	expect((await byline(to, 'verify')).code).toBe(0);
	expect(existsSync(join(copy, 'byline.sock'))).toBe(false);
});
