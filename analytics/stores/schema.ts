/** A numbered step of the store's schema; a step that has been released is never changed. */
interface Migration {
	readonly number: number;
	readonly statements: readonly string[];
}

const VISIT_COLUMNS = `
	referrer varchar, source varchar, channel varchar,
	utm_source varchar, utm_medium varchar, utm_campaign varchar, utm_content varchar, utm_term varchar,
	country varchar, device varchar, browser varchar, os varchar, hostname varchar`;

export const MIGRATIONS: readonly Migration[] = [
	{
		number: 1,
		statements: [
			'create table state (segment bigint not null, "offset" bigint not null, next_seq bigint not null)',
			'insert into state values (0, 0, 1)',
			`create table events (
				site_id integer not null, day date not null, hour utinyint not null, ts bigint not null,
				seq bigint not null, visitor ubigint not null, name varchar not null, page varchar not null,
				hostname varchar, page_view ubigint, measured boolean, depth utinyint, engaged_ms bigint,
				ctas struct(id varchar, placement varchar, variant varchar)[], form varchar,
				referrer varchar, source varchar, channel varchar,
				utm_source varchar, utm_medium varchar, utm_campaign varchar, utm_content varchar, utm_term varchar,
				country varchar, device varchar, browser varchar, os varchar,
				props varchar, import_line ubigint
			)`,
			'create table event_ids (site_id integer not null, id uhugeint not null, received bigint not null)',
			'create table touched (site_id integer not null, day date not null, visitor ubigint)',
			`create table posts (
				site_id integer not null, post_id integer not null, path varchar not null, title varchar not null,
				published_at bigint, published_day date, word_count integer, comment_count integer, position integer
			)`,
			'create table post_paths (site_id integer not null, page varchar not null, post_id integer not null)',
			'create table post_topics (site_id integer not null, post_id integer not null, topic varchar not null)',
			'create table post_authors (site_id integer not null, post_id integer not null, author varchar not null)',
			`create table views (
				site_id integer not null, day date not null, hour utinyint not null, ts bigint not null,
				visitor ubigint not null, n integer not null, visit integer not null, page varchar not null,
				post_id integer, measured boolean not null, is_read boolean not null, engaged_ms bigint, depth utinyint,
				${VISIT_COLUMNS}
			)`,
			`create table readings (
				site_id integer not null, day date not null, hour utinyint not null, ts bigint not null,
				visitor ubigint not null, page varchar not null, post_id integer, first_view_at bigint,
				views integer not null, depth utinyint, visits integer not null, entrances integer not null,
				exits integer not null, recirculated_visits integer not null, subscribes integer not null,
				comments integer not null, subscribed boolean not null, converted boolean not null,
				cta_seen boolean not null, cta_clicked boolean not null,
				${VISIT_COLUMNS}
			)`,
			`create table visits (
				site_id integer not null, day date not null, hour utinyint not null, ts bigint not null,
				visitor ubigint not null, visit integer not null, entry_page varchar, exit_page varchar,
				page_views integer not null, engaged_ms bigint not null, bounced boolean not null,
				converted boolean not null, last_ts bigint not null,
				${VISIT_COLUMNS}
			)`,
			`create table cta_exposures (
				site_id integer not null, day date not null, hour utinyint not null, ts bigint not null,
				visitor ubigint not null, page varchar not null, post_id integer, cta varchar not null,
				placement varchar not null, variant varchar not null,
				eligible integer not null, impressions integer not null, clicks integer not null
			)`,
			`create table conversions (
				site_id integer not null, day date not null, hour utinyint not null, ts bigint not null,
				visitor ubigint not null, page varchar not null, post_id integer, posts integer[] not null
			)`
		]
	},
	{
		number: 2,
		statements: [
			// Days only: the visitors of a batch are settled with it.
			'drop table touched',
			'create table touched (site_id integer not null, day date not null)',
			// The last post viewed before the conversion; `posts` has them by their first view.
			'alter table conversions add column last_post_id integer',
			'insert into touched select distinct site_id, day from events'
		]
	},
	{
		number: 3,
		statements: [
			// Days whose facts are newer than their roll-ups: reports read the facts of those.
			'create table unrolled (site_id integer not null, day date not null)',
			'create table rollups (version varchar not null)'
		]
	},
	{
		number: 4,
		statements: [
			// Numbers in place of 64-bit hashes, which do not compress. The hashes are kept while they may come again.
			`create table visitor_ids (
				site_id integer not null, day date not null, id ubigint not null, visitor bigint not null,
				received bigint not null
			)`,
			`create table page_view_ids (
				visitor bigint not null, id ubigint not null, page_view integer not null, received bigint not null
			)`,
			`insert into visitor_ids
				with newest as (
					select coalesce(max(received), epoch_ms(current_timestamp::timestamp)) as received from event_ids
				)
				select site_id, day, visitor, min(seq), any_value(newest.received)
				from events, newest group by site_id, day, visitor`,
			`insert into page_view_ids
				select v.visitor, e.page_view,
					row_number() over (partition by v.visitor order by min(e.seq))::integer, any_value(v.received)
				from events e
				join visitor_ids v on v.site_id = e.site_id and v.day = e.day and v.id = e.visitor
				where e.page_view is not null
				group by v.visitor, e.page_view`,
			`create table numbered_events (
				site_id integer not null, day date not null, hour utinyint not null, ts bigint not null,
				seq bigint not null, visitor bigint not null, name varchar not null, page varchar not null,
				hostname varchar, page_view integer, measured boolean, depth utinyint, engaged_ms bigint,
				ctas struct(id varchar, placement varchar, variant varchar)[], form varchar,
				referrer varchar, source varchar, channel varchar,
				utm_source varchar, utm_medium varchar, utm_campaign varchar, utm_content varchar, utm_term varchar,
				country varchar, device varchar, browser varchar, os varchar,
				props varchar, import_line ubigint
			)`,
			`insert into numbered_events
				select e.* replace (v.visitor as visitor, p.page_view as page_view)
				from events e
				join visitor_ids v on v.site_id = e.site_id and v.day = e.day and v.id = e.visitor
				left join page_view_ids p on p.visitor = v.visitor and p.id = e.page_view
				order by e.rowid`,
			'drop table events',
			'alter table numbered_events rename to events',
			`delete from page_view_ids where visitor in (
				select visitor from visitor_ids where day < (select max(day) from visitor_ids) - 7)`,
			`create or replace table views (
				site_id integer not null, day date not null, hour utinyint not null, ts bigint not null,
				visitor bigint not null, n integer not null, visit integer not null, page varchar not null,
				post_id integer, measured boolean not null, is_read boolean not null, engaged_ms bigint, depth utinyint,
				${VISIT_COLUMNS}
			)`,
			// How long after `ts` the first view was, null without one: nearly always 0, where a time took four bytes.
			`create or replace table readings (
				site_id integer not null, day date not null, hour utinyint not null, ts bigint not null,
				visitor bigint not null, page varchar not null, post_id integer, first_view_after bigint,
				views integer not null, depth utinyint, visits integer not null, entrances integer not null,
				exits integer not null, recirculated_visits integer not null, subscribes integer not null,
				comments integer not null, subscribed boolean not null, converted boolean not null,
				cta_seen boolean not null, cta_clicked boolean not null,
				${VISIT_COLUMNS}
			)`,
			`create or replace table visits (
				site_id integer not null, day date not null, hour utinyint not null, ts bigint not null,
				visitor bigint not null, visit integer not null, entry_page varchar, exit_page varchar,
				page_views integer not null, engaged_ms bigint not null, bounced boolean not null,
				converted boolean not null, last_ts bigint not null,
				${VISIT_COLUMNS}
			)`,
			`create or replace table cta_exposures (
				site_id integer not null, day date not null, hour utinyint not null, ts bigint not null,
				visitor bigint not null, page varchar not null, post_id integer, cta varchar not null,
				placement varchar not null, variant varchar not null,
				eligible integer not null, impressions integer not null, clicks integer not null
			)`,
			`create or replace table conversions (
				site_id integer not null, day date not null, hour utinyint not null, ts bigint not null,
				visitor bigint not null, page varchar not null, post_id integer, posts integer[] not null,
				last_post_id integer
			)`,
			'delete from unrolled',
			'delete from rollups',
			'delete from touched',
			'insert into touched select distinct site_id, day from events'
		]
	},
	{
		number: 5,
		statements: [
			// Which import brought an event; null for what came over the network.
			'alter table events add column import_id integer',
			`create table imports (
				id integer not null, site_id integer not null, format varchar not null, contents varchar not null,
				files varchar not null, state varchar not null, started bigint not null, finished bigint,
				"rows" bigint not null, first_day date, last_day date, through bigint not null, summary varchar
			)`,
			// Events of imports that have not ended: no fact and no report knows them.
			`create table staged as
				select 0::bigint as position, 0::bigint as received, null::uhugeint as id,
					* replace (0::ubigint as visitor, 0::ubigint as page_view)
				from events limit 0`,
			// What other tools had counted already. No day: a sum over all of a page's life.
			`create table imported (
				import_id integer not null, site_id integer not null, day date, dimension varchar not null,
				value varchar not null, visitors bigint, visits bigint, page_views bigint, bounces bigint,
				visit_seconds bigint, subscribes bigint, cta_impressions bigint, cta_clicks bigint
			)`
		]
	},
	{
		number: 6,
		statements: [
			// What visits come from and readers read with, once for each combination, in place of 13 texts a row.
			`create table origins (
				origin integer not null, key uhugeint not null, referrer varchar, source varchar, channel varchar,
				utm_source varchar, utm_medium varchar, utm_campaign varchar, utm_content varchar, utm_term varchar
			)`,
			`create table clients (
				client integer not null, key uhugeint not null, country varchar, device varchar, browser varchar,
				os varchar, hostname varchar
			)`,
			`insert into origins (origin, key)
				values (0, md5_number(to_json([null::varchar, null, null, null, null, null, null, null])::varchar))`,
			`insert into clients (client, key)
				values (0, md5_number(to_json([null::varchar, null, null, null, null])::varchar))`,
			`insert into origins
				select row_number() over (order by count(*) desc, min(seq)),
					md5_number(to_json([referrer, source, channel, utm_source, utm_medium, utm_campaign, utm_content, utm_term])::varchar),
					referrer, source, channel, utm_source, utm_medium, utm_campaign, utm_content, utm_term
				from events
				group by referrer, source, channel, utm_source, utm_medium, utm_campaign, utm_content, utm_term
				having coalesce(referrer, source, channel, utm_source, utm_medium, utm_campaign, utm_content, utm_term)
					is not null`,
			`insert into clients
				select row_number() over (order by count(*) desc, min(seq)),
					md5_number(to_json([country, device, browser, os, hostname])::varchar),
					country, device, browser, os, hostname
				from events
				group by country, device, browser, os, hostname
				having coalesce(country, device, browser, os, hostname) is not null`,
			`create table numbered_events (
				site_id integer not null, day date not null, hour utinyint not null, ts bigint not null,
				seq bigint not null, visitor bigint not null, name varchar not null, page varchar not null,
				page_view integer, measured boolean, depth utinyint, engaged_ms bigint,
				ctas struct(id varchar, placement varchar, variant varchar)[], form varchar,
				origin integer not null, client integer not null,
				props varchar, import_line ubigint, import_id integer
			)`,
			`insert into numbered_events by name
				select e.* exclude (referrer, source, channel, utm_source, utm_medium, utm_campaign, utm_content, utm_term,
						country, device, browser, os, hostname),
					o.origin, c.client
				from events e
				join origins o on o.key = md5_number(
					to_json([e.referrer, e.source, e.channel, e.utm_source, e.utm_medium, e.utm_campaign, e.utm_content, e.utm_term])::varchar)
				join clients c on c.key = md5_number(
					to_json([e.country, e.device, e.browser, e.os, e.hostname])::varchar)
				order by e.rowid`,
			'drop table events',
			'alter table numbered_events rename to events',
			// `alone`: the visitor has no other row in the fact, so that it need not be told apart to be counted once.
			`create or replace table views (
				site_id integer not null, day date not null, hour utinyint not null, ts bigint not null,
				visitor bigint not null, n integer not null, visit integer not null, page varchar not null,
				post_id integer, measured boolean not null, is_read boolean not null, engaged_ms bigint, depth utinyint,
				origin integer not null, client integer not null
			)`,
			`create or replace table readings (
				site_id integer not null, day date not null, hour utinyint not null, ts bigint not null,
				visitor bigint not null, page varchar not null, post_id integer, first_view_after bigint,
				views integer not null, depth utinyint, visits integer not null, entrances integer not null,
				exits integer not null, recirculated_visits integer not null, subscribes integer not null,
				comments integer not null, subscribed boolean not null, converted boolean not null,
				cta_seen boolean not null, cta_clicked boolean not null, alone boolean not null,
				origin integer not null, client integer not null
			)`,
			`create or replace table visits (
				site_id integer not null, day date not null, hour utinyint not null, ts bigint not null,
				visitor bigint not null, visit integer not null, entry_page varchar, exit_page varchar,
				page_views integer not null, engaged_ms bigint not null, bounced boolean not null,
				converted boolean not null, last_ts bigint not null, alone boolean not null,
				origin integer not null, client integer not null
			)`,
			// Those of the reading, so that a filter need not look for it.
			`create or replace table cta_exposures (
				site_id integer not null, day date not null, hour utinyint not null, ts bigint not null,
				visitor bigint not null, page varchar not null, post_id integer, cta varchar not null,
				placement varchar not null, variant varchar not null,
				eligible integer not null, impressions integer not null, clicks integer not null, alone boolean not null,
				origin integer not null, client integer not null
			)`,
			'delete from conversions',
			'delete from unrolled',
			'delete from rollups',
			'delete from touched',
			'insert into touched select distinct site_id, day from events'
		]
	},
	{
		number: 7,
		statements: [
			// Sites that say which paths are one page, and the pages of theirs that stand for another.
			'create table page_rules (site_id integer not null, rules varchar not null)',
			'create table page_folds (site_id integer not null, page varchar not null, folded varchar not null)'
		]
	},
	{
		number: 8,
		statements: [
			// Which catalogue a site's tables hold, so that the same one is not written at each start.
			'create table catalogues (site_id integer not null, digest varchar not null)'
		]
	},
	{
		number: 9,
		statements: [
			// What an import's event can have, with its origin and client looked up when it is put aside.
			'drop table staged',
			`create table staged (
				import_id integer not null, position bigint not null, received bigint not null,
				site_id integer not null, day date not null, hour utinyint not null, ts bigint not null,
				visitor ubigint not null, name varchar not null, page varchar not null,
				origin integer not null, client integer not null, import_line ubigint not null
			)`,
			// An import that was cut off begins anew: what it had put aside is read again.
			'update imports set through = 0'
		]
	}
];

/**
 * The derived tables, each rebuildable from `events` and the catalogue. `visitor` is a number, here as in `events`: the
 * `seq` of the first event of one visitor on one day of one site, which stands for site and day too.
 */
export const FACTS = ['views', 'readings', 'visits', 'cta_exposures', 'conversions'] as const;
export type Fact = (typeof FACTS)[number];
