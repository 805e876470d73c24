import { describe, expect, test } from 'vitest';
import type { Published } from './age.ts';
import { bandAt, typicalOf, type Typical } from './typical-band.ts';

const HOUR = 3_600_000;
const NOW = 1_000 * HOUR;

const post = (id: number): Published => ({
	id,
	path: `/${id}`,
	formerPaths: [],
	title: `${id}`,
	authors: [],
	topics: [],
	publishedAt: id * HOUR,
	wordCount: null,
	commentCount: null
});

/** The last of 15 posts among those before it, of which the scope shows some. */
function bandOf(peers: number, shown: number, filters: Filters = []) {
	const all = Array.from({ length: peers + 1 }, (_, at) => post(at + 1));
	const posts = [...all.slice(0, shown), ...all.slice(-1)];
	const typical: Typical = typicalOf(
		{ posts, peers: all, query: { ...QUERY, filters }, now: NOW },
		0
	);
	const readers = new Map(all.map(({ id }) => [id, [{ hour: 0, readers: 1_000 + 37 * id }]]));
	return bandAt(readers, post(peers + 1), typical, 24);
}
type Filters = Parameters<typeof typicalOf>[0]['query']['filters'];
const QUERY = {
	site: 'blog.example',
	zone: 'UTC',
	period: '30d',
	from: '2026-01-01',
	to: '2026-01-30',
	compare: null,
	interval: 'day',
	by: null,
	sort: null,
	search: ''
} as const;

test('a band takes three posts', () => {
	expect(bandOf(2, 2)).toBe(null);
	expect(bandOf(3, 3)).toEqual({
		p10: 1_044.4,
		p25: 1_055.5,
		p50: 1_074,
		p75: 1_092.5,
		p90: 1_103.6
	});
});

describe('of posts that the scope hides', () => {
	test('few have no part in a band, for five percentiles of three give away each', () => {
		expect(bandOf(3, 0)).toBe(null);
		expect(bandOf(12, 3)).toBe(null);
		expect(bandOf(10, 9)).toBe(null);
	});

	test('ten or more have, rounded', () => {
		expect(bandOf(10, 0)).toEqual({ p10: 1_100, p25: 1_100, p50: 1_200, p75: 1_300, p90: 1_300 });
		expect(bandOf(14, 4)).not.toBe(null);
	});

	test('nobody is told in slices of readers', () => {
		expect(bandOf(14, 0, [{ dimension: 'country', operator: 'is', values: ['DE'] }])).toBe(null);
		expect(bandOf(14, 0, [{ dimension: 'topic', operator: 'is', values: ['A'] }])).not.toBe(null);
		expect(bandOf(14, 14, [{ dimension: 'country', operator: 'is', values: ['DE'] }])).not.toBe(
			null
		);
	});
});
