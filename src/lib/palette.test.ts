import { describe, expect, test } from 'vitest';
import { foundGroups, knownGroups } from './palette.ts';
import { SCREENS } from './screens.ts';

const SITE = 'blog.example';
const url = new URL(
	`http://localhost/${SITE}/topics/Selling?period=7d&sort=-reads&page=3&filter=country%3Ais%3ADE`
);
const EVERY = SCREENS.map(({ id }) => id);
const labelsOf = (text: string, screens: readonly string[] = EVERY): readonly string[] =>
	knownGroups(url, SITE, text, {
		screens,
		segments: [{ id: 1, name: 'On the phone', filters: ['device:is:mobile'], shared: true }]
	})
		.flatMap(({ items }) => items)
		.map(({ label }) => label);

describe('screens, periods and segments', () => {
	test.each([
		[
			'',
			[
				'Overview',
				'Posts',
				'Recent',
				'Topics',
				'Authors',
				'CTAs',
				'Sources',
				'Audience',
				'Settings'
			]
		],
		['last 7', ['Last 7 days']],
		['ctas', ['CTAs']],
		['phone', ['On the phone']],
		['nothing of the kind', []]
	])('"%s" finds %j', (text, expected) => {
		expect(labelsOf(text)).toEqual(expected);
	});

	test('a screen that is not open is not found', () => {
		expect(labelsOf('', ['', 'posts'])).toEqual(['Overview', 'Posts']);
		expect(labelsOf('settings', ['posts'])).toEqual([]);
	});

	test('what begins with the text comes before what has it elsewhere', () => {
		expect(labelsOf('to').slice(0, 3)).toEqual(['Topics', 'Today']);
	});

	test('a screen keeps period and filters, a period all but the dates, a segment replaces the filters', () => {
		const hrefOf = (text: string): string | undefined =>
			knownGroups(url, SITE, text, {
				screens: EVERY,
				segments: [{ id: 1, name: 'On the phone', filters: ['device:is:mobile'], shared: true }]
			})
				.flatMap(({ items }) => items)
				.at(0)?.href;
		expect(hrefOf('Sources')).toBe(`/${SITE}/sources?period=7d&filter=country%3Ais%3ADE`);
		expect(hrefOf('Yesterday')).toBe(
			`/${SITE}/topics/Selling?sort=-reads&filter=country%3Ais%3ADE&period=yesterday`
		);
		expect(hrefOf('phone')).toBe(
			`/${SITE}/topics/Selling?period=7d&sort=-reads&filter=device%3Ais%3Amobile`
		);
	});
});

test('what was found leads to its screen', () => {
	const found = (['post', 'author', 'cta'] as const).map((dimension) => ({
		dimension,
		value: dimension === 'post' ? '7' : 'a/b',
		label: 'A',
		count: 3
	}));
	const groups = foundGroups(url, SITE, found, () => 'Readers');
	expect(groups.flatMap(({ items }) => items).map(({ href }) => href)).toEqual([
		`/${SITE}/posts/7?period=7d&filter=country%3Ais%3ADE`,
		`/${SITE}/authors/a%2Fb?period=7d&filter=country%3Ais%3ADE`,
		`/${SITE}/ctas/a%2Fb?period=7d&filter=country%3Ais%3ADE`
	]);
});
