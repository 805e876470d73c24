/** An engine, and a blog whose server tells what it was asked. */
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { openEngine, type Engine } from '../../analytics/engine.ts';
import type { SyncState } from '../../analytics/index.server.ts';
import type { Site } from '../../analytics/posts/site.ts';
import { parseSettings } from '../../analytics/settings.ts';
import { openAskedBlog, type AskedBlog, type Served } from '../support/asked-blog.ts';
import { temporaryFolder } from '../support/temp.ts';

export let engine: Engine;
export let blog: AskedBlog;
let sites = 0;
// A second later at each look, so that nobody waits between two requests.
let now = Date.UTC(2026, 5, 3, 12);

/** Opens both for the tests of a file, each of which begins with an empty blog. */
export function openBoth(): void {
	const scratch = temporaryFolder('asked-catalogue');
	beforeAll(async () => {
		blog = await openAskedBlog();
		engine = await openEngine({
			settings: parseSettings({ DATA_DIR: scratch.path, FETCH_ALLOW: '127.0.0.1,localhost' }),
			now: () => (now += 1_000)
		});
	});
	beforeEach(() => {
		blog.pages.clear();
		blog.answers();
	});
	afterAll(async () => {
		await engine.close();
		blog.close();
		scratch.remove();
	});
}

/** A site whose catalogue is read from the blog. */
export function siteOf(kind: SyncState['kind'], path = '/', key = ''): Site {
	const site = engine.addSite(`blog-${(sites += 1)}.example`, 'UTC');
	set(site, { kind, url: `${blog.origin}${path}`, key });
	engine.removeAlias('127.0.0.1');
	engine.addAlias(site, '127.0.0.1');
	return site;
}

export function set(site: Site, more: Partial<SyncState>): void {
	engine.registry.setSync(site, { ...engine.registry.sync(site), ...more });
}

export function serve(pages: Readonly<Record<string, string | Served>>): void {
	for (const [path, page] of Object.entries(pages))
		blog.pages.set(path, typeof page === 'string' ? { body: page } : page);
}

export function wait(ms: number): void {
	now += ms;
}

/** What the blog was asked while its catalogue was read, with these faults. */
export async function sync(site: Site, ...wrong: readonly RegExp[]): Promise<readonly string[]> {
	const { errors } = await engine.syncPosts(site);
	expect(errors).toEqual(wrong.map((each) => expect.stringMatching(each) as unknown));
	return blog.answers();
}

export function titles(site: Site): readonly string[] {
	return engine
		.posts(site)
		.map(({ title }) => title)
		.sort();
}
