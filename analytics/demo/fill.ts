import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Engine } from '../engine.ts';
import { Failure } from '../failure.ts';
import { DEMO_DOMAIN, DEMO_ZONE } from './blog.ts';
import { catalogue } from './catalogue.ts';
import { demoHistory } from './history.ts';

const SEED = 20_170_825;
const CHUNK = 10_000;
const FRESH_MS = 12 * 3_600_000;
const MARKER = 'demo.json';

const marker = z.object({ filledAt: z.number().nullable() });

/** A demo folder that may be filled, and when its history ends where it is filled already. */
export interface DemoFolder {
	/** End of the history, epoch milliseconds; null where it must be filled. */
	readonly filledAt: number | null;
}

/**
 * Makes a data folder ready for the demo: a history of today stays, an older or half-made one is removed.
 * @throws Failure `data_folder` where the folder holds something else.
 */
export function prepareDemoFolder(folder: string, now: number): DemoFolder {
	const path = join(folder, MARKER);
	if (existsSync(path)) {
		const { filledAt } = marker.parse(JSON.parse(readFileSync(path, 'utf8')));
		if (filledAt !== null && now - filledAt < FRESH_MS && now >= filledAt) return { filledAt };
		for (const name of [
			'events.duckdb',
			'events.duckdb.wal',
			'byline.sqlite',
			'byline.sqlite-wal',
			'byline.sqlite-shm',
			'salts.json',
			'journal',
			'tmp'
		])
			rmSync(join(folder, name), { recursive: true, force: true });
	} else if (existsSync(folder) && readdirSync(folder).length > 0)
		throw new Failure(
			'data_folder',
			`The data folder ${folder} holds something else than the demo; set DATA_DIR to another folder.`
		);
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	writeFileSync(path, JSON.stringify({ filledAt: null }));
	return { filledAt: null };
}

/** Fills an empty engine with the sample blog and its history ending at `now`. Returns the number of events. */
export async function fillDemo(engine: Engine, now: number): Promise<number> {
	const site = engine.addSite(DEMO_DOMAIN, DEMO_ZONE);
	const posts = catalogue(now);
	await engine.putPosts(site, posts);
	const events = demoHistory({ now, seed: SEED, site: site.id, zone: site.zone, posts });
	const stored = await engine.store.appendImport(linesOf(events));
	await engine.store.settle();
	await engine.store.checkpoint();
	writeFileSync(join(engine.settings.DATA_DIR, MARKER), JSON.stringify({ filledAt: now }));
	return stored;
}

function* linesOf(events: Iterable<unknown>): Generator<readonly string[]> {
	let chunk: string[] = [];
	for (const event of events) {
		chunk.push(JSON.stringify(event));
		if (chunk.length === CHUNK) {
			yield chunk;
			chunk = [];
		}
	}
	yield chunk;
}
