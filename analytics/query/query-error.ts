import type { QueryError } from '../engine-contract.ts';

/** What is wrong with the field at a path below `#/`: what was given and what is allowed. */
export function queryError(path: string, given: string, allowed: string): QueryError {
	const [field = path] = path.split('/');
	return {
		path: `#/${path}`,
		given,
		allowed,
		message: `"${given}" is no ${field}. Allowed: ${allowed}.`
	};
}
