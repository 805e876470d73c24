import {
	appendFileSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { crc32, gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeLine } from './journal-line.ts';
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

/** The one segment in the folder. */
function segmentPath(own = folder): string {
	const [name = ''] = readdirSync(own).filter((name) => name.endsWith('.log'));
	return join(own, name);
}

function flip(path: string, at: number): void {
	const bytes = readFileSync(path);
	bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
	writeFileSync(path, bytes);
}

async function fill(lines: readonly string[], own = folder): Promise<void> {
	const journal = await openJournal(own, MEGABYTE, START);
	for (const line of lines) await journal.append([line]);
	await journal.close();
}

test('a complete last line that is damaged is not cut', async () => {
	await fill(['{"a":1}', '{"b":2}']);
	const path = segmentPath();
	const size = statSync(path).size;
	flip(path, size - 3);
	const journal = await openJournal(folder, MEGABYTE, START);
	expect(statSync(path).size).toBe(size);
	await journal.append(['{"c":3}']);
	const chunk = await journal.read(START, MEGABYTE);
	expect(chunk).toMatchObject({ lines: ['{"a":1}', '{"c":3}'], corrupt: 1 });
	await journal.close();
});

test('a damaged line is left out, set aside for its owner alone, and told of once', async () => {
	await fill(['{"a":1}', '{"b":2}', '{"c":3}']);
	const path = segmentPath();
	const bytes = readFileSync(path);
	flip(path, bytes.indexOf('"b"') + 1);
	const name = basename(path);
	for (const corrupt of [1, 0, 0]) {
		const journal = await openJournal(folder, MEGABYTE, START);
		expect(await journal.read(START, MEGABYTE)).toMatchObject({
			lines: ['{"a":1}', '{"c":3}'],
			corrupt,
			setAside: corrupt === 0 ? [] : [`${basename(folder)}/quarantine/${name}`]
		});
		await journal.close();
	}
	const aside = join(folder, 'quarantine', name);
	expect(readFileSync(aside, 'utf8')).toMatch(/^# byte 17, 16 bytes\n[0-9a-f]{8} \{"c":2\}\n$/);
	expect(statSync(aside).mode & 0o077).toBe(0);
	expect(statSync(dirname(aside)).mode & 0o077).toBe(0);

	flip(path, bytes.indexOf('"c"') + 1);
	const journal = await openJournal(folder, MEGABYTE, START);
	expect(await journal.read(START, MEGABYTE)).toMatchObject({ lines: ['{"a":1}'], corrupt: 1 });
	expect(readFileSync(aside, 'utf8').match(/^# byte/gm)).toHaveLength(2);
	await journal.close();
});

test('damage that cannot be set aside is told all the same', async () => {
	await fill(['{"a":1}', '{"b":2}']);
	flip(segmentPath(), 12);
	writeFileSync(join(folder, 'quarantine'), 'a file where the folder should be');
	const journal = await openJournal(folder, MEGABYTE, START);
	expect(await journal.read(START, MEGABYTE)).toMatchObject({
		lines: ['{"b":2}'],
		corrupt: 1,
		setAside: []
	});
	await journal.close();
});

test('a newline that is hit costs neither of the lines that it parted', async () => {
	await fill(['{"a":1}', '{"b":2}', '{"c":3}']);
	const path = segmentPath();
	flip(path, readFileSync(path).indexOf('\n'));
	const journal = await openJournal(folder, MEGABYTE, START);
	const chunk = await journal.read(START, MEGABYTE);
	expect(chunk.lines).toEqual(['{"a":1}', '{"b":2}', '{"c":3}']);
	expect(chunk.corrupt).toBe(1);
	await journal.close();
});

test('the likeness of a line inside a damaged one is none', async () => {
	const forged = '"}';
	const line = `{"p":"${crc32(forged).toString(16).padStart(8, '0')} `;
	await fill([line + forged, '{"b":2}']);
	flip(segmentPath(), 0);
	const journal = await openJournal(folder, MEGABYTE, START);
	expect((await journal.read(START, MEGABYTE)).lines).toEqual(['{"b":2}']);
	await journal.close();
});

test('a segment without any newline is one damaged line, and the next one is read', async () => {
	const first = await openJournal(folder, 10, START);
	await first.append(['{"a":1}']);
	await first.append(['{"b":2}']);
	await first.close();
	writeFileSync(join(folder, '000000000001.log'), Buffer.alloc(100_000));
	const second = await openJournal(folder, MEGABYTE, START);
	expect(await readAll(second, 50)).toEqual(['{"b":2}']);
	await second.close();
	expect(readdirSync(join(folder, 'quarantine'))).toEqual(['000000000001.log']);
});

test('whatever bytes change and wherever the end is cut, exactly the other lines are read', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.array(fc.tuple(fc.uuid(), fc.jsonValue()), { minLength: 1, maxLength: 5 }), {
				maxLength: 12
			}),
			fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { maxLength: 6 }),
			fc.option(fc.nat()),
			fc.integer({ min: 1, max: 300 }),
			async (values, flips, cut, budget) => {
				const batches = values.map((batch) => batch.map((value) => JSON.stringify(value)));
				const own = mkdtempSync(join(folder, 'run-'));
				const journal = await openJournal(own, MEGABYTE, START);
				for (const batch of batches) await journal.append(batch);
				await journal.close();

				const path = segmentPath(own);
				const before = readFileSync(path);
				const after = Buffer.from(before);
				for (const [at, mask] of before.length === 0 ? [] : flips)
					after[at % before.length] = (after[at % before.length] ?? 0) ^ mask;
				const left = after.subarray(0, cut === null ? undefined : cut % (before.length + 1));
				writeFileSync(path, left);

				// A line must be read where no byte of it changed, and may where only its newline did.
				const lines: { readonly line: string; readonly must: boolean }[] = [];
				const end = left.lastIndexOf('\n') + 1;
				let offset = 0;
				for (const line of batches.flat()) {
					const next = offset + Buffer.byteLength(encodeLine(line));
					const same = (to: number): boolean =>
						to <= end && before.subarray(offset, to).equals(left.subarray(offset, to));
					if (same(next - 1)) lines.push({ line, must: same(next) });
					offset = next;
				}
				const damaged = await openJournal(own, MEGABYTE, START);
				const read = await readAll(damaged, budget);
				await damaged.close();
				expect(read).toEqual(
					lines.filter(({ line, must }) => must || read.includes(line)).map(({ line }) => line)
				);
			}
		),
		{ numRuns: 200 }
	);
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

test('released segments are kept, compressed, where a setting says so', async () => {
	const troubles: string[] = [];
	const options = { keep: true, onTrouble: (message: string) => troubles.push(message) };
	const journal = await openJournal(folder, 10, START, options);
	for (let i = 0; i < 4; i += 1) await journal.append([`{"i":${i}}`]);
	const third = readFileSync(join(folder, '000000000003.log'));
	// What a crash in the midst of compressing left.
	mkdirSync(join(folder, 'kept'));
	writeFileSync(join(folder, 'kept', '000000000003.log.gz.new'), 'half');
	await journal.release(journal.end());
	const kept = ['000000000001.log.gz', '000000000002.log.gz', '000000000003.log.gz'];
	await expect
		.poll(() => readdirSync(folder).sort(), { timeout: 15_000 })
		.toEqual(['000000000004.log', 'kept']);
	expect(readdirSync(join(folder, 'kept')).sort()).toEqual(kept);
	expect(gunzipSync(readFileSync(join(folder, 'kept', '000000000003.log.gz')))).toEqual(third);
	expect(statSync(join(folder, 'kept', '000000000001.log.gz')).mode & 0o077).toBe(0);
	expect(journal.holdsBefore(journal.end())).toBe(false);
	await journal.close();
	expect(troubles).toEqual([]);

	rmSync(join(folder, '000000000004.log'));
	const emptied = await openJournal(folder, 10, START, options);
	expect(emptied.end()).toEqual({ segment: 4, offset: 0 });
	await emptied.close();
});

test('a segment that cannot be compressed stays', async () => {
	const troubles: string[] = [];
	const onTrouble = (message: string): number => troubles.push(message);
	const journal = await openJournal(folder, 10, START, { keep: true, onTrouble });
	await journal.append(['{"a":1}']);
	await journal.append(['{"b":2}']);
	writeFileSync(join(folder, 'kept'), 'a file where the folder should be');
	await journal.release(journal.end());
	await expect.poll(() => troubles, { timeout: 15_000 }).toHaveLength(1);
	expect(troubles[0]).toMatch(/^Journal segment 000000000001\.log could not be compressed/);
	expect(await readAll(journal)).toEqual(['{"a":1}', '{"b":2}']);
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
