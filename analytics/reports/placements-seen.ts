import type { ReportContext } from './definition.ts';
import { placementSumsOf, postSumsOf } from './post-sums-of.ts';

/** How far down readers came who saw a placement's calls to action. */
export interface PlacementSeen {
	/** As the page names it; empty where it does not. */
	readonly placement: string;
	/** Measured readers with a viewable impression there: distinct (visitor, day). */
	readonly readers: number;
	/** Of all measured readers of the post, 0 to 1. */
	readonly share: number;
	/**
	 * Per cent of the article that 95 % of them reached or passed: about where it stands, if it scrolls with the text.
	 * Null where fewer than 20 saw it.
	 */
	readonly depth: number | null;
}

/** Fewer readers have no 5th percentile. */
const LEAST_READERS = 20;

/** The placements of a post by how far down they were seen, the highest first. */
export async function placementsSeen(
	postId: number,
	context: Pick<ReportContext, 'site' | 'store' | 'query' | 'scope'>
): Promise<readonly PlacementSeen[]> {
	const [depths, sums] = await Promise.all([
		postSumsOf(postId, context, ['depth']),
		placementSumsOf(postId, context)
	]);
	const measured = depths.reduce((sum, { n }) => sum + n, 0);
	const seen = [...Map.groupBy(sums, ({ placement }) => placement)].map(([placement, steps]) => {
		const readers = steps.reduce((sum, { n }) => sum + n, 0);
		const depth = readers >= LEAST_READERS ? fifthPercentile(steps, readers) : null;
		return { placement, readers, share: readers / measured, depth };
	});
	const last = Number.POSITIVE_INFINITY;
	return seen.sort(
		(a, b) =>
			(a.depth === b.depth ? 0 : (a.depth ?? last) - (b.depth ?? last)) ||
			b.readers - a.readers ||
			(a.placement < b.placement ? -1 : 1)
	);
}

/** The least depth that a twentieth of the readers, rounded up, did not pass. */
function fifthPercentile(
	steps: readonly { readonly depth: number; readonly n: number }[],
	readers: number
): number | null {
	const wanted = readers - Math.floor((readers * 95) / 100);
	let passed = 0;
	for (const { depth, n } of [...steps].sort((a, b) => a.depth - b.depth)) {
		passed += n;
		if (passed >= wanted) return depth;
	}
	return null;
}
