import { DIMENSIONS } from '../dimensions.ts';
import { sql, type Sql } from '../stores/sql.ts';
import { matches } from './filter-condition.ts';
import type { Condition } from './filter-tree.ts';
import type { Scope } from './scope.ts';

/** What a scope asks of a page, and what it asks of its readers. */
export interface ScopeConditions {
	/** On the page or its post: pages that fail them do not exist for whoever asks. */
	readonly ofPages: readonly Condition[];
	readonly ofReaders: readonly Condition[];
}

/** The conditions of a scope, the authors' before the rest. */
export function scopeConditions({ authors, filters }: Scope): ScopeConditions {
	const ofPages: readonly Condition[] =
		authors === null ? [] : [{ dimension: 'author', operator: 'is', values: authors }];
	return {
		ofPages: [...ofPages, ...filters.filter(isOfPages)],
		ofReaders: filters.filter((filter) => !isOfPages(filter))
	};
}

/** Whether a filter is decided by the page and its post alone. */
export function isOfPages({ dimension }: Pick<Condition, 'dimension'>): boolean {
	const column = DIMENSIONS[dimension].columns.readings;
	return column === 'f.post_id' || column === 'f.page';
}

/** What a page and the id of its post, null where it is none, must pass to exist within a scope. */
export function pageConditions(
	conditions: readonly Condition[],
	site: number,
	{ page, post }: { readonly page: Sql; readonly post: Sql }
): readonly Sql[] {
	return conditions.map((condition) =>
		matches(
			DIMENSIONS[condition.dimension],
			condition.dimension === 'page' ? page : post,
			condition,
			sql`${site}`
		)
	);
}
