import {
	NUMBERED_COLUMNS,
	NUMBERING_JOINS,
	NUMBERS,
	numberStatements
} from '../../analytics/stores/numbered.ts';
import { run, type Database } from '../../analytics/stores/duckdb/connection.ts';
import { raw, sql, type Sql } from '../../analytics/stores/sql.ts';
import {
	AGENTS,
	BLOG,
	BUSY_DAY,
	COUNTRIES,
	FIRST_DAY,
	LAST_DAY,
	OTHER_PAGES,
	placesOf,
	SOURCES
} from './report-blog.ts';

/** Visitors written at once; about three times as many events. */
const CHUNK = 400_000;
const CHECKPOINT_EVERY = 5;
/** Drawn from a million visitors. */
const EVENTS_A_VISITOR = 3.01;
/** Page views are drawn from this many places a day, visits from as many. */
const PLACES = 4_096;

type Connection = Awaited<ReturnType<Database['connect']>>;

interface Chunk {
	readonly site: number;
	readonly from: string;
	readonly to: string;
}

export interface Traffic {
	/** Id of the site with the history. */
	readonly blog: number;
	readonly events: number;
	/** Id of the site with one busy day. */
	readonly busy: number;
	readonly busyEvents: number;
}

/**
 * Writes about so many events straight into `events`, sorted by day and time. Every draw is a hash of the day and the
 * visitor's number, so the same events come again.
 */
export async function writeEvents(
	connection: Connection,
	{ blog, events, busy, busyEvents }: Traffic
): Promise<number> {
	const write = (query: Sql) => run(connection, query);
	await prepareDraws(write);
	await planDays(write, blog, Math.round(events / EVENTS_A_VISITOR));
	await write(sql`
		insert into plan
		values (${busy}, ${BUSY_DAY}::date, -1, ${Math.round(busyEvents / EVENTS_A_VISITOR)})`);
	const chunks = await chunksOf(write);
	for (const [index, chunk] of chunks.entries()) {
		await writeChunk(write, chunk);
		if (index % CHECKPOINT_EVERY === 0) await write(raw('checkpoint store'));
		if (index % 10 === 9) console.error(`${chunk.to}: ${index + 1} of ${chunks.length} written`);
	}
	const [row] = await write(raw('select count(*) as events from events'));
	await write(raw('update state set next_seq = (select max(seq) + 1 from events)'));
	await write(raw('checkpoint store'));
	return Number(row?.['events']);
}

type Write = (query: Sql) => ReturnType<typeof run>;

/** Tables of places to draw from, and the draws. */
async function prepareDraws(write: Write): Promise<void> {
	await write(
		raw(`create temporary macro draw(h, k) as (hash(h, k) >> 11)::double / 9007199254740992.0`)
	);
	await write(raw(`create temporary macro permille(h, k) as ((hash(h, k) >> 20) % 1000)`));
	await write(
		raw(`create temporary macro pause(h, k) as case
			when permille(h, k) < 120 then 1900000 + (hash(h, k + 10) >> 20) % 1200000
			else 20000 + (hash(h, k + 10) >> 20) % 300000 end`)
	);
	await tableOf(write, 'sources', {
		place: 'integer',
		source: 'varchar',
		channel: 'varchar',
		referrer: 'varchar',
		medium: 'varchar',
		campaign: 'varchar'
	})(placesOf(SOURCES, PLACES));
	await tableOf(write, 'countries', { place: 'integer', country: 'varchar' })(
		placesOf(
			COUNTRIES.map(([country, share]) => ({ country, share })),
			PLACES
		)
	);
	await tableOf(write, 'agents', {
		place: 'integer',
		device: 'varchar',
		browser: 'varchar',
		os: 'varchar'
	})(placesOf(AGENTS, PLACES));
	await tableOf(write, 'other_pages', { page: 'varchar', share: 'double' })(
		OTHER_PAGES.map(([page, share]) => ({ page, share }))
	);
}

function tableOf(
	write: Write,
	name: string,
	columns: Readonly<Record<string, string>>
): (rows: readonly object[]) => Promise<void> {
	return async (rows) => {
		const fields = JSON.stringify([columns]);
		await write(sql`
			create temporary table ${raw(name)} as
			select e.* from (select unnest(from_json(${JSON.stringify(rows)}, ${fields})) as e)`);
	};
}

