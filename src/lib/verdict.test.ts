import { describe, expect, it } from 'vitest';
import { standingOf, verdictText } from './verdict.ts';

const missing = null;
const verdict = { age_hours: 72, readers: 180, typical: 100, ratio: 1.8 };
const band = [{ age_hours: 72, p10: 40, p25: 70, p50: 100, p75: 130, p90: 190 }];

describe('verdictText', () => {
	it('says how the post does for its age', () => {
		expect(verdictText({ missing, verdict })).toBe('day 3: 1.8 times your typical post');
		expect(verdictText({ missing, verdict: { ...verdict, age_hours: 14, ratio: 1.02 } })).toBe(
			'hour 14: level with your typical post'
		);
	});

	it('gives the plain counts where the base is near nothing, and nothing of the first days', () => {
		const few = { age_hours: 14, readers: 6, typical: 2, ratio: 3 };
		expect(verdictText({ missing, verdict: few })).toBe('too early to say');
		expect(verdictText({ missing, verdict: { ...few, readers: 40 } })).toBe(
			'hour 14: 40 readers, typical 2'
		);
		expect(
			verdictText({
				missing,
				verdict: { ...few, age_hours: 96, ratio: null, typical: 0 }
			})
		).toBe('day 4: 6 readers, typical 0');
	});

	it('says when it cannot tell', () => {
		expect(verdictText({ missing: 'first days not recorded', verdict: null })).toBe(
			'first days not recorded'
		);
		expect(verdictText({ missing, verdict: null })).toBe('too early to say');
	});
});

describe('standingOf', () => {
	it('compares with the middle half of typical posts', () => {
		expect(standingOf({ verdict, band })).toBe('above');
		expect(standingOf({ verdict: { ...verdict, readers: 100 }, band })).toBe('within');
		expect(standingOf({ verdict: { ...verdict, readers: 10 }, band })).toBe('below');
		expect(standingOf({ verdict, band: [] })).toBe('unknown');
		expect(standingOf({ verdict: { ...verdict, typical: 9 }, band })).toBe('unknown');
	});
});
