import { rangeCondition, readFacts } from '../query/compile.ts';
import { raw, sql, type Sql } from '../stores/sql.ts';
import { key, type ReportContext, type ReportDefinition } from './definition.ts';
import type { DateRange, Row } from './result.ts';

const MODELS = ['direct', 'first', 'last', 'linear'] as const;
const NO_POST = -1;

/**
 * Credit for conversions by post in four models (metrics.md, attribution). Each model gives out as much as there are
 * conversions; what no post can have is the row without a `post_id`.
 */
export const attribution: ReportDefinition = {
	id: 'attribution',
	label: 'Attribution',
	keys: [key('post_id', 'Post id'), key('path', 'Path'), key('title', 'Title')],
	metrics: MODELS,
	order: '-linear',
	run: async (context, range) => {
		const credits = await context.store.query(creditsOf(context, range));
		const byId = new Map(context.posts.map((post) => [post.id, post]));
		const rows = credits.map((credit): Row => {
			const id = Number(credit['post']);
			const post = byId.get(id);
			return {
				post_id: id === NO_POST ? null : id,
				path: post?.path ?? '',
				title: id === NO_POST ? 'No post' : (post?.title ?? ''),
				...Object.fromEntries(MODELS.map((model) => [model, rounded(Number(credit[model]))]))
			};
		});
		return {
			rows,
			totals: Object.fromEntries(
				MODELS.map((model) => [
					model,
					rounded(credits.reduce((sum, credit) => sum + Number(credit[model]), 0))
				])
			)
		};
	}
};

/** Thirds that were added up in whatever order the engine took are whole again. */
const rounded = (credit: number): number => Number(credit.toFixed(12));

/** Filters hold of the visitor's reading of the page where the conversion happened. */
function creditsOf({ site, query, scope }: ReportContext, range: DateRange): Sql {
	const days = { from: range.from, to: range.to };
	const facts = readFacts({ site: site.id, range: days, filters: query.filters, scope });
	const filters =
		query.filters.length === 0
			? raw('')
			: sql` and (f.visitor, f.page) in (
				select (f.visitor, f.page) from ${facts.rows('readings')} f
				where ${facts.where('readings')})`;
	return sql`
		with converted as (
			select f.post_id, coalesce(f.post_id, f.last_post_id) as last_post,
				case when f.post_id is null or list_contains(f.posts, f.post_id) then f.posts
					else list_append(f.posts, f.post_id) end as path
			from ${facts.rows('conversions')} f
			where ${rangeCondition(site.id, range)}${filters}
		),
		credits as (
			select coalesce(post_id, ${NO_POST}) as post, 1.0::double as direct, 0.0 as first, 0.0 as last, 0.0 as linear
			from converted
			union all
			select coalesce(path[1], ${NO_POST}), 0, 1, 0, 0 from converted
			union all
			select coalesce(last_post, ${NO_POST}), 0, 0, 1, 0 from converted
			union all
			select unnest(case when len(path) = 0 then [${NO_POST}] else path end), 0, 0, 0,
				1.0::double / greatest(len(path), 1)
			from converted
		)
		select post, sum(direct)::double as direct, sum(first)::double as first, sum(last)::double as last,
			sum(linear)::double as linear
		from credits
		group by post`;
}
