import { copyFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSegmentFile } from './segment-file.ts';

const lines = Buffer.from('one\ntwo\n');

let folder = '';
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'byline-segment-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a segment file', () => {
	it('holds its lines alone once it is closed', async () => {
		const path = join(folder, 'a.log');
		const file = await openSegmentFile(path);
		await file.append(lines);
		await file.append(lines);
		expect(file.size()).toBe(16);
		expect((await stat(path)).size).toBeGreaterThan(16);
		await file.close();
		expect(await readFile(path, 'utf8')).toBe('one\ntwo\none\ntwo\n');
	});

	it('goes on behind its last line where the process was killed over zeros written ahead', async () => {
		const file = await openSegmentFile(join(folder, 'a.log'));
		await file.append(lines);
		await copyFile(join(folder, 'a.log'), join(folder, 'b.log'));
		await file.close();
		const again = await openSegmentFile(join(folder, 'b.log'));
		expect(again.size()).toBe(8);
		await again.append(Buffer.from('three\n'));
		await again.close();
		expect(await readFile(join(folder, 'b.log'), 'utf8')).toBe('one\ntwo\nthree\n');
	});

	it('takes more at once than is written ahead', async () => {
		const path = join(folder, 'a.log');
		const file = await openSegmentFile(path);
		const long = Buffer.alloc(3 * 1024 * 1024, 'x\n');
		await file.append(lines);
		await file.append(long);
		await file.append(lines);
		await file.close();
		expect((await readFile(path)).equals(Buffer.concat([lines, long, lines]))).toBe(true);
	});
});
