import { expect, it } from 'vitest';
import { timeStops } from './time-stops.ts';

it('reads a value, the one before and what came out; what is missing stays missing', () => {
	const stops = timeStops({
		label: 'Readers',
		unit: 'count',
		interval: 'day',
		buckets: ['2025-05-01', '2025-05-02'],
		values: [50, null],
		compare: { buckets: ['2025-04-29'], values: [100] },
		running: true,
		published: [[{ post_id: 1, title: 'A' }], []]
	});
	expect(stops).toEqual([
		{
			x: 0,
			title: 'Thu, 1 May 2025',
			lines: [
				{ name: 'Readers', text: '50', y: 0.5, colour: 'var(--accent)' },
				{ name: 'Tue, 29 Apr 2025', text: '100', y: 1, colour: 'var(--ink-mute)' }
			],
			notes: ['Published: A']
		},
		{
			x: 1,
			title: 'Fri, 2 May 2025, so far',
			lines: [{ name: 'Readers', text: '–', y: null, colour: 'var(--accent)' }],
			notes: []
		}
	]);
});
