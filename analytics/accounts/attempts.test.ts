import { expect, test } from 'vitest';
import { openAttempts } from './attempts.ts';

const QUARTER = 15 * 60_000;

test('so many within a quarter of an hour, each name for itself', () => {
	let at = 0;
	const attempts = openAttempts(() => at);
	const ada = { name: 'ada', most: 2 };
	const here = { name: 'here', most: 3 };
	expect(attempts.take([ada, here])).toBe(true);
	expect(attempts.take([ada, here])).toBe(true);
	expect(attempts.take([ada, here])).toBe(false);
	// What was refused took nothing from the other name.
	expect(attempts.take([here])).toBe(true);
	expect(attempts.take([here])).toBe(false);
	at = QUARTER - 1;
	expect(attempts.take([ada])).toBe(false);
	at = QUARTER;
	expect(attempts.take([ada, here])).toBe(true);
});

test('what was no guess is given back', () => {
	const attempts = openAttempts(() => 0);
	const once = [{ name: 'ada', most: 1 }];
	expect(attempts.take(once)).toBe(true);
	attempts.giveBack(once);
	expect(attempts.take(once)).toBe(true);
	expect(attempts.take(once)).toBe(false);
});

test('a clock that steps back locks nobody out', () => {
	let at = QUARTER;
	const attempts = openAttempts(() => at);
	expect(attempts.take([{ name: 'ada', most: 1 }])).toBe(true);
	at = 0;
	expect(attempts.take([{ name: 'ada', most: 1 }])).toBe(true);
});

test('a flood of names costs no memory beyond its bound, and forgets nobody who asks now', () => {
	let at = 0;
	const attempts = openAttempts(() => at);
	for (let name = 0; name < 120_000; name += 1) {
		at += 1;
		attempts.take([{ name: String(name), most: 1 }]);
	}
	expect(attempts.take([{ name: '119999', most: 1 }])).toBe(false);
	expect(attempts.take([{ name: '0', most: 1 }])).toBe(true);
});
