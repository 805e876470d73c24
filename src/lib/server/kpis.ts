import type { Cell, Column, ReportResult } from '#analytics';
import { columnOf, numberAt } from '#lib/columns.ts';
import { partsOf, type FigureParts } from '#lib/figure-parts.ts';
import { localHour } from '#lib/local-hour.ts';
import { rowsSoFar } from '#lib/series.ts';

/** One figure of a range, with what it was before and how it ran. */
export interface Kpi {
	readonly column: Column;
	readonly value: Cell;
	readonly base: Cell;
	readonly parts: FigureParts;
	readonly series: readonly (number | null)[];
	/** Where the same report has it. */
	readonly beside: Beside | undefined;
}

/** A rate that stands beside a figure. */
export interface Beside {
	readonly column: Column;
	readonly value: Cell;
	readonly parts: FigureParts;
}

const SHOWN = [
	'visitors',
	'page_views',
	'readers',
	'reads',
	'engaged_seconds_avg',
	'subscribes',
	'cta_clicks',
	'conversions'
];

/** Which rate stands beside which count. */
const BESIDE: Readonly<Record<string, string>> = {
	reads: 'read_ratio',
	subscribes: 'subscribe_rate',
	cta_clicks: 'cta_ctr',
	visitors: 'bounce_rate',
	conversions: 'conversion_rate'
};

/** The figures on top of the overview. */
export function kpisOf(overview: ReportResult): readonly Kpi[] {
	const rows = rowsSoFar(overview.rows, localHour(new Date(), overview.query.zone));
	const own = ratesBeside(overview);
	return SHOWN.flatMap((id) => {
		const column = overview.columns.find((known) => known.id === id);
		if (column === undefined) return [];
		return {
			column,
			value: overview.totals[id] ?? null,
			base: overview.compare?.totals[id] ?? null,
			parts: partsOf(overview.totals, id),
			series: rows.map((row) => numberAt(row, id)),
			beside: own[id]
		};
	});
}

/** The rates that go with the figures, by the figure, as far as a report's totals know them. */
export function ratesBeside({
	totals
}: Pick<ReportResult, 'totals'>): Readonly<Record<string, Beside>> {
	return Object.fromEntries(
		Object.entries(BESIDE).flatMap(([figure, id]) => {
			const column = columnOf(id);
			if (column === undefined || !Object.hasOwn(totals, id)) return [];
			return [[figure, { column, value: totals[id] ?? null, parts: partsOf(totals, id) }]];
		})
	);
}
