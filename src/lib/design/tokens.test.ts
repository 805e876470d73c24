import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrast, distance, type Vision } from './colour.ts';
import { GRAPHIC_PAIRS, readTokens, seriesNames, TEXT_PAIRS, type Scheme } from './tokens.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const css = read('../../tokens.css');
const SCHEMES: readonly Scheme[] = ['light', 'dark'];
const VISIONS: readonly Vision[] = ['usual', 'protan', 'deutan', 'tritan'];

/** About five times what can just be told apart side by side. */
const LEAST_DISTANCE = 0.1;

const failing = (scheme: Scheme, pairs: typeof TEXT_PAIRS, least: number): readonly string[] => {
	const tokens = readTokens(css, scheme);
	return pairs.flatMap(([one, other]) => {
		const ratio = contrast(tokens[one] ?? '', tokens[other] ?? '');
		return ratio >= least ? [] : [`${one} on ${other}: ${ratio.toFixed(2)}`];
	});
};

describe.each(SCHEMES)('%s colours', (scheme) => {
	it('have the contrast that text needs', () => {
		expect(failing(scheme, TEXT_PAIRS, 4.5)).toEqual([]);
	});

	it('have the contrast that graphics need', () => {
		expect(failing(scheme, GRAPHIC_PAIRS, 3)).toEqual([]);
	});

	it.each(VISIONS)('of charts can be told apart with %s vision', (vision) => {
		const tokens = readTokens(css, scheme);
		const palette = seriesNames().map((name) => tokens[name] ?? '');
		const near = palette.flatMap((one, at) =>
			palette
				.slice(at + 1)
				.map((other) => ({ pair: `${one} ${other}`, apart: distance(one, other, vision) }))
				.filter(({ apart }) => !(apart >= LEAST_DISTANCE))
		);
		expect(palette).toHaveLength(6);
		expect(near).toEqual([]);
	});

	it('begin with the accent', () => {
		const tokens = readTokens(css, scheme);
		expect(tokens['series-1']).toBe(tokens.accent);
	});

	it('of the browser’s own bars are those of the page', () => {
		const [, named] = new RegExp(`content="(#\\w+)" media="[^"]*${scheme}`).exec(
			read('../../app.html')
		) ?? ['', ''];
		expect(named).toBe(readTokens(css, scheme).paper);
	});
});

describe('contrast', () => {
	it('is that of the standard’s own examples', () => {
		expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
		expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
		expect(contrast('#ffffff', '#ffffff')).toBe(1);
	});
});

describe('distance', () => {
	it('shrinks between red and green for who cannot tell them apart', () => {
		expect(distance('#d00000', '#6f6f00', 'protan')).toBeLessThan(
			distance('#d00000', '#6f6f00') / 2
		);
		expect(distance('#123456', '#123456', 'tritan')).toBe(0);
	});
});
