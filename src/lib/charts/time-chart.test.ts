import { describe, expect, it } from 'vitest';
import type { Series } from '#lib/series.ts';
import { segmentDash, timeChart } from './time-chart.ts';

const theme = {
	card: '#ffffff',
	line: '#eeeeee',
	lineStrong: '#cccccc',
	ink: '#000000',
	mute: '#666666',
	accent: '#2b4acb',
	series: [],
	font: 'sans-serif'
};
const series: Series = {
	label: 'Readers',
	unit: 'count',
	interval: 'day',
	buckets: ['2025-05-01', '2025-05-02', '2025-05-03', '2025-05-04'],
	values: [10, null, 4, 7],
	compare: { buckets: [], values: [90, 0, 1, 2, 500] },
	running: true,
	published: [[], [], [], []]
};

describe('timeChart', () => {
	it('dashes the bucket that is running, and no other', () => {
		expect(segmentDash(series, 3)).toEqual([3, 4]);
		expect(segmentDash(series, 2)).toBeUndefined();
		expect(segmentDash({ ...series, running: false }, 3)).toBeUndefined();
	});

	it('has its line dashed so', () => {
		const [line, before] = timeChart(theme, series).data.datasets;
		expect(line?.segment).toHaveProperty('borderDash');
		expect(before?.borderDash).toEqual([4, 4]);
	});

	it('draws a gap as a gap and shows a value that stands alone', () => {
		const [line] = timeChart(theme, series).data.datasets;
		expect(line?.data.map(({ y }) => y)).toEqual([10, null, 4, 7]);
		expect(line?.spanGaps).toBe(false);
		expect(line?.pointRadius).toEqual([3, 0, 0, 0]);
	});

	it('puts what it is compared with on the same scale, bucket by bucket', () => {
		const { data, options } = timeChart(theme, series);
		expect(data.datasets[1]?.data.map(({ y }) => y)).toEqual([90, 0, 1, 2]);
		expect(options?.scales).toMatchObject({ y: { min: 0, max: 100 } });
		expect(Object.keys(options?.scales ?? {})).toEqual(['x', 'y']);
	});
});
