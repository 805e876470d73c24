import { readFacts } from '../query/compile.ts';
import { isWholeSite } from '../query/scope.ts';
import { summedIn } from '../query/summed-in.ts';
import type { StoreRow } from '../stores/event-store.ts';
import {
	MONTHLY_PLACEMENT_SUMS,
	MONTHLY_POST_SUMS,
	PLACEMENT_SUMS,
	placementSums,
	POST_PART,
	POST_SUMS,
	postSums,
	type PostFacts,
	type PostPart
} from '../stores/post-sums.ts';
import { isUnrolled } from '../stores/rollups.ts';
import { join, raw, sql, type Sql } from '../stores/sql.ts';
import type { ReportContext } from './definition.ts';

type Context = Pick<ReportContext, 'site' | 'store' | 'query' | 'scope'>;

interface Sums {
	readonly tables: { readonly daily: string; readonly monthly: string };
	readonly keys: Sql;
	readonly count: string;
	/** What the rows kept of all sums must be. */
	readonly condition: Sql;
	readonly rows: (facts: PostFacts) => Sql;
}

/** Some counts of a post over the range, by key: see `POST_PART`. */
export async function postSumsOf(
	postId: number,
	context: Context,
	parts: readonly PostPart[]
): Promise<readonly { readonly part: PostPart; readonly key: number; readonly n: number }[]> {
	const rows = await sumsOf(postId, context, {
		tables: { daily: POST_SUMS, monthly: MONTHLY_POST_SUMS },
		keys: raw('part, key'),
		count: 'n',
		condition: raw(`f.part in (${parts.map((part) => POST_PART[part]).join(', ')})`),
		rows: (facts) => postSums(parts, facts)
	});
	return rows.flatMap((row) => {
		const part = parts.find((name) => POST_PART[name] === row['part']);
		return part === undefined ? [] : [{ part, key: Number(row['key']), n: Number(row['n']) }];
	});
}

/** Readers of a post over the range who saw a placement's calls to action, by placement and depth reached. */
export async function placementSumsOf(
	postId: number,
	context: Context
): Promise<readonly { readonly placement: string; readonly depth: number; readonly n: number }[]> {
	const rows = await sumsOf(postId, context, {
		tables: { daily: PLACEMENT_SUMS, monthly: MONTHLY_PLACEMENT_SUMS },
		keys: raw('placement, depth'),
		count: 'readers',
		condition: raw('true'),
		rows: placementSums
	});
	return rows.map((row) => ({
		placement: String(row['placement']),
		depth: Number(row['depth']),
		n: Number(row['n'])
	}));
}

/** From the sums and the days that are not summed up; where readers are filtered, from the facts. */
function sumsOf(
	postId: number,
	{ site, store, query, scope }: Context,
	{ tables, keys, count, condition, rows }: Sums
): Promise<readonly StoreRow[]> {
	const { from, to } = query;
	const range = query;
	const isSummed =
		query.filters.length === 0 &&
		query.since === undefined &&
		isWholeSite({ ...scope, band: true });
	const ofFacts = (among: Pick<PostFacts, 'rows' | 'where'>): Sql => {
		const own = rows({
			rows: among.rows,
			where: (fact, step) =>
				step === undefined
					? sql`${among.where(fact)} and f.post_id = ${postId}`
					: sql`${among.where(fact)} and (f.visitor, f.visit) in (
					select (f.visitor, f.visit) from ${among.rows('views')} f
					where ${among.where('views')} and f.post_id = ${postId})`
		});
		return sql`select ${keys}, ${raw(count)} from (${own}) where post_id = ${postId}`;
	};
	return store.query((unrolled) => {
		const waiting = unrolled(site.id);
		const days = waiting.filter((day) => day >= from && day <= to);
		const parts = isSummed
			? [
					...summedIn(tables, { range, interval: 'day', by: [], unrolled: waiting }).map(
						(part) => sql`
						select ${keys}, ${raw(count)} from ${raw(part.table)} f
						where f.site_id = ${site.id} and ${part.days} and f.post_id = ${postId} and ${condition}`
					),
					...(days.length === 0
						? []
						: [
								ofFacts({
									rows: raw,
									where: () => sql`f.site_id = ${site.id} and ${isUnrolled(site.id, days)}`
								})
							])
				]
			: [ofFacts(readFacts({ site: site.id, range, filters: query.filters, scope }))];
		return sql`
			select ${keys}, sum(${raw(count)})::double as n
			from (${join(parts, ' union all ', `select null as a where false`)})
			group by ${keys}`;
	});
}
