import type { DimensionId } from '../dimensions.ts';
import type { GoalId } from './goals.ts';

/** One test of a dimension; several values are OR. */
export interface Condition {
	readonly dimension: DimensionId;
	readonly operator: 'is' | 'is_not' | 'contains' | 'contains_not' | 'matches' | 'matches_not';
	readonly values: readonly string[];
	/** Where it is not said, only `contains` and `contains_not` ignore case. */
	readonly caseSensitive?: boolean;
}

/** Rows on which one of the goals was reached, or whose visit reached one somewhere. */
export interface GoalCondition {
	readonly goals: readonly GoalId[];
	readonly within: 'row' | 'visit';
}

/** Conditions, and groups of them. */
export type FilterTree =
	| Condition
	| GoalCondition
	| { readonly all: readonly FilterTree[] }
	| { readonly any: readonly FilterTree[] }
	| { readonly not: FilterTree };

/** The conditions of a tree, in order. */
export function leavesOf(tree: FilterTree): readonly (Condition | GoalCondition)[] {
	if ('all' in tree) return tree.all.flatMap(leavesOf);
	if ('any' in tree) return tree.any.flatMap(leavesOf);
	if ('not' in tree) return leavesOf(tree.not);
	return [tree];
}
