import { describe, expect, it } from 'vitest';
import { hashText, hex16, poisson, randomFrom, shuffled, weighted } from './random.ts';

describe('randomFrom', () => {
	it('repeats itself for the same seeds only', () => {
		const draw = (seed: number, stream: number): readonly number[] => {
			const random = randomFrom(seed, stream);
			return Array.from({ length: 5 }, random);
		};
		expect(draw(1, 2)).toEqual(draw(1, 2));
		expect(draw(1, 2)).not.toEqual(draw(1, 3));
		expect(draw(1, 2)).not.toEqual(draw(2, 2));
	});

	it('is even', () => {
		const random = randomFrom(5);
		const sum = Array.from({ length: 20_000 }, random).reduce((a, b) => a + b, 0);
		expect(sum / 20_000).toBeCloseTo(0.5, 1);
	});
});

describe('draws', () => {
	it('have their mean', () => {
		const random = randomFrom(9);
		for (const mean of [0.3, 4, 90]) {
			const draws = Array.from({ length: 4000 }, () => poisson(random, mean));
			const found = draws.reduce((a, b) => a + b, 0) / draws.length;
			expect(Math.abs(found - mean)).toBeLessThan(0.05 * mean + 0.02);
		}
		expect(poisson(random, 0)).toBe(0);
	});

	it('follow their weights', () => {
		const random = randomFrom(4);
		const choose = weighted([
			['a', 3],
			['b', 1]
		]);
		const draws = Array.from({ length: 4000 }, () => choose(random));
		expect(draws.filter((draw) => draw === 'a').length / 4000).toBeCloseTo(0.75, 1);
	});

	it('keep what they shuffle', () => {
		expect([...shuffled(randomFrom(1), [1, 2, 3, 4])].sort()).toEqual([1, 2, 3, 4]);
	});

	it('make identifiers of 16 digits', () => {
		expect(hex16(randomFrom(1))).toMatch(/^[0-9a-f]{16}$/);
		expect(hashText('a')).not.toBe(hashText('b'));
	});
});
