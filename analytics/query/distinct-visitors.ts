import { DISTINCT_VISITORS } from '../metrics.ts';

const FILTERED = / filter \(where (.*)\)$/;

/**
 * An aggregate that counts visitors of single days, over rows of a fact that says which are a visitor's only one:
 * those are counted as they are, so that few are left to be told apart. Other aggregates stay.
 */
export function countOfVisitors(aggregate: string): string {
	if (!aggregate.startsWith(DISTINCT_VISITORS)) return aggregate;
	const condition = FILTERED.exec(aggregate.slice(DISTINCT_VISITORS.length))?.[1];
	const and = condition === undefined ? '' : ` and ${condition}`;
	return `count(*) filter (where f.alone${and})
		+ ${DISTINCT_VISITORS} filter (where not f.alone${and})`;
}
