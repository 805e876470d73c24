import { describe, expect, it } from 'vitest';
import { nearestLine, nearestStop, stopText } from './stop.ts';

const line = (name: string, y: number | null) => ({ name, text: '5', y, colour: 'red' });

describe('nearestStop', () => {
	it('is the one closest along the chart', () => {
		const stops = [{ x: 0 }, { x: 0.4 }, { x: 1 }];
		expect(nearestStop(stops, 0.1)).toBe(0);
		expect(nearestStop(stops, 0.69)).toBe(1);
		expect(nearestStop(stops, 3)).toBe(2);
		expect(nearestStop([], 0)).toBe(-1);
	});
});

describe('nearestLine', () => {
	it('passes over what is not drawn there', () => {
		const lines = [line('a', null), line('b', 0.2), line('c', 0.9)];
		expect(nearestLine({ lines }, 0.1)).toBe(1);
		expect(nearestLine({ lines }, 0.8)).toBe(2);
	});
});

describe('stopText', () => {
	const stop = { x: 0, title: '1 May', lines: [line('Readers', 1), line('Before', 0)] };

	it('says every value and what came out', () => {
		expect(stopText({ ...stop, notes: ['Published: A'] })).toBe(
			'1 May: Readers 5; Before 5; Published: A'
		);
	});

	it('says one line alone', () => {
		expect(stopText(stop, 1)).toBe('1 May: Before 5');
	});
});
