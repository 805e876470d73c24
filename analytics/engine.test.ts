import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openEngine, type Engine } from './engine.ts';
import { takeBody } from './intake/intake.ts';
import { parseSettings } from './settings.ts';

const SENDER = {
	ip: '203.0.113.9',
	userAgent:
		'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36'
};
let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'byline-engine-'));
});
afterEach(() => {
	rmSync(folder, { recursive: true, force: true });
});

async function pageViews(engine: Engine): Promise<unknown> {
	await engine.drain();
	const [site] = engine.registry.sites();
	if (site === undefined) throw new TypeError('There is no site.');
	const resolved = await engine.reports.resolve(site, new URLSearchParams('period=today'));
	if (!resolved.ok) throw new TypeError(JSON.stringify(resolved.errors));
	return (await engine.reports.report('posts', resolved.query)).totals['page_views'];
}

test('a damaged event store is set aside and made anew from the journal and the catalogue', async () => {
	const troubles: string[] = [];
	const options = {
		settings: parseSettings({ DATA_DIR: folder }),
		onTrouble: (message: string) => troubles.push(message)
	};
	const first = await openEngine(options);
	const site = first.addSite('blog.example.com', 'Asia/Kathmandu');
	await first.putPosts(site, [
		{
			path: '/a',
			formerPaths: [],
			title: 'A',
			authors: [],
			topics: [],
			publishedAt: null,
			wordCount: null,
			commentCount: null
		}
	]);
	const view = JSON.stringify({ n: 'pageview', u: 'https://blog.example.com/a' });
	for (let i = 0; i < 3; i += 1)
		expect((await takeBody(view, SENDER, first.intake)).status).toBe(202);
	expect(await pageViews(first)).toBe(3);
	await first.close();

	writeFileSync(
		join(folder, 'events.duckdb'),
		'this is no database, and long enough to look at: '.repeat(1000)
	);
	const second = await openEngine(options);
	expect(troubles.join(' ')).toContain('set aside');
	expect(readdirSync(folder).some((name) => name.startsWith('events.duckdb.damaged-'))).toBe(true);
	expect(await pageViews(second)).toBe(3);
	await second.close();
	expect(existsSync(join(folder, 'events.duckdb'))).toBe(true);
});

test('the log of what was done is as long as the settings say', async () => {
	const day = 86_400_000;
	const at = Date.UTC(2026, 5, 1);
	const settings = parseSettings({ DATA_DIR: folder, LOG_DAYS: '30' });
	const options = { settings, now: () => at, onTrouble: () => undefined };
	const first = await openEngine(options);
	for (const age of [30 * day + 1, 30 * day, 0])
		first.accounts.audit.record({
			at: at - age,
			actor: null,
			site: null,
			act: 'signed_in',
			detail: {}
		});
	await first.close();
	const second = await openEngine(options);
	const kept = second.accounts.audit.list(null, { limit: 10, offset: 0 });
	expect(kept.map((entry) => at - entry.at)).toEqual([0, 30 * day]);
	await second.close();
});
