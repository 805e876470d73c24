import type { Cell, Column, ReportResult, Row } from '#analytics';
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
	readonly beside?:
		{ readonly column: Column; readonly value: Cell; readonly parts: FigureParts } | undefined;
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

/** The figures on top of the overview; rates come from the first report whose totals know them. */
export function kpisOf(overview: ReportResult, ...others: readonly ReportResult[]): readonly Kpi[] {
	const rows = rowsSoFar(overview.rows, localHour(new Date(), overview.query.zone));
	return SHOWN.flatMap((id) => {
		const column = overview.columns.find((known) => known.id === id);
		if (column === undefined) return [];
		return {
			column,
			value: overview.totals[id] ?? null,
			base: overview.compare?.totals[id] ?? null,
			parts: partsOf(overview.totals, id),
			series: rows.map((row) => numberAt(row, id)),
			beside: rateBeside(BESIDE[id], [overview, ...others])
		};
	});
}

function rateBeside(id: string | undefined, results: readonly ReportResult[]): Kpi['beside'] {
	const known = results.find(({ totals }) => id !== undefined && has(totals, id));
	const column = id === undefined ? undefined : columnOf(id);
	if (id === undefined || column === undefined || known === undefined) return undefined;
	return { column, value: known.totals[id] ?? null, parts: partsOf(known.totals, id) };
}

const has = (totals: Row, id: string): boolean => Object.hasOwn(totals, id);
