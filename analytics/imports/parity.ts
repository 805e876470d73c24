import { VISIT_GAP_MS } from '../stores/facts.ts';
import type { EventStore } from '../stores/event-store.ts';
import type { ImportRecord } from '../stores/import-store.ts';
import { raw, sql, type Sql } from '../stores/sql.ts';
import type { Cell, Row } from '../reports/result.ts';
import { formatNamed } from './formats.ts';

/** Metrics that both know, with Byline's own fact and aggregate, and why the two may differ. */
const METRICS = [
	{
		id: 'visitors',
		fact: 'visits',
		own: 'count(distinct (f.day, f.visitor))',
		cause:
			'Salts change each day here, and bots are told by other lists: who came on two days is two visitors.'
	},
	{
		id: 'visits',
		fact: 'visits',
		own: 'count(*)',
		cause: 'A visit ends here at local midnight and after 30 minutes without an event.'
	},
	{
		id: 'page_views',
		fact: 'views',
		own: 'count(*)',
		cause: 'Bots are told by other lists, and a page that did not load the script was not counted.'
	},
	{
		id: 'bounces',
		fact: 'visits',
		own: 'count(*) filter (where f.bounced)',
		cause:
			'A visit of one page is no bounce here after 10 seconds of reading, or with a conversion.'
	}
] as const;

/** The same for logs, whose lines are events. */
const LOG_CAUSES = {
	visitors:
		'A log knows address and User-Agent of all who asked, and its visitors have a salt of their own.',
	visits:
		'Visits of a log end with the last page that was asked for, and follow from its visitors.',
	page_views:
		'A log has pages that did not load the script, asked for ahead or by bots without a known name; pages from a cache are not in it.'
} as const;

/** Columns of the parity report. */
export const PARITY_COLUMNS = [
	'metric',
	'path',
	'imported',
	'byline',
	'difference',
	'cause'
] as const;

/**
 * The figures of an import beside Byline's own of the same days: of the whole site for each metric, then page views of
 * each page, those that differ most first. Days that only one of the two has are not compared.
 */
export async function parityOf(
	store: Pick<EventStore, 'query'>,
	record: ImportRecord
): Promise<readonly Row[]> {
	const others = sql`
		select distinct day from events
		where site_id = ${record.site} and import_id is distinct from ${record.id}`;
	if (formatNamed(record.format).kind === 'events') return eventParity(store, record, others);
	const days = sql`
		select distinct day from imported where import_id = ${record.id} and day is not null
		intersect ${others}`;
	const rows: Row[] = [];
	for (const { id, fact, own, cause } of METRICS) {
		const [row] = await store.query(sql`
			with days as (${days}),
			whole as (
				select * from imported i semi join days using (day)
				where import_id = ${record.id} and (dimension = 'site' or dimension = 'page' and not exists (
					select 1 from imported o where o.import_id = i.import_id and o.dimension = 'site'))
			)
			select (select sum(${raw(id)})::double from whole) as imported,
				(select ${raw(own)}::double from ${raw(fact)} f semi join days using (day)
					where f.site_id = ${record.site}) as byline`);
		if (typeof row?.['imported'] === 'number')
			rows.push(compared(id, null, row['imported'], row['byline'], cause));
	}
	rows.push(...(await byPage(store, record, days)));
	return rows;
}

async function byPage(
	store: Pick<EventStore, 'query'>,
	record: ImportRecord,
	days: Sql
): Promise<readonly Row[]> {
	const rows = await store.query(sql`
		with days as (${days}),
		theirs as (
			select coalesce(post.path, fold.folded, i.value) as path, sum(i.page_views)::double as imported
			from imported i semi join days using (day)
			left join page_folds fold on fold.site_id = i.site_id and fold.page = i.value
			left join post_paths known
				on known.site_id = i.site_id and known.page = coalesce(fold.folded, i.value)
			left join posts post on post.site_id = i.site_id and post.post_id = known.post_id
			where i.import_id = ${record.id} and i.dimension = 'page' and i.page_views is not null
			group by all
		),
		ours as (
			select f.page as path, count(*)::double as byline
			from views f semi join days using (day) where f.site_id = ${record.site} group by all
		)
		select path, coalesce(imported, 0) as imported, coalesce(byline, 0) as byline
		from theirs full join ours using (path)
		where exists (from theirs)
		order by abs(coalesce(imported, 0) - coalesce(byline, 0)) desc, path`);
	return rows.map((row) =>
		compared(
			'page_views',
			String(row['path']),
			Number(row['imported']),
			row['byline'],
			METRICS[2].cause
		)
	);
}

/** Lines of logs are events: what they alone would say, beside what all other events say. */
async function eventParity(
	store: Pick<EventStore, 'query'>,
	record: ImportRecord,
	others: Sql
): Promise<readonly Row[]> {
	const viewed = sql`
		with days as (
			select distinct day from events where site_id = ${record.site} and import_id = ${record.id}
			intersect ${others}
		),
		viewed as (
			select e.page, e.day, e.visitor, e.import_id is not distinct from ${record.id} as is_imported,
				coalesce(e.ts - lag(e.ts) over (
					partition by e.import_id is not distinct from ${record.id}, e.day, e.visitor order by e.ts
				) > ${VISIT_GAP_MS}, true) as begins
			from events e semi join days using (day)
			where e.site_id = ${record.site} and e.name = 'pageview'
		)`;
	const whole = await store.query(sql`${viewed}
		select is_imported, count(distinct (day, visitor))::double as visitors,
			count(*) filter (where begins)::double as visits, count(*)::double as page_views
		from viewed group by is_imported`);
	const pages = await store.query(sql`${viewed}
		select coalesce(post.path, fold.folded, v.page) as path,
			count(*) filter (where is_imported)::double as imported,
			count(*) filter (where not is_imported)::double as byline
		from viewed v
		left join page_folds fold on fold.site_id = ${record.site} and fold.page = v.page
		left join post_paths known
			on known.site_id = ${record.site} and known.page = coalesce(fold.folded, v.page)
		left join posts post on post.site_id = ${record.site} and post.post_id = known.post_id
		group by all order by abs(imported - byline) desc, path`);
	const [theirs, ours] = [true, false].map((is) => whole.find((row) => row['is_imported'] === is));
	if (theirs === undefined || ours === undefined) return [];
	return [
		...(['visitors', 'visits', 'page_views'] as const).map((id) =>
			compared(id, null, Number(theirs[id]), ours[id], LOG_CAUSES[id])
		),
		...pages.map(({ path, imported, byline }) =>
			compared('page_views', String(path), Number(imported), byline, LOG_CAUSES.page_views)
		)
	];
}

function compared(
	metric: string,
	path: string | null,
	imported: number,
	own: unknown,
	cause: string
): Row {
	const byline = Number(own);
	const difference: Cell = byline - imported;
	return { metric, path, imported, byline, difference, cause: difference === 0 ? null : cause };
}
