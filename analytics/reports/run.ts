import { DEFINITIONS_VERSION } from '../definitions-version.ts';
import type { MetricId } from '../metrics.ts';
import { columnsOf, wantedOf, type ReportContext, type ReportDefinition } from './definition.ts';
import { definitionOf, REPORTS } from './registry.ts';
import type { ReportId } from './report-ids.ts';
import type { Cell, ReportResult, ResolvedQuery, Row } from './result.ts';

/** Runs a report over its range and its compare range, searched and ordered as the query asks. */
export async function runReport(
	id: ReportId,
	context: ReportContext,
	limit = Number.POSITIVE_INFINITY
): Promise<ReportResult> {
	const { query } = context;
	const whole = definitionOf(id, query.by) ?? REPORTS[id];
	const definition = { ...whole, metrics: wantedOf(context, whole.metrics) };
	const order = orderOf(whole, query.sort);
	const asked = { ...context, only: withOrder(whole, context.only, order?.column) };
	const [main, compare] = await Promise.all([
		definition.run(asked, query),
		query.compare === null ? null : definition.run(asked, query.compare)
	]);
	const keys = definition.keys.map(({ id: column }) => column);
	const columns = columnsOf(definition);
	const found =
		context.part === 'totals' ? [] : main.rows.filter((row) => mentions(row, keys, query.search));
	const rows = order === null ? found : sorted(found, order, keys);
	return {
		report: id,
		definitions: DEFINITIONS_VERSION,
		query,
		columns,
		rows: rows.length > limit ? rows.slice(0, limit) : rows,
		totals: main.totals,
		compare
	};
}

/** The order asked for where the report has the column, else its usual one. */
function orderOf(definition: ReportDefinition, sort: ResolvedQuery['sort']): ResolvedQuery['sort'] {
	if (sort !== null && columnsOf(definition).some(({ id }) => id === sort.column)) return sort;
	const { order } = definition;
	return order === null
		? null
		: { column: order.replace(/^-/, ''), descending: order.startsWith('-') };
}

/** Rows are ordered by what they have: the metric of the order is asked for with the others. */
function withOrder(
	{ metrics }: ReportDefinition,
	only: readonly MetricId[] | undefined,
	column: string | undefined
): readonly MetricId[] | undefined {
	const metric = metrics.find((id) => id === column);
	return only === undefined || metric === undefined || only.includes(metric)
		? only
		: [...only, metric];
}

function mentions(row: Row, keys: readonly string[], search: string): boolean {
	if (search === '') return true;
	const wanted = search.toLocaleLowerCase('en');
	return keys.some((name) => {
		const cell = row[name];
		const text = Array.isArray(cell)
			? cell.join('; ')
			: typeof cell === 'string'
				? spoken(name, cell)
				: '';
		return text.toLocaleLowerCase('en').includes(wanted);
	});
}

const countryNames = new Intl.DisplayNames('en', { type: 'region' });

/** What a reader would search a cell by: a country by its code or its name. */
function spoken(column: string, text: string): string {
	return column === 'country' && /^[A-Z]{2}$/.test(text)
		? `${text} ${countryNames.of(text) ?? ''}`
		: text;
}

function sorted(
	rows: readonly Row[],
	{ column, descending }: { readonly column: string; readonly descending: boolean },
	keys: readonly string[]
): readonly Row[] {
	return [...rows].sort((a, b) => {
		const first = compareCells(a[column] ?? null, b[column] ?? null, descending);
		if (first !== 0) return first;
		for (const name of keys) {
			const next = compareCells(a[name] ?? null, b[name] ?? null, false);
			if (next !== 0) return next;
		}
		return 0;
	});
}

/** Missing values come last in either direction. */
function compareCells(a: Cell, b: Cell, descending: boolean): number {
	if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
	const order =
		typeof a === 'number' && typeof b === 'number' ? a - b : compareText(textOf(a), textOf(b));
	return descending ? -order : order;
}

const collator = new Intl.Collator('en', { numeric: true });

function compareText(a: string, b: string): number {
	return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

function textOf(cell: Exclude<Cell, null>): string {
	return Array.isArray(cell) ? cell.join('; ') : String(cell);
}
