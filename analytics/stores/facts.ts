import { NO_ORIGIN } from './numbered.ts';
import type { Fact } from './schema.ts';

/** A longer gap between two events of a visitor begins another visit (metrics.md). */
export const VISIT_GAP_MS = 30 * 60_000;

/**
 * How every fact follows from events, as plain SQL over a temporary table `due (site_id, day, visitor)`:
 * the visitor-days to derive. `WORKING` builds the intermediate tables, `DERIVED` one query per fact whose columns
 * stand in the order of the fact's table. Meanings: metrics.md. A visitor's number stands for one site and day, so rows
 * are put together by it alone.
 */
export const WORKING: readonly { readonly table: string; readonly query: string }[] = [
	{
		table: 'due_events',
		// Windows cost a sort each: what few events need is worked out for those and joined.
		query: `
			with placed as (
				select e.visitor, e.seq, e.ts, e.hour, e.name, coalesce(post.path, fold.folded, e.page) as page,
					e.page_view, e.measured, e.depth, e.engaged_ms, e.form, e.ctas is not null as has_ctas,
					e.site_id, e.day, e.origin, e.client,
					post.post_id, post.word_count
				from events e
				semi join due using (site_id, day, visitor)
				left join page_folds fold on fold.site_id = e.site_id and fold.page = e.page
				left join post_paths
					on post_paths.site_id = e.site_id and post_paths.page = coalesce(fold.folded, e.page)
				left join posts post on post.site_id = e.site_id and post.post_id = post_paths.post_id
			),
			ordered as materialized (
				select *, row_number() over by_time::integer as n,
					ts - lag(ts) over by_time > ${VISIT_GAP_MS} as after_gap
				from placed window by_time as (partition by visitor order by ts, seq)
			),
			gaps as (
				select visitor, list(n) as starts from ordered where after_gap group by visitor
			),
			page_views as (
				select visitor, n, page, page_view from ordered where name = 'pageview'
			),
			named_views as (
				select visitor, page_view, min(n) as first_n, count(*) as views
				from page_views where page_view is not null group by visitor, page_view
			),
			tied_to as (
				select e.visitor, e.n, p.n as tied
				from (select visitor, n, page from ordered where name <> 'pageview' and page_view is null) e
				asof join page_views p on p.visitor = e.visitor and p.page = e.page and p.n <= e.n
				union all
				select e.visitor, e.n, p.n
				from (
					select o.visitor, o.n, o.page_view from ordered o
					join named_views v on v.visitor = o.visitor and v.page_view = o.page_view and v.views > 1
					where o.name <> 'pageview'
				) e
				asof join page_views p on p.visitor = e.visitor and p.page_view = e.page_view and p.n <= e.n
			),
			first_subscribes as (
				select visitor, min(n) as n from ordered where name = 'subscribe' group by visitor, coalesce(form, '')
			)
			select e.* exclude (after_gap, form),
				1 + coalesce(len(list_filter(gaps.starts, lambda start: start <= e.n)), 0)::integer as visit,
				case when e.name = 'pageview' then e.n end as view_n,
				case when e.name = 'pageview' then e.n else coalesce(t.tied, v.first_n) end as tied,
				e.name in ('subscribe', 'cta_click') as converts,
				s.n is not null as counts_as_subscribe
			from ordered e
			left join gaps on gaps.visitor = e.visitor
			left join named_views v on v.visitor = e.visitor and v.page_view = e.page_view
			left join tied_to t on t.visitor = e.visitor and t.n = e.n
			left join first_subscribes s on s.visitor = e.visitor and s.n = e.n`
	},
	{
		table: 'due_views',
		query: `
			with engagement as (
				select visitor, tied as n, sum(coalesce(engaged_ms, 0)) as engaged_ms, max(depth) as depth
				from due_events
				where name = 'engagement' and tied is not null
				group by visitor, tied
			)
			select p.visitor, p.n, p.visit, p.hour, p.ts, p.page, p.post_id, p.word_count,
				coalesce(p.measured, false) or g.n is not null as is_measured,
				coalesce(g.engaged_ms, 0)::bigint as total_ms, g.depth as reached
			from due_events p
			left join engagement g on g.visitor = p.visitor and g.n = p.n
			where p.name = 'pageview'`
	},
	{
		table: 'due_visits',
		query: `
			select any_value(site_id) as site_id, any_value(day) as day, visitor, visit,
				arg_min(hour, n) as hour, min(ts) as ts, max(ts) as last_ts,
				min(view_n) as first_n, max(view_n) as last_n,
				arg_min(page, view_n) as entry_page, arg_max(page, view_n) as exit_page,
				count(view_n)::integer as page_views,
				coalesce(sum(engaged_ms) filter (where name = 'engagement'), 0)::bigint as engaged_ms,
				bool_or(converts) as converted,
				coalesce(arg_min(origin, view_n), ${NO_ORIGIN}) as origin,
				coalesce(arg_min(client, view_n), arg_min(client, n)) as client
			from due_events
			group by visitor, visit`
	},
	{
		table: 'due_visit_pages',
		query: `
			with page_visits as (
				select visitor, visit, page, any_value(post_id) as post_id, min(n) as first_n, max(n) as last_n
				from due_views
				group by visitor, visit, page
			),
			last_posts as (
				select visitor, visit, max(last_n, 2) as last_two
				from page_visits where post_id is not null group by visitor, visit
			)
			select p.*, p.first_n = v.first_n as is_entry, p.last_n = v.last_n as is_exit,
				coalesce(p.post_id is not null and p.first_n <
					case when p.last_n < l.last_two[1] then l.last_two[1] else l.last_two[2] end, false) as recirculated
			from page_visits p
			join due_visits v on v.visitor = p.visitor and v.visit = p.visit
			left join last_posts l on l.visitor = p.visitor and l.visit = p.visit`
	},
	{
		table: 'due_pages',
		query: `
			with pages as (
				select visitor, page, any_value(post_id) as post_id,
					arg_min(hour, n) as hour, min(ts) as ts, min(ts) filter (where view_n is not null) as first_view_at,
					count(view_n)::integer as views,
					coalesce(arg_min(visit, view_n), arg_min(visit, n)) as visit,
					(count(*) filter (where counts_as_subscribe))::integer as subscribes,
					(count(*) filter (where name = 'comment'))::integer as comments,
					bool_or(name = 'subscribe') as subscribed, bool_or(converts) as converted,
					bool_or(name in ('cta_view', 'cta_click')) as cta_seen, bool_or(name = 'cta_click') as cta_clicked
				from due_events
				group by visitor, page
			)
			select v.site_id, v.day, p.*, v.origin, v.client
			from pages p
			join due_visits v on v.visitor = p.visitor and v.visit = p.visit`
	}
];

