import { NUMBERED_COLUMNS, NUMBERING_JOINS, NUMBERS } from '../numbered.ts';
import { raw } from '../sql.ts';
import type { Write } from './write.ts';

/**
 * Gives the visitors and page views of the temporary table `incoming` their numbers: new tables `met (site_id, day, id,
 * visitor)` and `met_views (visitor, id, page_view)`.
 */
export async function identify(write: Write): Promise<void> {
	await write(
		raw(`create or replace temporary table met as
			with people as (
				select site_id, day, visitor as id, min(position) as position, max(received) as received
				from incoming group by site_id, day, visitor
			)
			select p.site_id, p.day, p.id, p.received, known.visitor is null as is_new,
				coalesce(known.visitor, (select next_seq from state) + p.position) as visitor
			from people p left join visitor_ids known using (site_id, day, id)`)
	);
	await write(
		raw(`insert into visitor_ids
			select site_id, day, id, visitor, received from met where is_new order by visitor`)
	);
	await write(
		raw(`create or replace temporary table met_views as
			with views as (
				select met.visitor, e.page_view as id, min(e.position) as position, max(e.received) as received
				from incoming e
				join met on met.site_id = e.site_id and met.day = e.day and met.id = e.visitor
				where e.page_view is not null
				group by met.visitor, e.page_view
			),
			counted as (
				select visitor, max(page_view) as views from page_view_ids semi join met using (visitor) group by visitor
			),
			looked_up as (
				select v.*, known.page_view as known_as
				from views v left join page_view_ids known using (visitor, id)
			)
			select l.visitor, l.id, l.received, l.known_as is null as is_new,
				coalesce(l.known_as, coalesce(c.views, 0)
					+ row_number() over (partition by l.visitor, l.known_as is null order by l.position))::integer as page_view
			from looked_up l left join counted c using (visitor)`)
	);
	await write(
		raw(`insert into page_view_ids
			select visitor, id, page_view, received from met_views where is_new order by visitor`)
	);
}

/** The rows of `incoming` as rows of `events`, in an order. */
export function identifiedEvents(order: string): string {
	return eventsOf(`, ${NUMBERED_COLUMNS}`, `, ${NUMBERS}`, NUMBERING_JOINS, order);
}

/** The same of rows that have the numbers of their origins and clients. */
export function numberedEvents(order: string): string {
	return eventsOf('', '', '', order);
}

function eventsOf(texts: string, numbers: string, joins: string, order: string): string {
	return `
		select e.* exclude (position, received, id${texts})
			replace ((select next_seq from state) + e.position as seq, met.visitor as visitor, v.page_view as page_view)
			${numbers}
		from incoming e
		join met on met.site_id = e.site_id and met.day = e.day and met.id = e.visitor
		left join met_views v on v.visitor = met.visitor and v.id = e.page_view
		${joins}
		order by ${order}`;
}
