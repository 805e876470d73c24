import { readFacts } from '../query/compile.ts';
import { sql } from '../stores/sql.ts';
import type { ReportContext } from './definition.ts';

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
	{ site, store, query, scope }: Pick<ReportContext, 'site' | 'store' | 'query' | 'scope'>
): Promise<readonly PlacementSeen[]> {
	const facts = readFacts({ site: site.id, range: query, filters: query.filters, scope });
	const rows = await store.query(sql`
		with reached as (
			select day, visitor, max(coalesce(depth, 0)) as depth
			from ${facts.rows('views')} f where ${facts.where('views')} and f.post_id = ${postId} and f.measured
			group by day, visitor
		),
		seen as (
			select distinct day, visitor, placement
			from ${facts.rows('cta_exposures')} f
			where ${facts.where('cta_exposures')} and f.post_id = ${postId} and f.impressions > 0
		)
		select placement, count(*) as readers, count(*)::double / (select count(*) from reached) as share,
			case when count(*) >= ${LEAST_READERS} then quantile_disc(depth, 0.05) end as depth
		from seen join reached using (day, visitor)
		group by placement
		order by depth nulls last, readers desc, placement`);
	return rows.map((row) => ({
		placement: typeof row['placement'] === 'string' ? row['placement'] : '',
		readers: Number(row['readers']),
		share: Number(row['share']),
		depth: row['depth'] === null ? null : Number(row['depth'])
	}));
}
