import { expect, it } from 'vitest';
import { depthStops } from './depth-stops.ts';

it('names a placement at the tenth where it was first seen, and none where that is not known', () => {
	const points = [40, 50].map((depth) => ({ depth, share: 0.6 }));
	const placements = [
		{ placement: 'in-text', readers: 30, share: 0.5, depth: 43 },
		{ placement: 'popup', readers: 3, share: 0.05, depth: null }
	];
	const [first, second] = depthStops(points, placements);
	expect(first?.notes).toEqual(['in-text: seen by 50.0\u202f%']);
	expect(second?.notes).toEqual([]);
	expect(first).toMatchObject({ x: 0.4, lines: [{ y: 0.6 }] });
});
