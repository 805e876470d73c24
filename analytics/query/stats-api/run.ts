import { DEFINITIONS_VERSION } from '../../definitions-version.ts';
import type { ImportedSpan } from '../../imports/imported-span.ts';
import { keysOf } from '../../keys-of.ts';
import { METRICS, type MetricId } from '../../metrics.ts';
import { ask, type AskContext } from '../../reports/ask.ts';
import type { Row } from '../../reports/result.ts';
import type { Grouping } from '../compile.ts';
import type { FilterTree } from '../filter-tree.ts';
import { GOALS, type GoalId } from '../goals.ts';
import type { ApiDimension } from './dimension-names.ts';
import { engineMetric, goalMetrics } from './engine-metric.ts';
import { statsImports } from './imports.ts';
import type { ApiMetric } from './metric-names.ts';
import type { StatsQuery } from './parse.ts';
import type { StatsResult, StatsRow } from './result.ts';
import { sortRows } from './sort-rows.ts';

/** Asks the engine what a query of the Stats API wants to know, and answers it in Plausible's form. */
export async function runStatsQuery(
	query: StatsQuery,
	context: Pick<AskContext, 'site' | 'store' | 'scope'>,
	/** Days for which other tools have counted; null where there are none. */
	span: ImportedSpan | null = null
): Promise<StatsResult> {
	const { body, dimensions, goals } = query;
	const byGoal = dimensions.some(({ dimension }) => dimension.kind === 'goal');
	const counted = goals === null ? null : [...new Set(goals)];
	const asked: readonly (readonly GoalId[] | null)[] = byGoal
		? (counted ?? keysOf(GOALS)).map((goal) => [goal])
		: [counted];
	const imports = body.include.imports ? statsImports(query, span, context.scope) : null;
	const imported = imports?.imports_included === true && span !== null ? span : undefined;
	const asking = askingOf(query, { ...context, imported }, counted);
	const parts = await Promise.all(asked.map((part) => rowsOf(query, asking, part)));
	const rows = sortRows(parts.flat(), query);
	const { limit, offset } = body.pagination;
	return {
		results: rows.slice(offset, offset + limit),
		meta: {
			definitions: DEFINITIONS_VERSION,
			...imports,
			...(query.timeLabels === null ? {} : { time_labels: query.timeLabels }),
			...(body.include.total_rows ? { total_rows: rows.length } : {})
		},
		query: query.echo
	};
}

/** Figures by group. */
interface Asking {
	readonly figures: (
		metrics: readonly MetricId[],
		by: readonly Grouping[],
		goals: readonly GoalId[] | null
	) => Promise<readonly Row[]>;
	/** Visitors of everything that was filtered, whatever the row. */
	readonly allVisitors: () => Promise<number | null>;
	/** The same without the filter on goals. */
	readonly allWithoutGoal: () => Promise<number | null>;
	readonly groupsWithoutGoal: () => Promise<ReadonlyMap<string, Row>>;
}

function askingOf(
	{ by, filters, interval, shownRange }: StatsQuery,
	{
		site,
		store,
		scope,
		imported
	}: Pick<AskContext, 'site' | 'store' | 'scope'> & {
		readonly imported: ImportedSpan | undefined;
	},
	counted: readonly GoalId[] | null
): Asking {
	const figures: Asking['figures'] = (metrics, groups, goals) => {
		const reached: readonly FilterTree[] = goals === null ? [] : [{ goals, within: 'row' }];
		// Without a time dimension steps do not matter, and only those of days have imported figures.
		const step = groups.includes('date') ? interval : 'day';
		const query = { interval: step, filters: [...filters, ...reached], imported };
		const postsOnly = groups.includes('post');
		return ask({ site, store, query, scope }, shownRange.range, { metrics, by: groups, postsOnly });
	};
	const total = async (goals: readonly GoalId[] | null): Promise<number | null> => {
		const [row] = await figures(['visitors'], [], goals);
		return numberOf(row?.['visitors']);
	};
	return {
		figures,
		allVisitors: once(() => total(counted)),
		allWithoutGoal: once(() => total(null)),
		groupsWithoutGoal: once(async () => byKey(await figures(['visitors'], by, null), by))
	};
}

