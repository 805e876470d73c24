import type { QueryError, Reports } from '../engine-contract.ts';
import { readImportedSpan } from '../imports/read-imported-span.ts';
import type { Post } from '../posts/post.ts';
import type { Site } from '../posts/site.ts';
import { EXPRESSION, isExpression } from '../query/expression.ts';
import { parseQuery } from '../query/parse.ts';
import { openStats } from '../query/stats-api/open-stats.ts';
import type { EventStore, StoreQuery } from '../stores/event-store.ts';
import { addDays, daysBetween, localDay } from '../time/local.ts';
import { ageCurves, firstEvent, newestFirst } from './age.ts';
import { ask } from './ask.ts';
import type { ReportContext } from './definition.ts';
import { memberTrends } from './member-trends.ts';
import { chosenPosts } from './post-filters.ts';
import { POST_PARTS, postHeader } from './post-detail-run.ts';
import { RECENT_POSTS } from './recent.ts';
import { openResultCache, type ResultCache } from './result-cache.ts';
import type { ReportResult, ResolvedQuery } from './result.ts';
import { runReport } from './run.ts';
import { candidatesOf, searchCandidates, type Candidates } from './suggest.ts';
import { valueLabel } from './value-label.ts';
import { siteNow } from './site-now.ts';

const MINUTE_MS = 60_000;
const SPARK_DAYS = 30;

interface Sources {
	readonly store: EventStore;
	readonly sites: () => readonly Site[];
	readonly posts: (site: Site) => readonly Post[];
	readonly now: () => number;
}

