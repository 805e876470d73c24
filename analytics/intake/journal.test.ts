import {
	appendFileSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openJournal, type Journal } from './journal.ts';

const START = { segment: 0, offset: 0 };
const MEGABYTE = 1024 * 1024;
let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'byline-journal-'));
});
afterEach(() => {
	rmSync(folder, { recursive: true, force: true });
});

async function readAll(journal: Journal, budget = MEGABYTE): Promise<readonly string[]> {
	const lines: string[] = [];
	let position = START;
	for (;;) {
		const chunk = await journal.read(position, budget);
		lines.push(...chunk.lines);
		if (chunk.next.segment === position.segment && chunk.next.offset === position.offset)
			return lines;
		position = chunk.next;
	}
}

test('what was appended is read back in order, also after opening again', async () => {
	const first = await openJournal(folder, MEGABYTE, START);
	await Promise.all(['{"a":1}', '{"b":"é\u2028"}'].map((line) => first.append([line])));
	await first.append(['{"c":3}']);
	expect(await readAll(first)).toEqual(['{"a":1}', '{"b":"é\u2028"}', '{"c":3}']);
	await first.close();
	const second = await openJournal(folder, MEGABYTE, START);
	await second.append(['{"d":4}']);
	expect(await readAll(second)).toHaveLength(4);
	await second.close();
});

test('any lines over any segment size and read budget come back as they were', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.json(), { maxLength: 40 }),
			fc.integer({ min: 1, max: 400 }),
			fc.integer({ min: 1, max: 300 }),
			async (lines, segmentBytes, budget) => {
				const own = mkdtempSync(join(folder, 'run-'));
				const journal = await openJournal(own, segmentBytes, START);
				for (const line of lines) await journal.append([line]);
				expect(await readAll(journal, budget)).toEqual(lines);
				await journal.close();
			}
		),
		{ numRuns: 30 }
	);
});

test('a torn last line is cut, and the next one is intact', async () => {
	const first = await openJournal(folder, MEGABYTE, START);
	await first.append(['{"a":1}']);
	await first.close();
	const [name = ''] = readdirSync(folder);
	appendFileSync(join(folder, name), '01234567 {"half":');
	const second = await openJournal(folder, MEGABYTE, START);
	await second.append(['{"b":2}']);
	expect(await readAll(second)).toEqual(['{"a":1}', '{"b":2}']);
	await second.close();
});

test('a line with a flipped byte is left out and counted, the others are read', async () => {
	const first = await openJournal(folder, MEGABYTE, START);
	for (const line of ['{"a":1}', '{"b":2}', '{"c":3}']) await first.append([line]);
	await first.close();
	const [name = ''] = readdirSync(folder);
	const path = join(folder, name);
	const bytes = readFileSync(path);
	const at = bytes.indexOf('"b"') + 1;
	bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
	writeFileSync(path, bytes);
	const second = await openJournal(folder, MEGABYTE, START);
	const chunk = await second.read(START, MEGABYTE);
	expect(chunk.lines).toEqual(['{"a":1}', '{"c":3}']);
	expect(chunk.corrupt).toBe(1);
	await second.close();
});

test('segments behind the stored position go, the current one stays', async () => {
	const journal = await openJournal(folder, 10, START);
	for (let i = 0; i < 5; i += 1) await journal.append([`{"i":${i}}`]);
	expect(readdirSync(folder)).toHaveLength(5);
	expect(journal.holdsBefore(journal.end())).toBe(true);
	await journal.release(journal.end());
	expect(readdirSync(folder)).toHaveLength(1);
	expect(journal.holdsBefore(journal.end())).toBe(false);
	await journal.close();
});

test('a journal that was emptied by hand does not reuse positions that look stored', async () => {
	const journal = await openJournal(folder, MEGABYTE, { segment: 7, offset: 1234 });
	await journal.append(['{"new":true}']);
	expect((await journal.read({ segment: 7, offset: 1234 }, MEGABYTE)).lines).toEqual([
		'{"new":true}'
	]);
	await journal.close();
});

test('only its owner may read it', async () => {
	const journal = await openJournal(folder, MEGABYTE, START);
	const [name = ''] = readdirSync(folder);
	expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
	await journal.close();
});
