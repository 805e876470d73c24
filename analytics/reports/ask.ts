import { importedRows } from '../imports/imported-rows.ts';
import type { MetricId } from '../metrics.ts';
import { compile, type Grouping } from '../query/compile.ts';
import { deriveMetrics } from '../query/derive.ts';
import type { FilterTree } from '../query/filter-tree.ts';
import { rowsAddUp, totalsOfRows } from '../query/totals-of-rows.ts';
import type { StoreRow } from '../stores/event-store.ts';
import { addImported } from './add-imported.ts';
import type { ReportContext, ReportRows } from './definition.ts';
import type { DateRange, ResolvedQuery, Row } from './result.ts';

/** What asking takes of a report's context. */
export interface AskContext extends Pick<ReportContext, 'site' | 'store' | 'scope'> {
	readonly query: Pick<ResolvedQuery, 'interval' | 'imported'> & {
		readonly filters: readonly FilterTree[];
	};
}

interface Ask {
	readonly metrics: readonly MetricId[];
	readonly by: readonly Grouping[];
	readonly postsOnly?: boolean;
}

/** The metrics by group over a range: one row per group that has anything. */
export async function ask(
	context: AskContext,
	range: DateRange,
	what: Ask
): Promise<readonly Row[]> {
	const { site, query, store, scope } = context;
	const { interval, filters, imported: span } = query;
	if (span === undefined) return derived(await askStore(context, range, what), what);
	const [rows, imported] = await Promise.all([
		askStore(context, range, what),
		importedRows(store, {
			site: site.id,
			range,
			interval,
			filters,
			scope,
			...what,
			imported: span
		})
	]);
	if (imported === null) return derived(rows, what);
	const { metrics, by } = what;
	return addImported(rows, imported, { metrics, by, range, imported: span }).map((row) => ({
		...keysOf(row.keys, by),
		...row.metrics
	}));
}

/** The base metrics as the store answers them. */
function askStore(
	{ site, query: { interval, filters }, store, scope }: AskContext,
	range: DateRange,
	what: Ask
): Promise<readonly StoreRow[]> {
	return store.query((unrolled) =>
		compile({
			site: site.id,
			range,
			interval,
			filters,
			scope,
			unrolled: unrolled(site.id),
			...what
		})
	);
}

function derived(rows: readonly StoreRow[], { by, metrics }: Ask): readonly Row[] {
	return rows.map((row) => ({ ...keysOf(row, by), ...deriveMetrics(row, metrics) }));
}

function keysOf(row: StoreRow, by: readonly Grouping[]): Row {
	return Object.fromEntries(by.map((name) => [name, keyText(row[name])]));
}

/** The metrics over everything in the range. */
async function askTotals(
	context: ReportContext,
	range: DateRange,
	what: Omit<Ask, 'by'>
): Promise<Row> {
	const [row] = await ask(context, range, { ...what, by: [] });
	return row ?? deriveMetrics(undefined, what.metrics);
}

/** Rows by group and totals, as most reports want them. */
export async function askBoth(
	context: ReportContext,
	range: DateRange,
	what: Ask
): Promise<ReportRows> {
	const { part } = context;
	const { interval, imported } = context.query;
	const isAdded = part === undefined && imported === undefined;
	if (isAdded && rowsAddUp({ ...what, interval })) {
		const found = await askStore(context, range, what);
		return {
			rows: derived(found, what),
			totals: deriveMetrics(totalsOfRows(found, what.metrics), what.metrics)
		};
	}
	const [rows, totals] = await Promise.all([
		part === 'totals' ? [] : ask(context, range, what),
		part === 'rows' ? {} : askTotals(context, range, what)
	]);
	return { rows, totals };
}

function keyText(value: unknown): string | number | null {
	return typeof value === 'string' || typeof value === 'number' ? value : null;
}
