import type { ImportedSpan } from '../../imports/imported-span.ts';
import { importedTable, type ImportedTable } from '../../imports/imported-table.ts';
import type { MetricId } from '../../metrics.ts';
import { baseMetrics } from '../base-metrics.ts';
import { scopeConditions } from '../scope-conditions.ts';
import type { Scope } from '../scope.ts';
import { engineMetric } from './engine-metric.ts';
import type { StatsQuery } from './parse.ts';

/** Why figures of other tools are not in an answer, as Plausible calls it. */
export type ImportsSkipReason =
	'no_imported_data' | 'out_of_range' | 'unsupported_interval' | 'unsupported_query';

interface MetricWarning {
	readonly code: string;
	readonly warning: string;
}

/** What an answer says of the figures that other tools counted. */
export interface StatsImports {
	readonly imports_included: boolean;
	readonly imports_skip_reason?: ImportsSkipReason;
	readonly imports_warning?: string;
	/** Metrics that rest on Byline's own days alone, since the tool did not count them. */
	readonly metric_warnings?: Readonly<Record<string, MetricWarning>>;
}

const WARNINGS = {
	unsupported_interval:
		'Figures of other tools are left out: they are of whole days, and this query is not.',
	unsupported_query:
		'Figures of other tools are left out: they were counted by one dimension each, and this query crosses several or asks for what no tool counted.'
} as const satisfies Partial<Record<ImportsSkipReason, string>>;

const OF_VISITS: readonly MetricId[] = [
	'visitors',
	'visits',
	'page_views',
	'bounces',
	'visit_seconds'
];
const OF_PAGES: readonly MetricId[] = [
	'visitors',
	'viewing_visits',
	'page_views',
	'readers',
	'entrances',
	'exits'
];

/** Whether figures of other tools are in the answer of a query, and what it says of them. */
export function statsImports(
	query: StatsQuery,
	span: ImportedSpan | null,
	scope: Scope
): StatsImports {
	const { by, goals, dimensions, interval, shownRange } = query;
	const { ofPages, ofReaders } = scopeConditions(scope);
	const filters = [...ofPages, ...ofReaders, ...query.filters];
	const { range } = shownRange;
	if (span === null) return skipped('no_imported_data');
	if (range.from > span.until || range.to < span.from) return skipped('out_of_range');
	if (range.since !== undefined || (by.includes('date') && interval === 'hour'))
		return skipped('unsupported_interval');
	const conditions = filters.filter((filter) => 'dimension' in filter);
	const isPlain =
		goals === null &&
		conditions.length === filters.length &&
		!dimensions.some(({ dimension }) => dimension.kind === 'goal');
	const table = isPlain
		? importedTable({
				by: by.filter((key) => key !== 'date'),
				filters: conditions,
				postsOnly: by.includes('post')
			})
		: null;
	if (table === null) return skipped('unsupported_query');
	const warnings = warningsOf(query, table);
	return {
		imports_included: true,
		...(Object.keys(warnings).length > 0 ? { metric_warnings: warnings } : {})
	};
}

function skipped(reason: ImportsSkipReason): StatsImports {
	const warning =
		reason === 'unsupported_query' || reason === 'unsupported_interval' ? WARNINGS[reason] : null;
	return {
		imports_included: false,
		imports_skip_reason: reason,
		...(warning === null ? {} : { imports_warning: warning })
	};
}

function warningsOf(
	{ body, metrics, dimensions }: StatsQuery,
	table: ImportedTable
): Readonly<Record<string, MetricWarning>> {
	const known = table === 'page' ? OF_PAGES : OF_VISITS;
	return Object.fromEntries(
		metrics.flatMap(({ metric }, at) => {
			if (metric.kind !== 'metric') return [];
			const bases = baseMetrics([engineMetric(metric, dimensions)]);
			if (bases.every(([base]) => known.includes(base))) return [];
			const name = String(body.metrics[at]);
			return [
				[
					name,
					{
						code: `no_imported_${name.replace(/\W/g, '_')}`,
						warning: `No other tool counted ${name}: it is of the days with events of the site's own.`
					}
				]
			];
		})
	);
}
