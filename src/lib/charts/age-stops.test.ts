import { describe, expect, it } from 'vitest';
import type { AgeCurve } from '#analytics';
import { ageStops } from './age-stops.ts';
import { recentStops } from './recent-stops.ts';

const curve: AgeCurve = {
	post_id: 4,
	title: 'A',
	path: '/a',
	published_at: '2025-05-01T00:00:00Z',
	age_hours: 1,
	points: [
		{ age_hours: 0, readers: 0 },
		{ age_hours: 1, readers: 20 }
	],
	band: [
		{ age_hours: 1, p10: 1, p25: 5.4, p50: 10.5, p75: 15, p90: 30 },
		{ age_hours: 96, p10: 2, p25: 8, p50: 40, p75: 50, p90: 90 }
	],
	missing: null,
	verdict: null
};

describe('ageStops', () => {
	it('reads the post where it is that old, and what is typical beyond', () => {
		const stops = ageStops(curve, 100);
		expect(stops.map(({ title, lines }) => [title, lines.map(({ text }) => text)])).toEqual([
			['Hour 0', ['0']],
			['Hour 1', ['20', '11']],
			['Day 4', ['40']]
		]);
		expect(stops[1]?.lines[1]?.name).toBe('Typical post, middle half 5 to 15');
		expect(stops[1]?.lines[0]?.y).toBe(0.2);
	});

	it('reads a post without history alone', () => {
		expect(ageStops({ ...curve, band: [] }, 100)[1]?.lines).toHaveLength(1);
	});
});

describe('recentStops', () => {
	it('has one line a post, missing where it is too young, each leading to its post', () => {
		const young = { ...curve, post_id: 5, title: 'B', points: curve.points.slice(0, 1) };
		const stops = recentStops([young, curve], { max: 40, hrefOf: (post) => `/posts/${post}` });
		expect(stops[1]?.lines).toEqual([
			{ name: 'B', text: '–', y: null, colour: 'var(--accent)', href: '/posts/5' },
			{ name: 'A', text: '20', y: 0.5, colour: 'var(--accent)', href: '/posts/4' }
		]);
		expect(stops[1]?.notes).toEqual(['Typical post: 11']);
		expect(stops[0]?.notes).toEqual([]);
	});
});
