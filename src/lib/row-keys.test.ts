import { expect, test } from 'vitest';
import { placeAfter } from './row-keys.ts';

test('keys move through rows and stop at both ends', () => {
	expect(placeAfter('ArrowDown', 0, 30)).toBe(1);
	expect(placeAfter('ArrowDown', 29, 30)).toBe(29);
	expect(placeAfter('ArrowUp', 0, 30)).toBe(0);
	expect(placeAfter('PageDown', 5, 30)).toBe(15);
	expect(placeAfter('PageUp', 5, 30)).toBe(0);
	expect(placeAfter('Home', 12, 30)).toBe(0);
	expect(placeAfter('End', 12, 30)).toBe(29);
});

test('other keys are not for rows', () => {
	for (const key of ['Enter', ' ', 'Tab', 'a']) expect(placeAfter(key, 3, 30)).toBeNull();
});