export const DERIVED: Readonly<Record<Fact, string>> = {
	views: `
		select v.site_id, v.day, p.hour, p.ts, p.visitor, p.n, p.visit, p.page, p.post_id,
			p.is_measured as measured,
			p.is_measured and coalesce(p.reached, 0) >= 75 and case
				when p.word_count > 0 then p.total_ms * 238 >= p.word_count::bigint * 15000
				else p.total_ms >= 30000 end as is_read,
			case when p.is_measured then p.total_ms end as engaged_ms,
			p.reached as depth, v.origin, v.client
		from due_views p
		join due_visits v on v.visitor = p.visitor and v.visit = p.visit
		order by p.visitor`,
	readings: `
		with reached as (
			select visitor, page, max(reached) as depth from due_views group by visitor, page
		),
		routes as (
			select visitor, page, count(*)::integer as visits,
				(count(*) filter (where is_entry))::integer as entrances,
				(count(*) filter (where is_exit))::integer as exits,
				(count(*) filter (where recirculated))::integer as recirculated_visits
			from due_visit_pages
			group by visitor, page
		),
		numbers as (
			select visitor, count(*) = 1 as alone from due_pages group by visitor
		)
		select p.site_id, p.day, p.hour, p.ts, p.visitor, p.page, p.post_id, p.first_view_at - p.ts, p.views, d.depth,
			coalesce(r.visits, 0) as visits, coalesce(r.entrances, 0) as entrances, coalesce(r.exits, 0) as exits,
			coalesce(r.recirculated_visits, 0) as recirculated_visits,
			p.subscribes, p.comments, p.subscribed, p.converted, p.cta_seen, p.cta_clicked, a.alone, p.origin, p.client
		from due_pages p
		join numbers a on a.visitor = p.visitor
		left join reached d on d.visitor = p.visitor and d.page = p.page
		left join routes r on r.visitor = p.visitor and r.page = p.page
		order by p.visitor`,
	visits: `
		with numbers as (
			select visitor, count(*) = 1 as alone from due_visits group by visitor
		)
		select v.site_id, v.day, v.hour, v.ts, v.visitor, v.visit, v.entry_page, v.exit_page, v.page_views,
			v.engaged_ms, v.page_views = 1 and v.engaged_ms < 10000 and not v.converted as bounced,
			v.converted, v.last_ts, a.alone, v.origin, v.client
		from due_visits v
		join numbers a on a.visitor = v.visitor
		order by v.visitor`,
	cta_exposures: `
		with listed as (
			select d.hour, d.ts, d.visitor, d.n, d.page, d.name, d.tied,
				case when d.tied is null then d.page_view end as loose, unnest(list_distinct(e.ctas)) as cta
			from due_events d
			join events e on e.seq = d.seq
			where d.has_ctas and d.name in ('pageview', 'engagement', 'cta_view', 'cta_click')
		),
		per_view as (
			select visitor, page, cta.id as cta, cta.placement as placement,
				cta.variant as variant, tied, loose, arg_min(hour, n) as hour, min(ts) as ts,
				bool_or(name in ('cta_view', 'cta_click')) as seen, count(*) filter (where name = 'cta_click') as clicks
			from listed
			group by visitor, page, cta.id, cta.placement, cta.variant, tied, loose
		),
		exposures as materialized (
			select arg_min(hour, ts) as hour, min(ts) as ts, visitor, page,
				cta, placement, variant, count(*)::integer as eligible,
				(count(*) filter (where seen))::integer as impressions, sum(clicks)::integer as clicks
			from per_view
			group by visitor, page, cta, placement, variant
		),
		numbers as (
			select visitor, count(*) = 1 as alone from exposures group by visitor
		)
		select p.site_id, p.day, x.hour, x.ts, x.visitor, x.page, p.post_id, x.cta, x.placement, x.variant,
			x.eligible, x.impressions, x.clicks, a.alone, p.origin, p.client
		from exposures x
		join numbers a on a.visitor = x.visitor
		join due_pages p on p.visitor = x.visitor and p.page = x.page
		order by x.visitor`,
	conversions: `
		with converted as (
			select visitor, page, any_value(post_id) as post_id,
				arg_min(hour, n) as hour, min(ts) as ts, min(n) as n
			from due_events
			where converts
			group by visitor, page
		),
		viewed as (
			select c.visitor, c.page, p.post_id, min(p.n) as first_n, max(p.n) as last_n
			from converted c
			join due_views p on p.visitor = c.visitor and p.n < c.n
			where p.post_id is not null
			group by c.visitor, c.page, p.post_id
		)
		select any_value(d.site_id), any_value(d.day), any_value(c.hour) as hour, any_value(c.ts) as ts, c.visitor, c.page,
			any_value(c.post_id) as post_id,
			coalesce(list(v.post_id order by v.first_n) filter (where v.post_id is not null), []) as posts,
			arg_max(v.post_id, v.last_n) as last_post_id
		from converted c
		join due d on d.visitor = c.visitor
		left join viewed v on v.visitor = c.visitor and v.page = c.page
		group by c.visitor, c.page
		order by c.visitor`
};
