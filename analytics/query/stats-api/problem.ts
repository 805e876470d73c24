import type { QueryError } from '../../engine-contract.ts';
import { shown } from './schema.ts';

/** One thing wrong with a query. */
export interface Problem extends QueryError {
	/** What goes wrong between fields: said without a path, as Plausible does. */
	readonly isGeneral?: true;
}

export function problem(path: string, given: unknown, allowed: string, message: string): Problem {
	return { path, given: shown(given), allowed, message };
}

/** What `error` says: each problem with its path, a line each. */
export function errorText(problems: readonly Problem[]): string {
	return problems
		.map(({ path, message, isGeneral }) => (isGeneral === true ? message : `${path}: ${message}`))
		.join('\n');
}
