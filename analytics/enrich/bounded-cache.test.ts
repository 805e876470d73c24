import { expect, it } from 'vitest';
import { openBoundedCache } from './bounded-cache.ts';

it('makes a value once and keeps what is used', () => {
	const cache = openBoundedCache<string>(2);
	const made: string[] = [];
	const make = (key: string) => {
		made.push(key);
		return key.toUpperCase();
	};
	for (const key of ['a', 'a', 'b', 'c', 'a', 'd', 'a']) {
		expect(cache.get(key, make)).toBe(key.toUpperCase());
	}
	expect(made).toEqual(['a', 'b', 'c', 'd']);
});

it('stays bounded', () => {
	const cache = openBoundedCache<number>(10);
	for (let i = 0; i < 1000; i++) cache.get(String(i), Number);
	expect(cache.size()).toBeLessThanOrEqual(20);
});
