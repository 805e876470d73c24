import { DIMENSIONS, type DimensionId } from '../dimensions.ts';
import type { MetricId } from '../metrics.ts';
import type { DateRange } from '../reports/result.ts';
import { identifier, join, raw, sql, type Sql } from '../stores/sql.ts';
import { WHOLE_FACTS, type FactSource } from './fact-source.ts';
import { filterConditions, type StoredFact } from './filter-condition.ts';
import type { Condition } from './filter-tree.ts';
import { pageConditions, scopeConditions } from './scope-conditions.ts';
import type { Scope } from './scope.ts';

interface Asked {
	readonly site: number;
	readonly range: DateRange;
	readonly scope: Scope;
	/** By which rows are grouped or filtered: what else a row says is not looked at. */
	readonly dimensions: readonly DimensionId[];
	readonly metrics?: readonly MetricId[];
}

interface Part extends Pick<Asked, 'site' | 'range'> {
	readonly ofPages: readonly Condition[];
	readonly ofReaders: readonly Condition[];
	readonly hides: ReadonlySet<Hidden>;
	readonly counts: ReadonlySet<MetricId>;
}

/** What a row may say of pages that do not exist within the scope. */
type Hidden = 'origin' | 'client' | 'entry_page' | 'exit_page';

/** Stands for what brought a visit that began on another page of the blog: for these readers the blog itself did. */
const INTERNAL_ORIGIN = -1;

/**
 * Facts as a scope leaves them (docs/adr/0016): rows of its pages alone, and in these nothing of other pages. Reads
 * whole facts where the scope is the whole site.
 */
export function factsWithin({ site, range, scope, dimensions, metrics = [] }: Asked): FactSource {
	const { ofPages, ofReaders } = scopeConditions(scope);
	if (ofPages.length + ofReaders.length === 0) return WHOLE_FACTS;
	const hides = new Set(ofPages.length === 0 ? [] : dimensions.flatMap(hiddenBy));
	const part: Part = { site, range, ofPages, ofReaders, hides, counts: new Set(metrics) };
	return {
		rows: (fact) => {
			switch (fact) {
				case 'views':
				case 'readings':
				case 'cta_exposures':
					return rowsOfPages(fact, part);
				case 'visits':
					return visits(part);
				case 'conversions':
					return conversions(part);
				case 'events':
					return events(part);
			}
		},
		numbers: (table) => {
			if (table === 'origins' && hides.has('origin')) return raw(ORIGINS);
			return table === 'clients' && hides.has('client') ? raw(CLIENTS) : WHOLE_FACTS.numbers(table);
		}
	};
}

/** What rows say of other pages where they are grouped or filtered by a dimension. */
export function hiddenBy(dimension: DimensionId): readonly Hidden[] {
	if (dimension === 'entry_page' || dimension === 'exit_page') return [dimension];
	if (dimension === 'hostname') return ['client'];
	return DIMENSIONS[dimension].numbered?.table === 'origins' ? ['origin'] : [];
}

/** Numbers below zero are those of visits that began elsewhere on the blog. */
const ORIGINS = `(
		select origin, referrer, source, channel, utm_source, utm_medium, utm_campaign, utm_content, utm_term
		from origins
		union all select ${INTERNAL_ORIGIN}, null, 'Internal', 'Internal', null, null, null, null, null) origins`;
const CLIENTS = `(
		select client, country, device, browser, os, hostname from clients
		union all select -1 - client, country, device, browser, os, null from clients) clients`;

const daysOf = (alias: string, { site, range }: Part): Sql =>
	sql`${raw(alias)}.site_id = ${site} and ${raw(alias)}.day >= ${range.from}::date and ${raw(alias)}.day <= ${range.to}::date`;

const ofPage = (part: Part, page: string, post: string): readonly Sql[] =>
	pageConditions(part.ofPages, part.site, { page: raw(page), post: raw(post) });

const ofReaders = (
	fact: StoredFact,
	{ site, range, ofReaders: conditions }: Part
): readonly Sql[] => filterConditions(fact, conditions, { site, range, from: WHOLE_FACTS });

function rowsOfPages(fact: 'views' | 'readings' | 'cta_exposures', part: Part): Sql {
	const entered = (number: 'origin' | 'client'): Sql => sql`(f.visitor, f.${raw(number)}) in (
			select (v.visitor, v.${raw(number)}) from visits v
			left join posts entry on entry.site_id = v.site_id and entry.path = v.entry_page
			where ${join([daysOf('v', part), ...ofPage(part, 'v.entry_page', 'entry.post_id')], ' and ')})`;
	return sql`(
		select f.*${replaced(part, entered)} from ${identifier(fact)} f
		where ${join([daysOf('f', part), ...ofPage(part, 'f.page', 'f.post_id'), ...ofReaders(fact, part)], ' and ')})`;
}