/** The rows of one goal, of several together, or of everything. */
async function rowsOf(
	query: StatsQuery,
	asking: Asking,
	goals: readonly GoalId[] | null
): Promise<readonly StatsRow[]> {
	const { metrics, dimensions, by } = query;
	const kinds = metrics.map(({ metric }) => metric);
	const ids = new Set(
		kinds.flatMap((metric): readonly MetricId[] => {
			switch (metric.kind) {
				case 'metric':
					return [engineMetric(metric, dimensions)];
				case 'share':
					return ['visitors'];
				case 'goal_events':
					return [];
			}
		})
	);
	const shares = kinds.flatMap((metric) => (metric.kind === 'share' ? [metric.of] : []));
	const counts = kinds.some(({ kind }) => kind === 'goal_events') ? goalMetrics(goals) : [];
	const [main, events, all, allWithoutGoal, groups] = await Promise.all([
		ids.size === 0 ? [] : asking.figures([...ids], by, goals),
		counts.length === 0 ? [] : asking.figures(counts, by, null),
		shares.includes('all') ? asking.allVisitors() : null,
		shares.includes('all_without_goal') ? asking.allWithoutGoal() : null,
		shares.includes('group_without_goal') ? asking.groupsWithoutGoal() : new Map<string, Row>()
	]);
	const mainRows = byKey(main, by);
	const eventRows = byKey(events, by);
	return [...new Set([...mainRows.keys(), ...eventRows.keys()])].flatMap(
		(key): readonly StatsRow[] => {
			const found = mainRows.get(key);
			const row: Row = { ...eventRows.get(key), ...found };
			const denominators = {
				all,
				all_without_goal: allWithoutGoal,
				group_without_goal: numberOf(groups.get(key)?.['visitors'])
			};
			const values = kinds.map((metric): Value => {
				switch (metric.kind) {
					case 'metric':
						return valueOf(row, engineMetric(metric, dimensions), metric);
					case 'share': {
						const visitors = numberOf(row['visitors']) ?? 0;
						const of = denominators[metric.of] ?? 0;
						return {
							value: of === 0 ? null : rounded((visitors / of) * 100, 2),
							isEmpty: visitors === 0
						};
					}
					case 'goal_events': {
						const value = counts.reduce((sum, id) => sum + (numberOf(row[id]) ?? 0), 0);
						return { value, isEmpty: value === 0 };
					}
				}
			});
			// A group without anything is no row; the whole always is one.
			if (dimensions.length > 0 && values.every(({ isEmpty }) => isEmpty)) return [];
			return [
				{
					metrics: values.map(({ value }) => value),
					dimensions: dimensions.map(({ dimension }) => shownValue(dimension, row, goals))
				}
			];
		}
	);
}

interface Value {
	readonly value: number | null;
	readonly isEmpty: boolean;
}

function valueOf(
	row: Row,
	id: MetricId,
	{ scale = 1, decimals }: Extract<ApiMetric, { readonly kind: 'metric' }>
): Value {
	const metric = METRICS[id];
	const found = numberOf(row[id]) ?? (metric.kind === 'base' ? metric.empty : null);
	if (found === null) return { value: null, isEmpty: true };
	const value = decimals === undefined ? found : rounded(found * scale, decimals);
	return { value, isEmpty: found === 0 && metric.kind === 'base' };
}

function shownValue(dimension: ApiDimension, row: Row, goals: readonly GoalId[] | null): string {
	switch (dimension.kind) {
		case 'goal':
			return goals?.[0] ?? '';
		case 'time': {
			const label = textOf(row['date']);
			return label.length > 10 ? `${label}:00` : label;
		}
		case 'dimension': {
			const stored = textOf(row[dimension.id]);
			if (stored === dimension.absent?.stored) return dimension.absent.shown;
			return dimension.show?.(stored) ?? stored;
		}
	}
}

function byKey(rows: readonly Row[], by: readonly Grouping[]): ReadonlyMap<string, Row> {
	return new Map(rows.map((row) => [JSON.stringify(by.map((name) => row[name] ?? null)), row]));
}

function textOf(cell: Row[string] | undefined): string {
	return typeof cell === 'string' || typeof cell === 'number' ? String(cell) : '';
}

function numberOf(cell: Row[string] | undefined): number | null {
	return typeof cell === 'number' ? cell : null;
}

function rounded(value: number, decimals: number): number {
	const factor = 10 ** decimals;
	return Math.round(value * factor) / factor;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
	let made: Promise<T> | undefined;
	return () => (made ??= make());
}
