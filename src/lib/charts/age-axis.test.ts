import { describe, expect, it } from 'vitest';
import { ageName, ageTick, ageToAxis } from './age-axis.ts';

describe('age axis', () => {
	it('runs from publication to day 30, bending at day 3', () => {
		expect(ageToAxis(0)).toBe(0);
		expect(ageToAxis(72)).toBeCloseTo(0.4);
		expect(ageToAxis(73)).toBeGreaterThan(ageToAxis(72));
		expect(ageToAxis(720)).toBeCloseTo(1);
	});

	it('counts hours, then days', () => {
		expect(ageTick(48)).toBe('48 h');
		expect(ageTick(168)).toBe('7 d');
		expect(ageName(12)).toBe('Hour 12');
		expect(ageName(72)).toBe('Day 3');
	});
});
