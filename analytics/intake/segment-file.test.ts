import { copyFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSegmentFile, type SegmentFile } from './segment-file.ts';

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

	describe('with several appends under way', () => {
		type Done = (error: Error | null) => void;

		async function openHeld(): Promise<{
			readonly path: string;
			readonly file: SegmentFile;
			readonly syncs: readonly Done[];
			readonly append: (text: string) => void;
			/** What became of the appends, in the order in which it was told. */
			readonly told: readonly string[];
		}> {
			const path = join(folder, 'a.log');
			const syncs: Done[] = [];
			const told: string[] = [];
			const file = await openSegmentFile(path, { sync: (_, done) => syncs.push(done) });
			const append = (text: string): void => {
				file.append(Buffer.from(`${text}\n`)).then(
					() => told.push(text),
					() => told.push(`not ${text}`)
				);
			};
			return { path, file, syncs, append, told };
		}
		const soon = (): Promise<void> => new Promise((done) => setImmediate(done));

		it('takes each along with what was written before it', async () => {
			const { file, syncs, append, told } = await openHeld();
			for (const text of ['one', 'two', 'three', 'four']) append(text);
			expect(file.isFree()).toBe(false);
			syncs[1]?.(null);
			await soon();
			expect(told).toEqual(['one', 'two']);
			expect(file.size()).toBe(8);
			expect([file.isFree(), file.isIdle()]).toEqual([true, false]);
			syncs[0]?.(null);
			expect(file.size()).toBe(8);
			syncs[3]?.(null);
			await soon();
			expect(told).toEqual(['one', 'two', 'three', 'four']);
			expect(file.isIdle()).toBe(false);
			syncs[2]?.(null);
			expect(file.isIdle()).toBe(true);
			await file.close();
		});

		it('takes no other while a long one is being written', async () => {
			const { path, file, syncs, append, told } = await openHeld();
			const long = 'x'.repeat(400_000);
			append('one');
			append(long);
			expect(file.isFree()).toBe(false);
			append('early');
			await expect.poll(() => file.isFree()).toBe(true);
			expect(told).toEqual(['not early']);
			append('two');
			syncs[2]?.(null);
			await soon();
			expect(told).toEqual(['not early', 'one', long, 'two']);
			syncs[0]?.(null);
			syncs[1]?.(null);
			await file.close();
			expect(await readFile(path, 'utf8')).toBe(`one\n${long}\ntwo\n`);
		});

		it('keeps nothing of those that are under way where one fails, and all from before', async () => {
			const { path, file, syncs, append, told } = await openHeld();
			append('one');
			syncs[0]?.(null);
			await soon();
			append('two');
			append('three');
			syncs[2]?.(new Error('no'));
			append('four');
			await soon();
			expect(told).toEqual(['one', 'not four']);
			syncs[1]?.(null);
			await soon();
			expect(told).toEqual(['one', 'not four', 'not two', 'not three']);
			append('five');
			syncs[3]?.(null);
			await soon();
			expect(told.at(-1)).toBe('five');
			await file.close();
			expect(await readFile(path, 'utf8')).toBe('one\nfive\n');
		});
	});
});
