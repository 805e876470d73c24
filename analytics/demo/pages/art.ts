import { trusted, type Markup } from '../html.ts';
import { below, hashText, pick, randomFrom, type Random } from '../random.ts';

type Palette = readonly [ground: string, ...shapes: string[]];

const PALETTES: readonly Palette[] = [
	['#1f3a5f', '#f4b942', '#e8684a', '#f3ead9'],
	['#e9dfcf', '#c8452f', '#24435c', '#e9a93c'],
	['#234b43', '#f0c75e', '#e9e2d0', '#d9714e'],
	['#f2c84b', '#25304a', '#d9523c', '#fff6df'],
	['#c9d8d3', '#1d4a4f', '#e2704c', '#f6efe0'],
	['#3a2a4f', '#f28f6b', '#f5d9b0', '#7aa6a1'],
	['#d8654a', '#fbe6c8', '#28364f', '#f3bd4e'],
	['#dbe3ee', '#2f4f8f', '#e77c52', '#f4cf6a']
];
const COLUMNS = 9;
const ROWS = 3;
const CELL = 100;

/** A picture for a post: quarter circles, bars and dots on a grid, the same for the same path. */
export function coverArt(path: string): Markup {
	const random = randomFrom(hashText(path), 3);
	const [ground, ...colours] = pick(random, PALETTES);
	const shapes: string[] = [];
	for (let row = 0; row < ROWS; row++)
		for (let column = 0; column < COLUMNS; column++)
			shapes.push(tile(random, column * CELL, row * CELL, colours));
	return trusted(
		`<svg class="art" viewBox="0 0 ${COLUMNS * CELL} ${ROWS * CELL}" preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false">` +
			`<rect width="100%" height="100%" fill="${ground}"/>${shapes.join('')}</svg>`
	);
}

/** Initials on a disc, for a byline. */
export function portrait(name: string): Markup {
	const random = randomFrom(hashText(name), 5);
	const [ground] = pick(random, PALETTES);
	const initials = name
		.split(' ')
		.map((word) => word.charAt(0))
		.join('');
	const ink = isLight(ground) ? '#1a2130' : '#ffffff';
	return trusted(
		`<svg class="portrait" viewBox="0 0 40 40" aria-hidden="true" focusable="false"><circle cx="20" cy="20" r="20" fill="${ground}"/>` +
			`<text x="20" y="25" text-anchor="middle" font-size="14" font-weight="700" fill="${ink}">${initials}</text></svg>`
	);
}

function tile(random: Random, x: number, y: number, colours: readonly string[]): string {
	const colour = pick(random, colours);
	const kind = random();
	if (kind < 0.3) return '';
	if (kind < 0.62) return quarter(x, y, below(random, 4), colour);
	if (kind < 0.74) return `<circle cx="${x + 50}" cy="${y + 50}" r="50" fill="${colour}"/>`;
	if (kind < 0.84) return `<circle cx="${x + 50}" cy="${y + 50}" r="18" fill="${colour}"/>`;
	if (kind < 0.93) return `<rect x="${x}" y="${y}" width="100" height="100" fill="${colour}"/>`;
	const bars = [0, 1, 2].map(
		(i) => `<rect x="${x}" y="${y + 8 + i * 32}" width="100" height="16" fill="${colour}"/>`
	);
	return bars.join('');
}

function quarter(x: number, y: number, corner: number, colour: string): string {
	const [cx, cy, ax, ay, bx, by] = [
		[x, y, x + 100, y, x, y + 100],
		[x + 100, y, x + 100, y + 100, x, y],
		[x + 100, y + 100, x, y + 100, x + 100, y],
		[x, y + 100, x, y, x + 100, y + 100]
	][corner] ?? [x, y, x, y, x, y];
	return `<path d="M${cx} ${cy}L${ax} ${ay}A100 100 0 0 1 ${bx} ${by}Z" fill="${colour}"/>`;
}

function isLight(colour: string): boolean {
	const value = Number.parseInt(colour.slice(1), 16);
	const [red, green, blue] = [value >> 16, (value >> 8) & 255, value & 255];
	return 0.299 * red + 0.587 * green + 0.114 * blue > 150;
}
