import {
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openJournal } from './journal.ts';
import { openSpareSegment } from './spare-segment.ts';

const MEGABYTE = 1024 * 1024;
const START = { segment: 0, offset: 0 };
let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'byline-spare-'));
});
afterEach(() => {
	rmSync(folder, { recursive: true, force: true });
});

test('a spare is zeros that only its owner may read, and has its place once it is whole', async () => {
	writeFileSync(join(folder, 'spare'), 'of an earlier process');
	const spare = await openSpareSegment(folder, 1.5 * MEGABYTE);
	expect(existsSync(join(folder, 'spare'))).toBe(false);
	expect(spare.isReady()).toBe(false);
	spare.prepare();
	spare.prepare();
	await expect.poll(spare.isReady, { timeout: 15_000 }).toBe(true);
	await spare.moveTo(join(folder, 'a.log'));
	expect(spare.isReady()).toBe(false);
	const made = readFileSync(join(folder, 'a.log'));
	expect(made.equals(Buffer.alloc(1.5 * MEGABYTE))).toBe(true);
	expect(statSync(join(folder, 'a.log')).mode & 0o077).toBe(0);
	spare.prepare();
	await spare.close();
	expect(readdirSync(folder)).toEqual(['a.log']);
});

test('without room for one there is none, and nobody is troubled', async () => {
	const spare = await openSpareSegment(folder, Number.MAX_SAFE_INTEGER / 8);
	spare.prepare();
	await spare.close();
	expect(spare.isReady()).toBe(false);
	expect(readdirSync(folder)).toEqual([]);
});

test('a busy journal goes on in a segment that was laid out, with every line in order', async () => {
	const journal = await openJournal(folder, 8 * MEGABYTE, START);
	const lines: string[] = [];
	const end = Date.now() + 30_000;
	while (journal.end().segment < 3 && Date.now() < end) {
		const batch = Array.from({ length: 200 }, (_, at) =>
			JSON.stringify([lines.length + at, 'x'.repeat(500)])
		);
		await Promise.all([journal.append(batch.slice(0, 100)), journal.append(batch.slice(100))]);
		lines.push(...batch);
	}
	expect(journal.end().segment).toBe(3);
	const read: string[] = [];
	let position = START;
	for (;;) {
		const chunk = await journal.read(position, MEGABYTE);
		read.push(...chunk.lines);
		expect(chunk.corrupt).toBe(0);
		if (chunk.next.segment === position.segment && chunk.next.offset === position.offset) break;
		position = chunk.next;
	}
	expect(read).toEqual(lines);
	await journal.close();
	expect(readdirSync(folder)).not.toContain('spare');
	for (const name of readdirSync(folder))
		expect(readFileSync(join(folder, name)).includes(0)).toBe(false);
});
