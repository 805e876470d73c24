import { keysOf } from '../keys-of.ts';
import type { RolledFact } from './rollups.ts';
import { join, raw, sql, textOf, type Sql } from './sql.ts';

/** Sums of days of each post, of what its screen shows beside metrics: a row for each part and key. */
export const POST_SUMS = 'post_sums';
/** The same by month, `day` being the first. */
export const MONTHLY_POST_SUMS = 'monthly_post_sums';
/** Readers of each post by placement whose calls to action they saw, and the depth they reached. */
export const PLACEMENT_SUMS = 'placement_sums';
export const MONTHLY_PLACEMENT_SUMS = 'monthly_placement_sums';

/** What a row of `post_sums` counts; `key` is 0 where it is not said. Kept in the store. */
export const POST_PART = {
	readers: 0,
	reads: 1,
	exposed: 2,
	clicked: 3,
	subscribed: 4,
	/** Measured readers by the tenth of the article they reached, 0 to 10. */
	depth: 5,
	/** Visits by the post they went to next. */
	next: 6
} as const;

/** A thing that `post_sums` counts. */
export type PostPart = keyof typeof POST_PART;

/** Where rows `f` of a fact are read, and which; `step`: views of posts before and after them too. */
export interface PostFacts {
	readonly rows: (fact: RolledFact) => Sql;
	readonly where: (fact: RolledFact, step?: 'step') => Sql;
}

/** How deep each measured reader of each post came on a day. */
const reached = (facts: PostFacts): Sql => sql`
	select f.site_id, f.day, f.post_id, f.visitor, max(coalesce(f.depth, 0)) as depth
	from ${facts.rows('views')} f where ${facts.where('views')} and f.post_id is not null and f.measured
	group by f.site_id, f.day, f.post_id, f.visitor`;

/** Where each part comes from: columns of the post, then part, key and count. */
const PARTS: Readonly<Record<PostPart, (facts: PostFacts) => Sql>> = {
	readers: (facts) => ofReadings('readers', 'f.views > 0', facts),
	exposed: (facts) => ofReadings('exposed', 'f.cta_seen', facts),
	clicked: (facts) => ofReadings('clicked', 'f.cta_clicked', facts),
	subscribed: (facts) => ofReadings('subscribed', 'f.subscribed', facts),
	reads: (facts) => sql`
		select f.site_id, f.day, f.post_id, ${part('reads')} as part, 0 as key, count(distinct f.visitor) as n
		from ${facts.rows('views')} f where ${facts.where('views')} and f.post_id is not null and f.is_read
		group by all`,
	depth: (facts) => sql`
		select site_id, day, post_id, ${part('depth')} as part, depth // 10 as key, count(*) as n
		from (${reached(facts)})
		group by all`,
	next: (facts) => sql`
		select site_id, day, post_id, ${part('next')} as part, next_post as key,
			count(distinct (visitor, visit)) as n
		from (
			select f.site_id, f.day, f.visitor, f.visit, f.post_id,
				lead(f.post_id) over (partition by f.visitor, f.visit order by f.n) as next_post
			from ${facts.rows('views')} f where ${facts.where('views', 'step')} and f.post_id is not null
		)
		where next_post <> post_id
		group by all`
};

function part(name: PostPart): Sql {
	return raw(String(POST_PART[name]));
}

/** A post has one reading of a visitor and day. */
function ofReadings(name: PostPart, condition: string, facts: PostFacts): Sql {
	return sql`
		select f.site_id, f.day, f.post_id, ${part(name)} as part, 0 as key, count(*) as n
		from ${facts.rows('readings')} f where ${facts.where('readings')} and f.post_id is not null and ${raw(condition)}
		group by all`;
}

/** The rows of `post_sums` that some rows of the facts make. */
export function postSums(parts: readonly PostPart[], facts: PostFacts): Sql {
	const each = parts.map((name) => PARTS[name](facts));
	return sql`
		select site_id, day, post_id, part::utinyint as part, key::integer as key, n
		from (${join(each, ' union all ')})`;
}

/** The rows of `placement_sums` that some rows of the facts make. */
export function placementSums(facts: PostFacts): Sql {
	return sql`
		select s.site_id, s.day, s.post_id, s.placement, r.depth::utinyint as depth, count(*) as readers
		from (
			select distinct f.site_id, f.day, f.post_id, f.visitor, f.placement
			from ${facts.rows('cta_exposures')} f
			where ${facts.where('cta_exposures')} and f.post_id is not null and f.impressions > 0
		) s
		join (${reached(facts)}) r on r.visitor = s.visitor and r.post_id = s.post_id
		group by all`;
}

/** Days are summed up of one site at a time. Apart, so that blocks of other days are not read. */
const ROLLING: PostFacts = {
	rows: raw,
	where: () =>
		raw('f.site_id in (select site_id from rolling) and f.day in (select day from rolling)')
};

interface Sums {
	readonly table: string;
	readonly monthly: string;
	readonly keys: string;
	readonly count: string;
	readonly columns: string;
	readonly rows: (facts: PostFacts) => Sql;
}

const SUMS: readonly Sums[] = [
	{
		table: POST_SUMS,
		monthly: MONTHLY_POST_SUMS,
		keys: 'post_id, part, key',
		count: 'n',
		columns:
			'post_id integer not null, part utinyint not null, key integer not null, n bigint not null',
		rows: (facts) => postSums(keysOf(POST_PART), facts)
	},
	{
		table: PLACEMENT_SUMS,
		monthly: MONTHLY_PLACEMENT_SUMS,
		keys: 'post_id, placement, depth',
		count: 'readers',
		columns:
			'post_id integer not null, placement varchar not null, depth utinyint not null, readers bigint not null',
		rows: placementSums
	}
];

/** Statements that sum up the days of the temporary table `rolling (site_id, day)`. */
export function postSumStatements(prefix = ''): readonly string[] {
	return SUMS.map(
		({ table, keys, rows }) => `
		insert into ${prefix}${table}
		from (${textOf(rows(ROLLING))})
		order by site_id, ${keys}, day`
	);
}

/** How the months of the temporary table `whole (site_id, month)` follow from their days. */
export const POST_SUM_MONTHS = SUMS.map(({ table, monthly, keys, count }) => ({
	table: monthly,
	rollInto: (into: string) => `
		insert into ${into}
		select d.site_id, whole.month, ${keys}, sum(${count})::bigint
		from ${table} d
		join whole on whole.site_id = d.site_id and whole.month = date_trunc('month', d.day)
		group by d.site_id, whole.month, ${keys}
		order by d.site_id, ${keys}, whole.month`
}));

export const POST_SUM_TABLES: readonly string[] = SUMS.map(({ table }) => table);

export const POST_SUM_SCHEMA: readonly string[] = SUMS.flatMap(({ table, monthly, columns }) =>
	[table, monthly].map(
		(name) =>
			`create or replace table ${name} (site_id integer not null, day date not null, ${columns})`
	)
);
