import { expect, it } from 'vitest';
import { openFirstThisHour } from './first-this-hour.ts';

it('is true once for each key and hour', () => {
	let now = Date.UTC(2026, 5, 3, 12, 59, 58);
	const isFirst = openFirstThisHour(() => now);
	expect([isFirst('a'), isFirst('a'), isFirst('b'), isFirst('a')]).toEqual([
		true,
		false,
		true,
		false
	]);
	now += 2_000;
	expect([isFirst('b'), isFirst('a'), isFirst('a')]).toEqual([true, true, false]);
});