/** What screens, API and command line ask, over an open store. */
export function openReports({ store, sites, posts, now }: Sources): Reports {
	const reportCache = openResultCache<ReportResult>(store.version);
	const candidateCache = openResultCache<Candidates>(store.version, 50);
	const firstDays = openResultCache<string | null>(store.version);
	const siteNamed = (domain: string): Site | null =>
		sites().find((site) => site.domain === domain) ?? null;

	function contextOf(query: ResolvedQuery, signal?: AbortSignal): ReportContext {
		const site = siteNamed(query.site);
		if (site === null) throw new TypeError(`There is no site ${query.site}.`);
		const reading = { query: (text: StoreQuery) => store.query(text, { signal }) };
		return { site, query, store: reading, posts: posts(site), now: now() };
	}

	/** Every screen asks for it before anything else. */
	const firstDayOf = (site: Site): Promise<string | null> =>
		firstDays.get(`${site.id} ${site.zone}`, async () => {
			const first = await firstEvent(store, site);
			return first === null ? null : localDay(site.zone, first);
		});

	/** Ages count in minutes here, so an answer of the same minute is the same. */
	function kept<T>(
		cache: ResultCache<T>,
		question: readonly unknown[],
		query: ResolvedQuery,
		answer: (context: ReportContext) => Promise<T>,
		signal: AbortSignal | undefined
	): Promise<T> {
		const key = JSON.stringify([question, query, Math.floor(now() / MINUTE_MS)]);
		return cache.get(key, (left) => answer(contextOf(query, left)), signal);
	}

	/** Answers of one kind, each kept as long as nothing changes. */
	function keptOf<T>(answer: (context: ReportContext) => Promise<T>) {
		const cache = openResultCache<T>(store.version, 50);
		return (query: ResolvedQuery): Promise<T> => kept(cache, [], query, answer, undefined);
	}

	function perPost<T>(answer: (post: Post, context: ReportContext) => Promise<T>) {
		const cache = openResultCache<T>(store.version, 50);
		return (
			postId: number,
			query: ResolvedQuery,
			{ signal }: { readonly signal?: AbortSignal } = {}
		): Promise<T> =>
			kept(
				cache,
				[postId],
				query,
				async (context) => {
					const post = context.posts.find(({ id }) => id === postId);
					if (post === undefined) throw new TypeError(`There is no post ${postId}.`);
					return answer(post, context);
				},
				signal
			);
	}

	const trendsBy = {
		topic: keptOf((context) => memberTrends('topic', context)),
		author: keptOf((context) => memberTrends('author', context))
	};

	return {
		sites,
		site: siteNamed,
		resolve: async (site, params) => {
			const firstDay = await firstDayOf(site);
			const imported = await readImportedSpan(store, site, firstDay);
			const outcome = parseQuery(params, { site, now: now(), firstDay, imported });
			if (!outcome.ok) return outcome;
			const errors = await expressionErrors(store, outcome.query);
			return errors.length === 0 ? outcome : { ok: false, errors };
		},
		report: (id, query, { limit, only, rowsOnly, signal } = {}) =>
			kept(
				reportCache,
				[id, limit ?? null, only ?? null, rowsOnly ?? false],
				query,
				(context) => runReport(id, { ...context, only, rowsOnly }, limit),
				signal
			),
		stats: openStats({ store, now, firstDay: firstDayOf }),
		suggest: async (query, { dimensions, text, limit, signal }) => {
			// One key per letter typed would ask the store for the same values again.
			const asked: ResolvedQuery = { ...query, compare: null, by: null, sort: null, search: '' };
			const found = await Promise.all(
				dimensions.map((dimension) =>
					kept(
						candidateCache,
						[dimension],
						asked,
						(context) => candidatesOf(dimension, context),
						signal
					)
				)
			);
			return found.flatMap((candidates) => searchCandidates(candidates, text, limit));
		},
		labels: (site, dimension, values) => values.map(valueLabel(dimension, posts(site))),
		postHeader: (postId, query) => {
			const post = contextOf(query).posts.find(({ id }) => id === postId);
			return post === undefined ? null : postHeader(post);
		},
		post: {
			figures: perPost(POST_PARTS.figures),
			funnel: perPost(POST_PARTS.funnel),
			series: perPost(POST_PARTS.series),
			age: perPost(POST_PARTS.age),
			depth: perPost(POST_PARTS.depth),
			placements: perPost(POST_PARTS.placements),
			ctas: perPost(POST_PARTS.ctas),
			sources: perPost(POST_PARTS.sources),
			next: perPost(POST_PARTS.next),
			countries: perPost(POST_PARTS.countries),
			devices: perPost(POST_PARTS.devices)
		},
		trends: (by, query) => trendsBy[by](query),
		recentCurves: keptOf(async (context) => {
			const published = newestFirst(context.posts, context.now);
			const { filters } = context.query;
			const chosen = await chosenPosts(context.store, context.site, published, filters);
			const newest = chosen.slice(0, RECENT_POSTS);
			return newest.map(await ageCurves(newest, context));
		}),
		sparklines: keptOf(sparklines),
		publications: (query) => {
			const { site, posts: catalogue } = contextOf(query);
			return Promise.resolve(
				catalogue.flatMap((post) => {
					if (post.publishedAt === null) return [];
					const date = localDay(site.zone, post.publishedAt);
					return date >= query.from && date <= query.to
						? [{ date, post_id: post.id, title: post.title }]
						: [];
				})
			);
		},
		siteNow: (site) => siteNow(store, site, now())
	};
}

/** Readers of each post by day, whatever the filters, up to the range's end. */
async function sparklines(context: ReportContext): Promise<ReadonlyMap<number, readonly number[]>> {
	const { to } = context.query;
	const from = addDays(to, 1 - SPARK_DAYS);
	const rows = await ask(
		{ ...context, query: { ...context.query, interval: 'day', filters: [] } },
		{ from, to },
		{ metrics: ['readers'], by: ['post', 'date'], postsOnly: true }
	);
	const lines = new Map<number, number[]>();
	for (const row of rows) {
		const post = Number(row['post']);
		const line = lines.get(post) ?? new Array<number>(SPARK_DAYS).fill(0);
		line[daysBetween(from, String(row['date']))] = Number(row['readers']);
		lines.set(post, line);
	}
	return lines;
}

/** What is wrong with regular expressions: only the store's RE2 knows. */
async function expressionErrors(
	store: Pick<EventStore, 'query'>,
	{ filters }: ResolvedQuery
): Promise<readonly QueryError[]> {
	const errors: QueryError[] = [];
	for (const [index, { operator, values }] of filters.entries())
		for (const given of operator === 'matches' ? values : [])
			if (!(await isExpression(store, given)))
				errors.push({
					path: `#/filter/${index}`,
					given,
					allowed: EXPRESSION,
					message: `"${given}" is no expression. Allowed: ${EXPRESSION}.`
				});
	return errors;
}
