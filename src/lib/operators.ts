import type { Filter } from '#analytics';

/** The operators of a filter in words. */
export const OPERATOR_LABELS: Readonly<Record<Filter['operator'], string>> = {
	is: 'is',
	is_not: 'is not',
	contains: 'contains',
	contains_not: 'does not contain',
	matches: 'matches'
};
