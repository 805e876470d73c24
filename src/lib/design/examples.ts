import { metricColumn, type MetricId, type Row } from '#analytics';
import type { Series } from '#lib/series.ts';

/** Invented figures, of development's own page only. */
export const EXAMPLE_ROWS: readonly Row[] = [
	row('Selling', 12_345, 4_210, 21, 1_003, 0.0209, 0.0137, 0.0318),
	row('كيف تبني قائمة بريدية تنمو من تلقاء نفسها', 2_904, 1_180, 9, 411, 0.0219, 0.0116, 0.0411),
	row('料金を上げる前に読むべきこと', 61, 20, 1, 19, 0.0526, 0.0094, 0.2464),
	row(
		'A very long title that goes on and on about relationships, sales, quarterly planning and everything else',
		0,
		0,
		0,
		0,
		null,
		null,
		null
	)
];

export const EXAMPLE_COLUMNS = [
	{
		id: 'topic',
		label: 'Topic',
		kind: 'key',
		unit: 'text',
		direction: 'neutral',
		definition: 'Topic of a post.'
	} as const,
	...(['page_views', 'readers', 'cta_ctr'] as const satisfies readonly MetricId[]).map(metricColumn)
];

function row(
	topic: string,
	page_views: number,
	readers: number,
	cta_clickers: number,
	cta_exposed: number,
	cta_ctr: number | null,
	cta_ctr_low: number | null,
	cta_ctr_high: number | null
): Row {
	return {
		topic,
		page_views,
		readers,
		cta_clickers,
		cta_exposed,
		cta_ctr,
		cta_ctr_low,
		cta_ctr_high
	};
}

const VALUES = [210, 190, 240, 80, 70, 230, 410, 390, null, 220, 205, 60, 75, 160];

export const EXAMPLE_SERIES: Series = {
	label: 'Readers',
	unit: 'count',
	interval: 'day',
	buckets: VALUES.map((_, at) => `2026-03-${String(at + 1).padStart(2, '0')}`),
	values: VALUES,
	compare: {
		buckets: VALUES.map((_, at) => `2026-02-${String(at + 1).padStart(2, '0')}`),
		values: [...VALUES].reverse()
	},
	running: true,
	published: VALUES.map((_, at) => (at === 6 ? [{ post_id: 2, title: 'Deals that go quiet' }] : []))
};
