import { describe, expect, it } from 'vitest';
import { changeOf } from './change.ts';

const readers = { unit: 'count', direction: 'more' } as const;
const bounces = { unit: 'ratio', direction: 'less' } as const;

describe('changeOf', () => {
	it('is relative where the base is at least ten', () => {
		expect(changeOf(15, 10, readers)).toEqual({ text: '+50\u202f%', tone: 'good' });
		expect(changeOf(5, 10, readers)).toEqual({ text: '−50\u202f%', tone: 'bad' });
	});

	it('is the plain difference, or new, on a small base', () => {
		expect(changeOf(15, 9, readers)?.text).toBe('+6');
		expect(changeOf(3, 9, readers)?.text).toBe('−6');
		expect(changeOf(3, 0, readers)?.text).toBe('new');
	});

	it('counts percentage points between ratios', () => {
		expect(changeOf(0.5, 0.454, bounces)).toEqual({ text: '+4.6 points', tone: 'bad' });
	});

	it('says nothing where a side is missing, and that nothing changed where it did not', () => {
		expect(changeOf(null, 10, readers)).toBeNull();
		expect(changeOf(10, undefined, readers)).toBeNull();
		expect(changeOf(0, 0, readers)).toBeNull();
		expect(changeOf(10, 10, readers)).toEqual({ text: '±0', tone: 'flat' });
		expect(changeOf(0.5001, 0.5, bounces)).toEqual({ text: '±0 points', tone: 'flat' });
		expect(changeOf(3, 3, readers)).toEqual({ text: '±0', tone: 'flat' });
	});
});
