import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepareDemoFolder } from './fill.ts';

const NOW = Date.UTC(2026, 10, 23, 11);
let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'byline-fill-'));
});
afterEach(() => {
	rmSync(folder, { recursive: true, force: true });
});

test('a new folder is made and must be filled; a half-made one again', async () => {
	const own = join(folder, 'a', 'b');
	expect(await prepareDemoFolder(own, NOW)).toBeNull();
	writeFileSync(join(own, 'events.duckdb'), 'half made');
	expect(await prepareDemoFolder(own, NOW)).toBeNull();
	expect(existsSync(join(own, 'events.duckdb'))).toBe(false);
});

test('a history of today stays, an old one goes, an unreadable marker is an old one', async () => {
	await prepareDemoFolder(folder, NOW);
	writeFileSync(join(folder, 'demo.json'), JSON.stringify({ filledAt: NOW }));
	expect(await prepareDemoFolder(folder, NOW + 3_600_000)).toBe(NOW);
	expect(await prepareDemoFolder(folder, NOW + 86_400_000)).toBeNull();
	writeFileSync(join(folder, 'demo.json'), '{"filledAt":');
	expect(await prepareDemoFolder(folder, NOW)).toBeNull();
});

test('what is not the demo’s is left alone', async () => {
	writeFileSync(join(folder, 'thesis.txt'), 'years of work');
	await expect(prepareDemoFolder(folder, NOW)).rejects.toThrow(/something else/);
	await expect(prepareDemoFolder(join(folder, 'thesis.txt'), NOW)).rejects.toThrow(
		/cannot be used/
	);
	expect(existsSync(join(folder, 'thesis.txt'))).toBe(true);
});
