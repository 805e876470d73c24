import { expect } from 'vitest';
import { byline } from '../http/byline-command.ts';
import { ask } from '../http/client.ts';
import { readReport } from '../http/report.ts';
import { BLOG } from '../http/start-blog.ts';
import type { TestServer } from '../support/server.ts';

/** A page view of the test blog as a client sends it. */
export function view(path: string, id?: string): object {
	return {
		n: 'pageview',
		u: `https://${BLOG}${path}`,
		d: BLOG,
		...(id === undefined ? {} : { i: id })
	};
}

/** An id that belongs to a path. */
export const idOf = (path: string): string => path.replaceAll('/', '_');

/** Paths of pages that nobody else counts. */
export function pages(name: string, count: number): readonly string[] {
	return Array.from({ length: count }, (_, index) => `/${name}/${index}`);
}

/** Page views by page. */
export async function countViews(server: TestServer): Promise<ReadonlyMap<string, number>> {
	const { rows } = await readReport(server.url, 'pages');
	return new Map(rows.map((row) => [String(row['path']), Number(row['page_views'])]));
}

/** Waits until exactly these pages are counted, each once. */
export async function expectOnce(server: TestServer, paths: readonly string[]): Promise<void> {
	const once = new Map([...paths].sort().map((path) => [path, 1]));
	const counted = async (): Promise<unknown> =>
		new Map([...(await countViews(server))].sort(([a], [b]) => (a < b ? -1 : 1)));
	await expect.poll(counted, { timeout: 20_000, interval: 100 }).toEqual(once);
}

/** Facts are what the events say, the service and its screens answer, and no error went unforeseen. */
export async function expectWell(server: TestServer): Promise<void> {
	const { code, stdout, stderr } = await byline(server.dataDir, 'verify');
	expect({ code, stdout, stderr }).toMatchObject({ code: 0 });
	expect((await ask(`${server.url}/health`)).status).toBe(200);
	expect((await ask(`${server.url}/${BLOG}`)).status).toBe(200);
	// A line of a stack trace.
	expect(server.stderr()).not.toMatch(/^\s+at .+:\d+/m);
}
