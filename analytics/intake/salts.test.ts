import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSalts } from './salts.ts';

const HOUR = 3_600_000;
const READER = { ip: '203.0.113.9', userAgent: 'Mozilla/5.0' };
let folder: string;
let file: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'byline-salts-'));
	file = join(folder, 'salts.json');
});
afterEach(() => {
	rmSync(folder, { recursive: true, force: true });
});

test('a visitor is the same within a day, also after a restart, and another one the next day or site', () => {
	const { live } = openSalts(file, () => 0);
	const visitor = live.identify(1, '2026-11-23', READER);
	expect(visitor).toMatch(/^[0-9a-f]{16}$/);
	expect(openSalts(file, () => HOUR).live.identify(1, '2026-11-23', READER)).toBe(visitor);
	expect(live.identify(1, '2026-11-24', READER)).not.toBe(visitor);
	expect(live.identify(2, '2026-11-23', READER)).not.toBe(visitor);
	expect(live.identify(1, '2026-11-23', { ...READER, ip: '203.0.113.10' })).not.toBe(visitor);
});

test('imports have salts of their own', () => {
	const { live, imported } = openSalts(file, () => 0);
	expect(imported.identify(1, '2026-11-23', READER)).not.toBe(
		live.identify(1, '2026-11-23', READER)
	);
});

test('a salt is gone from memory and file within 48 hours, and only the owner may read the file', () => {
	let now = 0;
	const { live } = openSalts(file, () => now);
	const visitor = live.identify(1, '2026-11-23', READER);
	expect(statSync(file).mode & 0o077).toBe(0);
	expect(readFileSync(file, 'utf8')).toContain('2026-11-23');
	now = 47.5 * HOUR;
	live.expire();
	expect(readFileSync(file, 'utf8')).not.toContain('2026-11-23');
	expect(live.identify(1, '2026-11-23', READER)).not.toBe(visitor);
});
