import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { API_KEYS_MIGRATION, openApiKeys, type NewApiKey } from './api-keys.ts';

const NOW = Date.UTC(2026, 10, 28);
const HOUR = 3_600_000;
const KEY: NewApiKey = { name: 'Importer', scopes: ['events'], authors: null, expiresAt: null };

function open() {
	const database = new DatabaseSync(':memory:');
	database.exec(API_KEYS_MIGRATION);
	return { database, keys: openApiKeys(database) };
}

test('a key is found by its text, which is not kept', () => {
	const { database, keys } = open();
	const { key, text } = keys.add(1, { ...KEY, authors: ['Ana'] }, NOW);
	expect(text).toMatch(/^byline_[\w-]{32}$/);
	expect(keys.use(text, NOW)).toEqual({ ...key, lastUsedAt: NOW });
	expect(key).toMatchObject({ site: 1, scopes: ['events'], authors: ['Ana'] });
	const kept = JSON.stringify(
		database.prepare('select * from api_keys').all(),
		(_, value: unknown) =>
			value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value
	);
	expect(kept).toContain(text.slice(0, 11));
	expect(kept).not.toContain(text.slice(0, 12));
	expect(kept).not.toContain(text.slice(11));
});

test.each(['', 'byline_', 'byline_wrong', 'Bearer'])('"%s" is no key', (text) => {
	const { keys } = open();
	keys.add(1, KEY, NOW);
	expect(keys.use(text, NOW)).toBe(null);
});

test('no two are alike', () => {
	const { keys } = open();
	const texts = Array.from({ length: 50 }, () => keys.add(1, KEY, NOW).text);
	expect(new Set(texts).size).toBe(50);
});

test('it holds until the moment that it expires', () => {
	const { keys } = open();
	const { text } = keys.add(1, { ...KEY, expiresAt: NOW + HOUR }, NOW);
	expect(keys.use(text, NOW + HOUR - 1)).not.toBe(null);
	expect(keys.use(text, NOW + HOUR)).toBe(null);
});

test('its last use is told to the minute', () => {
	const { keys } = open();
	const { key, text } = keys.add(1, KEY, NOW);
	expect(key.lastUsedAt).toBe(null);
	keys.use(text, NOW + HOUR);
	keys.use(text, NOW + HOUR + 59_000);
	expect(keys.list(1)[0]?.lastUsedAt).toBe(NOW + HOUR);
	keys.use(text, NOW + HOUR + 60_000);
	expect(keys.list(1)[0]?.lastUsedAt).toBe(NOW + HOUR + 60_000);
});

test('one that is removed is refused, and only its own site removes it', () => {
	const { keys } = open();
	const { key, text } = keys.add(1, KEY, NOW);
	expect(keys.remove(2, key.id)).toBe(false);
	expect(keys.use(text, NOW)).not.toBe(null);
	expect(keys.remove(1, key.id)).toBe(true);
	expect(keys.use(text, NOW)).toBe(null);
	expect(keys.list(1)).toEqual([]);
});

test('those of a site go with it', () => {
	const { keys } = open();
	const { text } = keys.add(1, KEY, NOW);
	const other = keys.add(2, KEY, NOW);
	keys.removeSite(1);
	expect(keys.use(text, NOW)).toBe(null);
	expect(keys.use(other.text, NOW)?.site).toBe(2);
});
