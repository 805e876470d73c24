import { expect, it } from 'vitest';
import { funnelSteps } from './funnel.ts';

it('measures every step against the first', () => {
	const steps = [
		{ id: 'readers', label: 'Readers', readers: 200 },
		{ id: 'reads', label: 'Read', readers: 90 }
	];
	expect(funnelSteps(steps).map(({ share }) => share)).toEqual([1, 0.45]);
	expect(funnelSteps([{ id: 'readers', label: 'Readers', readers: 0 }])[0]?.share).toBeNull();
});
