import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Row } from '../../analytics/reports/result.ts';
import { shrunkenRates } from '../../analytics/reports/shrunken-rates.ts';
import { expectShrunken } from './expect-shrunken.ts';

const countsArbitrary = fc
	.array(fc.tuple(fc.nat({ max: 12 }), fc.nat({ max: 12 }), fc.nat({ max: 40 })), { maxLength: 9 })
	.map((posts) =>
		posts.map(([subscribed, converted, others], index): Row => {
			const readers = Math.max(subscribed, converted) + others;
			return {
				post_id: index,
				readers,
				subscribed_readers: subscribed,
				converted_readers: converted
			};
		})
	);

const shrink = (counts: readonly Row[]): readonly Row[] =>
	shrunkenRates(counts).map((cells, index) => ({ post_id: index, ...cells }));

it('agrees with the shrunken rates of any counts', () => {
	fc.assert(
		fc.property(countsArbitrary, (counts) => expectShrunken(shrink(counts), counts)),
		{ numRuns: 60 }
	);
});

const COUNTS: readonly Row[] = [
	[0, 3],
	[9, 80],
	[3, 150],
	[31, 200],
	[0, 0]
].map(([k, readers], index) => ({
	post_id: index,
	readers: readers ?? 0,
	subscribed_readers: k ?? 0,
	converted_readers: k ?? 0
}));

it.each([
	['an estimate of another prior', { subscribe_rate_estimate: 0.05 }],
	['a floor of another share', { subscribe_rate_floor: 0.01 }],
	['a missing estimate', { conversion_rate_estimate: null }],
	['a missing floor', { conversion_rate_floor: null }]
])('finds %s', (_, wrong) => {
	const rows = shrink(COUNTS);
	expectShrunken(rows, COUNTS);
	const changed = rows.map((row, index) => (index === 1 ? { ...row, ...wrong } : row));
	expect(() => expectShrunken(changed, COUNTS)).toThrow();
});

it('finds a prior that is not the most likely', () => {
	const prior = { a: 5, b: 60 };
	const rows = shrink(COUNTS).map((row, index) => {
		const { subscribed_readers: k, readers: n } = COUNTS[index] ?? {};
		if (n === 0) return row;
		return { ...row, subscribe_rate_estimate: (Number(k) + prior.a) / (Number(n) + 65) };
	});
	expect(() => expectShrunken(rows, COUNTS)).toThrow();
});
