import { describe, expect, test } from 'vitest';
import { foldText, matchRank } from './match-text.ts';

const rank = (text: string, wanted: string): number | null =>
	matchRank(foldText(text), foldText(wanted));

describe('how well a text answers', () => {
	test.each([
		['Google', 'google', 0],
		['Google Ads', 'goo', 1],
		['The recent hype', 'hype', 2],
		['The recent hype', 'hy rec', 2],
		['/2026/buying-guide', 'guide', 2],
		['Overhyped', 'hype', 3],
		['Don’t buy into the recent hype', 'brh', 4],
		['Selling on price', 'selpri', 4],
		['Google', 'gx', null],
		['Google', 'gle x', null],
		['Google', 'oge', null],
		['Google', 'bing', null],
		['', 'a', null],
		['Anything', '', 1]
	] as const)('%s, asked for %s: %s', (text, wanted, expected) => {
		expect(rank(text, wanted)).toBe(expected);
	});

	test('marks, case and width do not matter', () => {
		expect(rank('Åsa Öberg', 'asa o')).toBe(1);
		expect(rank('CITROËN', 'citroen')).toBe(0);
		expect(rank('ＡＢＣ', 'abc')).toBe(0);
		expect(rank('日本語の記事', '記事')).toBe(3);
	});
});

test('a text made to backtrack is answered', () => {
	expect(matchRank('a '.repeat(1_000), 'a'.repeat(199) + 'b')).toBeNull();
});
