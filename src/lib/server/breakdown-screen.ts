import type { ReportId } from '#analytics';
import { pageOf } from '#lib/paging.ts';
import { reportPart } from '#lib/server/report-part.ts';
import { openScreen } from '#lib/server/screen.ts';
import { tableColumns } from '#lib/server/table-columns.ts';

/** The screen of a report that is one table with the report's own columns. */
export async function breakdownScreen(report: ReportId, domain: string, params: URLSearchParams) {
	const { query: asked } = await openScreen(domain, params);
	const query = { ...asked, by: null, compare: null };
	const table = tableColumns(report, query, params, []);
	const isChosen = table.metrics.length > 0;
	const result = await reportPart(report, query, isChosen ? { only: table.only } : {});
	const metrics = isChosen ? table.metrics : result.columns.filter(({ kind }) => kind === 'metric');
	const { choices } = table.menu;
	return {
		query,
		keys: result.columns.filter(({ kind }) => kind === 'key'),
		metrics,
		columnMenu: {
			usual: choices.map(({ id }) => id),
			choices: isChosen ? choices : choices.map((choice) => ({ ...choice, shown: true }))
		},
		totals: result.totals,
		failed: result.failed,
		...pageOf(result.rows, params)
	};
}
