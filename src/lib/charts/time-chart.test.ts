import { describe, expect, it } from 'vitest';
import type { Series } from '#lib/series.ts';
import { timeChart } from './time-chart.ts';

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

const dashAt = (config: ReturnType<typeof timeChart>, p1DataIndex: number): unknown => {
	const borderDash = config.data.datasets[0]?.segment?.borderDash;
	if (typeof borderDash !== 'function') throw new Error('No dash is chosen by segment.');
	const point = { x: 0, y: 0, skip: false };
	return Reflect.apply(borderDash, null, [
		{
			type: 'segment',
			p0: point,
			p1: point,
			p0DataIndex: p1DataIndex - 1,
			p1DataIndex,
			datasetIndex: 0
		}
	]);
};

describe('timeChart', () => {
	it('dashes the bucket that is running, and no other', () => {
		expect(dashAt(timeChart(theme, series), 3)).toEqual([3, 4]);
		expect(dashAt(timeChart(theme, series), 2)).toBeUndefined();
		expect(dashAt(timeChart(theme, { ...series, running: false }), 3)).toBeUndefined();
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
