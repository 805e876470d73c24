import type { QueryError } from '../engine-contract.ts';
import { queryError } from '../query/query-error.ts';
import { columnsOf } from './definition.ts';
import { definitionOf, groupingsOf } from './registry.ts';
import type { ReportId } from './report-ids.ts';
import type { ResolvedQuery } from './result.ts';

/** A grouping or an order that the report does not have. */
export function checkColumns(
	id: ReportId,
	{ by, sort }: Pick<ResolvedQuery, 'by' | 'sort'>
): readonly QueryError[] {
	const definition = definitionOf(id, by);
	if (definition === null)
		return [queryError('by', by?.join() ?? '', groupingsOf(id).join(' | ') || 'none')];
	const columns = columnsOf(definition).map((column) => column.id);
	return sort === null || columns.includes(sort.column)
		? []
		: [
				queryError(
					'sort',
					`${sort.descending ? '-' : ''}${sort.column}`,
					`${columns.join(', ')}, with a leading - for descending`
				)
			];
}
