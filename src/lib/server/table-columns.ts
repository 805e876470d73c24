import type { Column, MetricId, ReportId, ResolvedQuery } from '#analytics';
import { metricsOf, withCompanions } from '#analytics/server';
import type { ColumnMenuChoices } from '#lib/column-menu.ts';
import { columnOf, isMetricId } from '#lib/columns.ts';

export interface TableColumns {
	/** The metrics in columns of their own, in the report's order. */
	readonly metrics: readonly Column[];
	/** What the report is asked for, so that each cell has what it is made of. */
	readonly only: readonly MetricId[];
	readonly menu: ColumnMenuChoices;
}

/** The columns that the query string chooses of a report, or the usual ones. Unknown ones are passed over. */
export function tableColumns(
	report: ReportId,
	{ by, sort }: Pick<ResolvedQuery, 'by' | 'sort'>,
	params: URLSearchParams,
	usual: readonly string[]
): TableColumns {
	const all = metricsOf(report, by);
	const given = params.getAll('columns').flatMap((text) => text.split(','));
	const chosen = all.filter((id) => given.includes(id));
	const shown =
		chosen.length > 0 ? chosen : usual.flatMap((id) => all.filter((known) => known === id));
	const ordered = sort !== null && isMetricId(sort.column) ? [...shown, sort.column] : shown;
	return {
		metrics: shown.flatMap((id) => columnOf(id) ?? []),
		only: withCompanions(report, by, ordered),
		menu: {
			usual,
			choices: all.flatMap((id) => {
				const column = columnOf(id);
				return column === undefined ? [] : [{ id, label: column.label, shown: shown.includes(id) }];
			})
		}
	};
}
