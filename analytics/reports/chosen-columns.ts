import { METRICS, type MetricId } from '../metrics.ts';
import type { QueryError } from '../engine-contract.ts';
import { queryError } from '../query/query-error.ts';
import { definitionOf, REPORTS } from './registry.ts';
import type { ReportId } from './report-ids.ts';
import type { ResolvedQuery } from './result.ts';

/**
 * The metrics that `columns` asks for, in the report's order, each rate with the ends of its interval; `only` is
 * absent where nothing is chosen. An unknown one is an error.
 */
export function chosenColumns(
	id: ReportId,
	{ by }: Pick<ResolvedQuery, 'by'>,
	params: URLSearchParams
): { readonly only?: readonly MetricId[]; readonly errors: readonly QueryError[] } {
	const given = columnNames(params);
	if (given.length === 0) return { errors: [] };
	const { metrics } = definitionOf(id, by) ?? REPORTS[id];
	const unknown = given.filter((name) => !metrics.some((metric) => metric === name));
	if (unknown.length > 0)
		return { errors: [queryError('columns', unknown.join(','), metrics.join(', '))] };
	const only = metrics.filter((metric) => {
		const definition = METRICS[metric];
		return given.includes(definition.kind === 'bound' ? definition.of : metric);
	});
	return { only, errors: [] };
}

function columnNames(params: URLSearchParams): readonly string[] {
	return params
		.getAll('columns')
		.flatMap((text) => text.split(','))
		.filter((name) => name !== '');
}
