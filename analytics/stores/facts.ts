import type { Fact } from './schema.ts';

/**
 * How every fact follows from events, as plain SQL over a temporary table `due (site_id, day, visitor)`:
 * the visitor-days to derive. `WORKING` builds the intermediate tables, `DERIVED` one query per fact whose columns
 * stand in the order of the fact's table. Meanings: metrics.md.
 */
export const WORKING: readonly { readonly table: string; readonly query: string }[] = [
	{
		table: 'due_events',
		query: `
			with ordered as (
				select e.site_id, e.day, e.visitor, e.seq, e.ts, e.hour, e.name, coalesce(post.path, e.page) as page,
					e.page_view, e.measured, e.depth, e.engaged_ms, e.form, e.ctas is not null as has_ctas,
					post.post_id, post.word_count,
					row_number() over (partition by e.site_id, e.day, e.visitor order by e.ts, e.seq)::integer as n,
					e.ts - lag(e.ts) over (partition by e.site_id, e.day, e.visitor order by e.ts, e.seq) > 1800000 as after_gap
				from events e
				semi join due using (site_id, day, visitor)
				left join post_paths on post_paths.site_id = e.site_id and post_paths.page = e.page
				left join posts post on post.site_id = e.site_id and post.post_id = post_paths.post_id
			),
			numbered as (
				select *,
					1 + count(*) filter (where after_gap) over (partition by site_id, day, visitor order by n)::integer as visit,
					case when name = 'pageview' then n end as view_n
				from ordered
			)
			select * exclude (after_gap),
				case
					when name = 'pageview' then n
					when page_view is null then
						last_value(view_n ignore nulls) over (partition by site_id, day, visitor, page order by n
							rows between unbounded preceding and current row)
					else coalesce(
						last_value(view_n ignore nulls) over (partition by site_id, day, visitor, page_view order by n
							rows between unbounded preceding and current row),
						min(view_n) over (partition by site_id, day, visitor, page_view))
				end as tied,
				name in ('subscribe', 'cta_click') as converts,
				name = 'subscribe' and row_number() over (
					partition by site_id, day, visitor, name, coalesce(form, '') order by n) = 1 as counts_as_subscribe
			from numbered`
	},
	{
		table: 'due_visits',
		query: `
			with bounds as (
				select site_id, day, visitor, visit,
					arg_min(hour, n) as hour, min(ts) as ts, max(ts) as last_ts,
					min(view_n) as first_n, max(view_n) as last_n,
					arg_min(page, view_n) as entry_page, arg_max(page, view_n) as exit_page,
					count(view_n)::integer as page_views,
					coalesce(sum(engaged_ms) filter (where name = 'engagement'), 0)::bigint as engaged_ms,
					bool_or(converts) as converted,
					coalesce(arg_min(seq, view_n), arg_min(seq, n)) as first_seq
				from due_events
				group by site_id, day, visitor, visit
			)
			select b.* exclude (first_seq),
				case when b.first_n is not null then e.referrer end as referrer,
				case when b.first_n is null then 'Direct' else coalesce(e.source, 'Direct') end as source,
				case when b.first_n is null or e.source is null then 'Direct'
					else coalesce(e.channel, 'Direct') end as channel,
				case when b.first_n is not null then e.utm_source end as utm_source,
				case when b.first_n is not null then e.utm_medium end as utm_medium,
				case when b.first_n is not null then e.utm_campaign end as utm_campaign,
				case when b.first_n is not null then e.utm_content end as utm_content,
				case when b.first_n is not null then e.utm_term end as utm_term,
				e.country, e.device, e.browser, e.os, e.hostname
			from bounds b
			join events e on e.site_id = b.site_id and e.day = b.day and e.seq = b.first_seq`
	},
	{
		table: 'due_visit_pages',
		query: `
			with page_visits as (
				select e.site_id, e.day, e.visitor, e.visit, e.page, any_value(e.post_id) as post_id,
					min(e.view_n) as first_n, max(e.view_n) as last_n
				from due_events e
				where e.view_n is not null
				group by e.site_id, e.day, e.visitor, e.visit, e.page
			)
			select p.*, p.first_n = v.first_n as is_entry, p.last_n = v.last_n as is_exit,
				coalesce(p.post_id is not null and max(p.last_n) filter (where p.post_id is not null) over (
					partition by p.site_id, p.day, p.visitor, p.visit
					order by p.last_n rows between unbounded preceding and unbounded following
					exclude current row) > p.first_n, false) as recirculated
			from page_visits p
			join due_visits v using (site_id, day, visitor, visit)`
	}
];

const VISIT_DIMENSIONS = `
	v.referrer, v.source, v.channel, v.utm_source, v.utm_medium, v.utm_campaign, v.utm_content, v.utm_term,
	v.country, v.device, v.browser, v.os, v.hostname`;

