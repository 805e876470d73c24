import type { Dimension } from '../dimensions.ts';
import type { Fact } from '../stores/schema.ts';
import { identifier, raw, type Sql } from '../stores/sql.ts';

/** What rows of facts have numbers of. */
export type NumberTable = NonNullable<Dimension['numbered']>['table'];

/** Where the facts of a question are read from: the one way to any of them, so that a scope holds for them all. */
export interface FactSource {
	/** What stands after `from`, without its alias. */
	readonly rows: (fact: Fact | 'events') => Sql;
	/** What the numbers in those rows stand for, under the table’s own name. */
	readonly numbers: (table: NumberTable) => Sql;
}

/** Everything that there is. */
export const WHOLE_FACTS: FactSource = {
	rows: (fact) => (fact === 'events' ? raw(fact) : identifier(fact)),
	numbers: raw
};
