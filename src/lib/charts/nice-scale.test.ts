import { describe, expect, it } from 'vitest';
import { gridValues, niceScale } from './nice-scale.ts';

describe('niceScale', () => {
	it('starts at zero and holds every value below a round number', () => {
		expect(niceScale([393, null, 12], 'count')).toEqual({ max: 400, step: 100 });
		expect(niceScale([400], 'count')).toEqual({ max: 400, step: 100 });
		expect(niceScale([401], 'count')).toEqual({ max: 500, step: 100 });
		expect(niceScale([0.043], 'ratio').max).toBeCloseTo(0.05);
	});

	it('has no fraction of a reader', () => {
		expect(niceScale([2], 'count')).toEqual({ max: 2, step: 1 });
	});

	it('has a height where nothing was counted or measured', () => {
		expect(niceScale([0, 0], 'count')).toEqual({ max: 1, step: 1 });
		expect(niceScale([], 'ratio')).toEqual({ max: 0.01, step: 0.01 });
	});

	it('steps by times that clocks know', () => {
		expect(niceScale([95], 'seconds')).toEqual({ max: 120, step: 30 });
	});
});

describe('gridValues', () => {
	it('goes from zero to the top', () => {
		expect(gridValues({ max: 400, step: 100 })).toEqual([0, 100, 200, 300, 400]);
	});
});
