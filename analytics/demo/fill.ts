import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { inFolder, makeFolder } from '../data-folder.ts';
import type { Engine } from '../engine.ts';
import { Failure } from '../failure.ts';
import { refuseBusyStore } from '../stores/duckdb/connection.ts';
import { DEMO_DOMAIN, DEMO_ZONE } from './blog.ts';
import { catalogue } from './catalogue.ts';
import { demoHistory } from './history.ts';

const SEED = 20_170_825;
const CHUNK = 10_000;
const FRESH_MS = 12 * 3_600_000;
const MARKER = 'demo.json';

/** What somebody at the sample blog might have saved. */
const SEGMENTS: readonly (readonly [string, readonly string[]])[] = [
	['Newsletter readers', ['channel:is:Email']],
	['On the phone', ['device:is:mobile|tablet']],
	['Search, without the front page', ['channel:is:Organic Search', 'page:is_not:/']]
];

/** What an installation leaves in its folder. */
const KEPT = [
	'events.duckdb',
	'events.duckdb.wal',
	'byline.sqlite',
	'byline.sqlite-wal',
	'byline.sqlite-shm',
	'salts.json',
	'journal',
	'tmp'
];

const marker = z.object({ filledAt: z.number().nullable() });

/**
 * Makes a data folder ready for the demo: a history of today stays, an older or half-made one is removed. Answers the
 * end of the history, epoch milliseconds, or null where it must be filled.
 * @throws Failure `data_folder` where the folder cannot be used or holds something else, `data_folder_busy` where a
 * demo runs in it.
 */
export async function prepareDemoFolder(folder: string, now: number): Promise<number | null> {
	const path = join(folder, MARKER);
	inFolder(folder, () => makeFolder(folder));
	const entries = inFolder(folder, () => readdirSync(folder));
	if (entries.includes(MARKER)) {
		const filledAt = readMarker(path);
		if (filledAt !== null && now - filledAt < FRESH_MS && now >= filledAt) return filledAt;
		await refuseBusyStore(join(folder, 'events.duckdb'));
		inFolder(folder, () => {
			for (const name of KEPT) rmSync(join(folder, name), { recursive: true, force: true });
		});
	} else if (entries.length > 0)
		throw new Failure(
			'data_folder',
			`The data folder ${folder} holds something else than the demo; set DATA_DIR to another folder.`
		);
	inFolder(folder, () => writeMarker(path, null));
	return null;
}

/** Null for a demo that was never filled to its end. */
function readMarker(path: string): number | null {
	try {
		return marker.parse(JSON.parse(readFileSync(path, 'utf8'))).filledAt;
	} catch {
		return null;
	}
}

function writeMarker(path: string, filledAt: number | null): void {
	writeFileSync(`${path}.new`, JSON.stringify({ filledAt }));
	renameSync(`${path}.new`, path);
}

/** Fills an empty engine with the sample blog and its history ending at `now`. Returns the number of events. */
export async function fillDemo(engine: Engine, now: number): Promise<number> {
	const site = engine.addSite(DEMO_DOMAIN, DEMO_ZONE);
	const posts = catalogue(now);
	await engine.putPosts(site, posts);
	// Its domain is nobody's.
	await engine.identity.setRules(site, { seenPages: 'ignore' });
	for (const [name, filters] of SEGMENTS) engine.segments.add(site, { name, filters }, now);
	const events = demoHistory({ now, seed: SEED, site: site.id, zone: site.zone, posts });
	const stored = await engine.store.appendImport(linesOf(events));
	await engine.store.settle();
	await engine.rollUp();
	await engine.store.checkpoint();
	writeMarker(join(engine.settings.DATA_DIR, MARKER), now);
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
