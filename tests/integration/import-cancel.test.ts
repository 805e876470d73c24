/** An import that somebody cancels counts nothing, and goes on where it was. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openEngine, type Engine } from '../../analytics/engine.ts';
import { runImport } from '../../analytics/imports/run-import.ts';
import type { Site } from '../../analytics/posts/site.ts';
import { parseSettings } from '../../analytics/settings.ts';
import { openDuckDbStore } from '../../analytics/stores/duckdb/duckdb-store.ts';
import { raw } from '../../analytics/stores/sql.ts';
import { CHROME } from '../http/client.ts';
import { writeOldStore } from '../support/old-store.ts';
import { temporaryFolder } from '../support/temp.ts';

const LINES = 70_000;
const scratch = temporaryFolder('import-cancel');
const log = join(scratch.path, 'access.log');
let engine: Engine;
let site: Site;

beforeAll(async () => {
	engine = await openEngine({ settings: parseSettings({ DATA_DIR: join(scratch.path, 'data') }) });
	site = engine.addSite('blog.example.com', 'UTC');
	const lines = Array.from(
		{ length: LINES },
		(_, at) =>
			`198.51.${at % 100}.7 - - [0${1 + (at % 5)}/Jul/2026:10:${String(at % 60).padStart(2, '0')}:00 +0000] "GET /p${at % 50} HTTP/1.1" 200 1 "-" "${CHROME}"\n`
	);
	writeFileSync(log, lines.join(''));
});
afterAll(async () => {
	await engine.close();
	scratch.remove();
});

async function counted(): Promise<unknown> {
	const [row] = await engine.store.query(
		raw('select (select count(*) from events) as events, (select count(*) from views) as views')
	);
	return row;
}

test(
	'the same files again finish it, and every line counts once',
	{ timeout: 240_000 },
	async () => {
		const asked = { site, format: 'access-log', paths: [log], isPreview: false };
		for (const lines of [25_000, 45_000]) {
			let read = 0;
			const controller = new AbortController();
			await expect(
				runImport(engine, {
					...asked,
					signal: controller.signal,
					onProgress: (more) => {
						read += more;
						if (read >= lines) controller.abort();
					}
				})
			).rejects.toThrow();
			expect(await counted()).toEqual({ events: 0, views: 0 });
			expect(await engine.store.imports.list()).toMatchObject([{ state: 'running' }]);
		}
		const outcome = await runImport(engine, { ...asked, onProgress: () => undefined });
		expect(outcome.resumed).toBeGreaterThanOrEqual(20_000);
		expect(outcome).toMatchObject({ stored: LINES, id: 1 });
		expect(await counted()).toEqual({ events: LINES, views: LINES });
		expect((await runImport(engine, { ...asked, onProgress: () => undefined })).stored).toBe(0);
	}
);

test('a job that is cancelled says so and counts nothing', { timeout: 240_000 }, async () => {
	await engine.store.imports.remove(1, 0);
	await engine.store.settle();
	const job = engine.importJobs.start('two', {
		site,
		format: 'access-log',
		paths: [log],
		isPreview: false
	});
	while ((engine.importJobs.job('two')?.lines ?? 0) === 0)
		await new Promise((resolve) => setTimeout(resolve, 5));
	engine.importJobs.cancel('two');
	expect(await job).toMatchObject({ state: 'cancelled', outcome: null });
	expect(await counted()).toEqual({ events: 0, views: 0 });
	const again = await engine.importJobs.start('three', {
		site,
		format: 'access-log',
		paths: [log],
		isPreview: false
	});
	expect(again).toMatchObject({ state: 'done' });
	expect(await counted()).toEqual({ events: LINES, views: LINES });
});

test('one that a version with another form of staging was cut off in begins anew', async () => {
	const file = join(scratch.path, 'old.duckdb');
	await writeOldStore(file, 8, [
		raw(`insert into imports by name
			select 1 as id, 1 as site_id, 'access-log' as format, 'hash' as contents, '["log"]' as files,
				'running' as state, 1 as started, 0 as "rows", 7 as through`),
		raw(`insert into staged by name
			select 7 as position, 1 as received, 1 as import_id, 1 as site_id, '2026-07-01'::date as day, 1 as hour, 1 as ts,
				1 as seq, 1 as visitor, 'pageview' as name, '/' as page`)
	]);
	const store = await openDuckDbStore({
		file,
		memoryLimit: '500MB',
		threads: 1,
		tempDirectory: join(scratch.path, 'tmp'),
		timeLimitMs: 10_000
	});
	expect(await store.imports.list()).toMatchObject([{ state: 'running', through: 0 }]);
	expect(await store.query(raw('select * from staged'))).toEqual([]);
	await store.close();
});
