import { expect, test } from 'vitest';
import { progressText } from './job-progress.ts';

const going = { isWaiting: false, lines: 1_200_000, share: 0.6, seconds: 30 };

test('says how far, how fast and how long', () => {
	expect(progressText(going)).toBe('1,200,000 lines, 40,000 a second, about 20 s left.');
	expect(progressText({ ...going, share: 0.1 })).toBe(
		'1,200,000 lines, 40,000 a second, about 5 min left.'
	);
});

test('guesses nothing from the first moments', () => {
	expect(progressText({ ...going, lines: 10_000, seconds: 1 })).toBe(
		'10,000 lines, 10,000 a second.'
	);
	expect(progressText({ ...going, lines: 0, share: 0, seconds: 0 })).toBe('Reading.');
});

test('tells waiting, and the counting at the end, from reading', () => {
	expect(progressText({ ...going, isWaiting: true })).toBe('Waiting for another import.');
	expect(progressText({ ...going, share: 1 })).toBe('1,200,000 lines. Counting.');
});