/**
 * How many visitors each day has, and which pages they draw. Posts differ by Zipf's law; each has a burst when it is
 * published, which dies away over days, then weeks, to what search brings for ever.
 */
async function planDays(write: Write, blog: number, visitors: number): Promise<void> {
	await write(sql`
		create temporary table weights as
		with days as (
			select unnest(generate_series(${BUSY_DAY}::date, ${LAST_DAY}::date, interval 1 day))::date as day
		),
		ranked as (
			select post_id, path, published_day,
				row_number() over (order by hash(post_id, 7), post_id) as rank
			from posts where site_id = ${blog}
		),
		posts_by_day as (
			select d.day, r.path as page, r.post_id, d.day - r.published_day as age,
				(1 + 30 * exp(-(d.day - r.published_day) / 2.5) + 4 * exp(-(d.day - r.published_day) / 30.0))
					/ pow(r.rank + 2, 0.9) as weight
			from days d join ranked r on r.published_day <= d.day
		),
		others as (
			select d.day, o.page, null::integer as post_id, null::bigint as age,
				o.share * d.weight / (1 - (select sum(share) from other_pages)) as weight
			from (select day, sum(weight) as weight from posts_by_day group by day) d cross join other_pages o
		)
		from posts_by_day union all from others`);
	await write(sql`
		create temporary table plan as
		with shares as (
			select day, sqrt(sum(weight)) * case when isodow(day) > 5 then 0.7 else 1.0 end
				* (0.9 + 0.2 * draw(day - ${FIRST_DAY}::date, 5)) as share
			from weights where day >= ${FIRST_DAY}::date group by day
		)
		select ${blog}::integer as site_id, day, day - ${FIRST_DAY}::date as day_number,
			round(share / sum(share) over () * ${visitors})::integer as visitors
		from shares`);
	await write(sql`
		create temporary table pages as
		with bounds as (
			select day, page, post_id,
				sum(weight) over (partition by day order by page) / sum(weight) over (partition by day) as high,
				weight / sum(weight) over (partition by day) as share
			from weights
		)
		select day, page, post_id,
			unnest(range(round((high - share) * ${PLACES})::integer, round(high * ${PLACES})::integer))::integer as place
		from bounds`);
}

/** Days in order, as many at once as make a chunk. */
async function chunksOf(write: Write): Promise<readonly Chunk[]> {
	const rows = await write(raw('select site_id, day, visitors from plan order by day, site_id'));
	const chunks: Chunk[] = [];
	let visitors = Number.POSITIVE_INFINITY;
	for (const row of rows) {
		const [site, day, more] = [Number(row['site_id']), String(row['day']), Number(row['visitors'])];
		const last = chunks.at(-1);
		if (last === undefined || last.site !== site || visitors + more > CHUNK) {
			chunks.push({ site, from: day, to: day });
			visitors = more;
		} else {
			chunks[chunks.length - 1] = { ...last, to: day };
			visitors += more;
		}
	}
	return chunks;
}