export const DERIVED: Readonly<Record<Fact, string>> = {
	views: `
		with engagement as (
			select site_id, day, visitor, tied as n, sum(coalesce(engaged_ms, 0)) as engaged_ms, max(depth) as depth
			from due_events
			where name = 'engagement' and tied is not null
			group by site_id, day, visitor, tied
		),
		measured as (
			select p.*, coalesce(p.measured, false) or g.n is not null as is_measured,
				coalesce(g.engaged_ms, 0)::bigint as total_ms, g.depth as reached
			from due_events p
			left join engagement g using (site_id, day, visitor, n)
			where p.name = 'pageview'
		)
		select m.site_id, m.day, m.hour, m.ts, m.visitor, m.n, m.visit, m.page, m.post_id,
			m.is_measured as measured,
			m.is_measured and coalesce(m.reached, 0) >= 75 and case
				when m.word_count > 0 then m.total_ms * 238 >= m.word_count::bigint * 15000
				else m.total_ms >= 30000 end as is_read,
			case when m.is_measured then m.total_ms end as engaged_ms,
			m.reached as depth, ${VISIT_DIMENSIONS}
		from measured m
		join due_visits v using (site_id, day, visitor, visit)`,
	readings: `
		with pages as (
			select site_id, day, visitor, page, any_value(post_id) as post_id,
				arg_min(hour, n) as hour, min(ts) as ts, min(ts) filter (where view_n is not null) as first_view_at,
				count(view_n)::integer as views,
				coalesce(arg_min(visit, view_n), arg_min(visit, n)) as visit,
				(count(*) filter (where counts_as_subscribe))::integer as subscribes,
				(count(*) filter (where name = 'comment'))::integer as comments,
				bool_or(name = 'subscribe') as subscribed, bool_or(converts) as converted,
				bool_or(name in ('cta_view', 'cta_click')) as cta_seen, bool_or(name = 'cta_click') as cta_clicked
			from due_events
			group by site_id, day, visitor, page
		),
		reached as (
			select p.site_id, p.day, p.visitor, p.page, max(e.depth) as depth
			from due_events e
			join due_events p on p.site_id = e.site_id and p.day = e.day and p.visitor = e.visitor and p.n = e.tied
			where e.name = 'engagement'
			group by p.site_id, p.day, p.visitor, p.page
		),
		routes as (
			select site_id, day, visitor, page, count(*)::integer as visits,
				(count(*) filter (where is_entry))::integer as entrances,
				(count(*) filter (where is_exit))::integer as exits,
				(count(*) filter (where recirculated))::integer as recirculated_visits
			from due_visit_pages
			group by site_id, day, visitor, page
		)
		select p.site_id, p.day, p.hour, p.ts, p.visitor, p.page, p.post_id, p.first_view_at, p.views, d.depth,
			coalesce(r.visits, 0) as visits, coalesce(r.entrances, 0) as entrances, coalesce(r.exits, 0) as exits,
			coalesce(r.recirculated_visits, 0) as recirculated_visits,
			p.subscribes, p.comments, p.subscribed, p.converted, p.cta_seen, p.cta_clicked, ${VISIT_DIMENSIONS}
		from pages p
		left join reached d using (site_id, day, visitor, page)
		left join routes r using (site_id, day, visitor, page)
		join due_visits v using (site_id, day, visitor, visit)`,
	visits: `
		select v.site_id, v.day, v.hour, v.ts, v.visitor, v.visit, v.entry_page, v.exit_page, v.page_views,
			v.engaged_ms, v.page_views = 1 and v.engaged_ms < 10000 and not v.converted as bounced,
			v.converted, v.last_ts, ${VISIT_DIMENSIONS}
		from due_visits v`,
	cta_exposures: `
		with listed as (
			select d.site_id, d.day, d.hour, d.ts, d.visitor, d.n, d.page, d.post_id, d.name, d.tied,
				case when d.tied is null then d.page_view end as loose, unnest(list_distinct(e.ctas)) as cta
			from due_events d
			join events e on e.site_id = d.site_id and e.day = d.day and e.seq = d.seq
			where d.has_ctas and d.name in ('pageview', 'engagement', 'cta_view', 'cta_click')
		),
		per_view as (
			select site_id, day, visitor, page, any_value(post_id) as post_id, cta.id as cta, cta.placement as placement,
				cta.variant as variant, tied, loose, arg_min(hour, n) as hour, min(ts) as ts,
				bool_or(name in ('cta_view', 'cta_click')) as seen, count(*) filter (where name = 'cta_click') as clicks
			from listed
			group by site_id, day, visitor, page, cta.id, cta.placement, cta.variant, tied, loose
		)
		select site_id, day, arg_min(hour, ts) as hour, min(ts) as ts, visitor, page, any_value(post_id) as post_id,
			cta, placement, variant, count(*)::integer as eligible,
			(count(*) filter (where seen))::integer as impressions, sum(clicks)::integer as clicks
		from per_view
		group by site_id, day, visitor, page, cta, placement, variant`,
	conversions: `
		with converted as (
			select site_id, day, visitor, page, any_value(post_id) as post_id,
				arg_min(hour, n) as hour, min(ts) as ts, min(n) as n
			from due_events
			where converts
			group by site_id, day, visitor, page
		),
		viewed as (
			select c.site_id, c.day, c.visitor, c.page, e.post_id,
				min(e.view_n) as first_n, max(e.view_n) as last_n
			from converted c
			join due_events e on e.site_id = c.site_id and e.day = c.day and e.visitor = c.visitor and e.view_n < c.n
			where e.post_id is not null
			group by c.site_id, c.day, c.visitor, c.page, e.post_id
		)
		select c.site_id, c.day, any_value(c.hour) as hour, any_value(c.ts) as ts, c.visitor, c.page,
			any_value(c.post_id) as post_id,
			coalesce(list(v.post_id order by v.first_n) filter (where v.post_id is not null), []) as posts,
			arg_max(v.post_id, v.last_n) as last_post_id
		from converted c
		left join viewed v using (site_id, day, visitor, page)
		group by c.site_id, c.day, c.visitor, c.page`
};