/** What is put in place of a row's numbers where its visit began on a page that is hidden. */
function replaced(
	{ hides }: Part,
	entered: (number: 'origin' | 'client') => Sql,
	others: readonly Sql[] = []
): Sql {
	const columns = [
		...(hides.has('origin')
			? [
					sql`case when ${entered('origin')} then f.origin else ${raw(String(INTERNAL_ORIGIN))} end as origin`
				]
			: []),
		...(hides.has('client')
			? [sql`case when ${entered('client')} then f.client else -1 - f.client end as client`]
			: []),
		...others
	];
	return columns.length === 0 ? raw('') : sql` replace (${join(columns, ', ')})`;
}

/** Visits with a view of one of the pages; what they did elsewhere is not counted. */
function visits(part: Part): Sql {
	const { hides, counts } = part;
	if (part.ofPages.length === 0)
		return sql`(
		select f.* from visits f where ${join([daysOf('f', part), ...ofReaders('visits', part)], ' and ')})`;
	const isSeen = (page: string, post: string): Sql => join(ofPage(part, page, post), ' and ');
	const entered = isSeen('f.entry_page', 'entry.post_id');
	const others = [
		...(hides.has('entry_page')
			? [sql`case when ${entered} then f.entry_page end as entry_page`]
			: []),
		...(hides.has('exit_page')
			? [
					sql`case when ${isSeen('f.exit_page', 'leaving.post_id')} then f.exit_page end as exit_page`
				]
			: []),
		...(counts.has('visit_page_views') ? [raw('own.views as page_views')] : []),
		...(counts.has('visit_seconds') ? [raw('f.ts + coalesce(timed.duration, 0) as last_ts')] : [])
	];
	const joins = [
		raw('left join posts entry on entry.site_id = f.site_id and entry.path = f.entry_page'),
		raw('left join posts leaving on leaving.site_id = f.site_id and leaving.path = f.exit_page'),
		...(counts.has('visit_seconds')
			? [
					sql`left join (
			select v.visitor, v.visit, max(e.ts) - min(e.ts) as duration
			from ${events(part)} e
			join visits v on ${daysOf('v', part)} and v.visitor = e.visitor and e.ts >= v.ts and e.ts <= v.last_ts
			group by v.visitor, v.visit) timed on timed.visitor = f.visitor and timed.visit = f.visit`
				]
			: [])
	];
	return sql`(
		select f.*${replaced(part, () => entered, others)}
		from visits f
		join (
			select o.visitor, o.visit, count(*) as views from ${rowsOfPages('views', { ...part, hides: new Set() })} o
			group by o.visitor, o.visit
		) own on own.visitor = f.visitor and own.visit = f.visit
		${join(joins, ' ')}
		where ${join([daysOf('f', part), ...ofReaders('visits', part)], ' and ')})`;
}

/** Conversions on the pages, and of the posts viewed before each those that are seen. */
function conversions(part: Part): Sql {
	const { site, ofPages } = part;
	const readers = sql`(f.visitor, f.page) in (
			select (o.visitor, o.page) from ${rowsOfPages('readings', { ...part, hides: new Set() })} o)`;
	if (ofPages.length === 0)
		return sql`(select f.* from conversions f where ${daysOf('f', part)} and ${readers})`;
	return sql`(
		select f.* replace (
			list_filter(f.posts, lambda post: list_contains(seen.ids, post)) as posts,
			case when list_contains(seen.ids, f.last_post_id) then f.last_post_id end as last_post_id)
		from conversions f, (
			select coalesce(list(p.post_id), []) as ids from posts p
			where ${join([sql`p.site_id = ${site}`, ...ofPage(part, 'p.path', 'p.post_id')], ' and ')}) seen
		where ${daysOf('f', part)} and ${readers})`;
}

/** Events on the pages, whatever path they were sent with. Whose events they are, the visits know. */
function events(part: Part): Sql {
	if (part.ofPages.length === 0) return WHOLE_FACTS.rows('events');
	const page = 'coalesce(post.path, fold.folded, e.page)';
	return sql`(
		select e.* from events e
		left join page_folds fold on fold.site_id = e.site_id and fold.page = e.page
		left join post_paths known on known.site_id = e.site_id and known.page = coalesce(fold.folded, e.page)
		left join posts post on post.site_id = known.site_id and post.post_id = known.post_id
		where ${join([daysOf('e', part), ...ofPage(part, page, 'known.post_id')], ' and ')})`;
}