async function writeChunk(write: Write, { site, from, to }: Chunk): Promise<void> {
	// Each step is a table of its own: how many rows `unnest` makes is not foreseen, and joins would be built on them.
	await write(sql`
		create or replace temporary table numbered as
		select day, epoch_ms(day) as starts, hash(day_number, unnest(range(visitors)), ${site}) as h
		from plan where site_id = ${site} and day between ${from}::date and ${to}::date`);
	await write(sql`
		create or replace temporary table drawn_visitors as
		select n.day, n.starts, n.h,
			n.starts + (86400000 * (0.02 + 0.44 * (draw(h, 1) + draw(h, 2))))::bigint as begins,
			case when permille(h, 3) < 820 then 1 when permille(h, 3) < 950 then 2 else 3 end as views,
			s.* exclude (place), c.country, a.device, a.browser, a.os
		from numbered n
		join sources s on s.place = (hash(h, 4) >> 20) % ${PLACES}
		join countries c on c.place = (hash(h, 5) >> 20) % ${PLACES}
		join agents a on a.place = (hash(h, 6) >> 20) % ${PLACES}`);
	await write(
		raw(`create or replace temporary table numbered_views as
			select *, unnest(range(views)) as n from drawn_visitors`)
	);
	await write(sql`
		create or replace temporary table drawn_views as
		with timed as (
			select *, hash(h, 20 + n) as v,
				begins + case n when 0 then 0 when 1 then pause(h, 30) else pause(h, 30) + pause(h, 31) end as ts
			from numbered_views
		)
		select t.* exclude (source, channel, referrer, medium, campaign),
			p.page, p.post_id is not null as is_post, permille(v, 1) < 940 as is_measured,
			(least(600000, -ln(1 - draw(v, 2)) * 55000))::bigint as engaged_ms,
			least(100, floor(112 * pow(draw(v, 3), 0.7)))::utinyint as depth,
			case when n = 0 then source else 'Internal' end as source,
			case when n = 0 then channel else 'Internal' end as channel,
			case when n = 0 then referrer end as referrer,
			case when n = 0 and medium is not null then lower(source) end as utm_source,
			case when n = 0 then medium end as utm_medium,
			case when n = 0 then campaign end as utm_campaign,
			case
				when p.post_id % 3 = 0 then [
					{'id': 'newsletter', 'placement': 'end-of-post', 'variant': case when h % 2 = 0 then 'a' else 'b' end},
					{'id': 'ebook-' || (p.post_id % 5), 'placement': 'in-text', 'variant': ''}]
				when p.post_id is not null then [
					{'id': 'newsletter', 'placement': 'end-of-post', 'variant': case when h % 2 = 0 then 'a' else 'b' end}]
				when p.page = '/' then [{'id': 'newsletter', 'placement': 'header', 'variant': ''}]
			end as ctas
		from timed t
		join pages p on p.day = t.day and p.place = (hash(v, 4) >> 20) % ${PLACES}`);
	await write(sql`
		create or replace temporary table spelled_out as
		with drawn as (${EVENTS}),
		ordered as (
			from drawn order by day, ts, h, kind
		),
		sequenced as (
			select *, (select next_seq from state) + row_number() over () as seq from ordered
		)
		select * exclude (starts, h, v, n, kind), ${site}::integer as site_id,
			null::varchar as utm_content, null::varchar as utm_term,
			((ts - starts) // 3600000)::utinyint as hour, n + 1 as page_view, ${BLOG} as hostname,
			min(seq) over (partition by day, h) as visitor
		from sequenced order by seq`);
	for (const statement of numberStatements('spelled_out')) await write(raw(statement));
	await write(
		raw(`insert into events by name
			select e.* exclude (${NUMBERED_COLUMNS}), ${NUMBERS} from spelled_out e ${NUMBERING_JOINS} order by e.seq`)
	);
	await write(raw('update state set next_seq = (select max(seq) + 1 from events)'));
}

const SHARED = 'day, starts, h, v, n, page, country, device, browser, os';
const ONE_CTA = '[ctas[1 + ((v >> 8) % len(ctas))::integer]] as ctas';

/** What a page view is followed by. Only the page view itself says where it came from. */
const EVENTS = raw(`
	select ${SHARED}, ts, 1 as kind, 'pageview' as name, ctas, case when is_measured then true end as measured,
		referrer, source, channel, utm_source, utm_medium, utm_campaign
	from drawn_views
	union all by name
	select ${SHARED}, ts + 3000 + engaged_ms as ts, 2 as kind, 'engagement' as name, engaged_ms, depth
	from drawn_views where is_measured and permille(v, 5) < 920
	union all by name
	select ${SHARED}, ts + 9000 + 2 * (engaged_ms // 3) as ts, 3 as kind, 'engagement' as name,
		engaged_ms // 3 as engaged_ms, least(100, depth + 10)::utinyint as depth
	from drawn_views where is_measured and permille(v, 5) < 130
	union all by name
	select ${SHARED}, ts + 2500 as ts, 4 as kind, 'cta_view' as name, ${ONE_CTA}
	from drawn_views where ctas is not null and permille(v, 6) < 450
	union all by name
	select ${SHARED}, ts + 4000 as ts, 5 as kind, 'cta_click' as name, ${ONE_CTA}
	from drawn_views where ctas is not null and permille(v, 6) < 36
	union all by name
	select ${SHARED}, ts + 9000 as ts, 6 as kind, 'subscribe' as name, 'newsletter' as form
	from drawn_views where permille(v, 7) < 8
	union all by name
	select ${SHARED}, ts + 11000 as ts, 7 as kind, 'comment' as name
	from drawn_views where is_post and permille(v, 8) < 3`);
