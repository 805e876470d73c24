import type { QueryError, Reports, ScopeOf } from '../engine-contract.ts';
import { readImportedSpan } from '../imports/read-imported-span.ts';
import type { Follow } from '../posts/identity/follow.ts';
import type { Post } from '../posts/post.ts';
import type { Site } from '../posts/site.ts';
import { EXPRESSION, isExpression } from '../query/expression.ts';
import { parseQuery } from '../query/parse.ts';
import { bothScopes, isWholeSite, WHOLE_SITE, type Scope } from '../query/scope.ts';
import { openStats } from '../query/stats-api/open-stats.ts';
import type { CommentCounts } from '../stores/comment-counts.ts';
import type { EventStore, StoreQuery } from '../stores/event-store.ts';
import { addDays, daysBetween, localDay } from '../time/local.ts';
import { newestFirst } from './age.ts';
import { ageCurves } from './age-curves.ts';
import { ask } from './ask.ts';
import type { ReportContext } from './definition.ts';
import { firstDay } from './first-day.ts';
import { memberTrends } from './member-trends.ts';
import { chosenPosts } from './post-filters.ts';
import { POST_PARTS, postHeader } from './post-detail-run.ts';
import { RECENT_POSTS } from './recent.ts';
import { openResultCache, type ResultCache } from './result-cache.ts';
import type { ReportResult, ResolvedQuery } from './result.ts';
import { runReport } from './run.ts';
import { candidatesOf, searchCandidates, type Candidates } from './suggest.ts';
import { valueLabel } from './value-label.ts';
import { visiblePosts } from './visible-posts.ts';
import { siteNow } from './site-now.ts';

const MINUTE_MS = 60_000;
const SPARK_DAYS = 30;

interface Sources {
	readonly store: EventStore;
	readonly sites: () => readonly Site[];
	readonly posts: (site: Site) => readonly Post[];
	/** What filters name by now that were written earlier. */
	readonly followOf?: (site: Site) => Follow;
	/** By how many comments posts grew on some days, where the catalogue carries a count. */
	readonly commentGrowth?: CommentCounts['growth'];
	readonly now: () => number;
}

/** What screens, API and command line ask, over an open store. */
export function openReports({
	store,
	sites,
	posts,
	followOf = () => (filters) => filters,
	commentGrowth = () => new Map(),
	now
}: Sources): Reports {
	const reportCache = openResultCache<ReportResult>(store.version);
	const candidateCache = openResultCache<Candidates>(store.version, 50);
	const firstDays = openResultCache<string | null>(store.version);
	const importedSpans = openResultCache<Awaited<ReturnType<typeof readImportedSpan>>>(
		store.version
	);

	/** Every screen asks for both before anything else. */
	const firstDayOf = (site: Site, scope: Scope): Promise<string | null> =>
		firstDays.get(JSON.stringify([site.id, site.zone, scope]), () => firstDay(store, site, scope));
	const importedSpanOf = (site: Site, scope: Scope, first: string | null) =>
		importedSpans.get(JSON.stringify([site.id, scope, first]), () =>
			readImportedSpan(store, site, scope, first)
		);

	/** Ages count in minutes here, so an answer of the same minute is the same. */
	function kept<T>(
		cache: ResultCache<T>,
		question: readonly unknown[],
		context: Asked,
		answer: (context: ReportContext) => Promise<T>,
		signal: AbortSignal | undefined
	): Promise<T> {
		const { query, scope } = context;
		const key = JSON.stringify([question, query, scope, Math.floor(now() / MINUTE_MS)]);
		return cache.get(key, async (left) => answer(await contextOf(context, left)), signal);
	}

	async function contextOf(
		{ site, query, scope }: Asked,
		signal?: AbortSignal
	): Promise<ReportContext> {
		const reading = { query: (text: StoreQuery) => store.query(text, { signal }) };
		const all = posts(site);
		return {
			site,
			query,
			scope,
			store: reading,
			posts: await visiblePosts(reading, site, scope, all),
			peers: scope.band ? all : [],
			commentGrowth: (range) => commentGrowth(site, range),
			now: now()
		};
	}

	/** Answers of one kind, each kept as long as nothing changes. */
	function keptOf<T>(answer: (context: ReportContext) => Promise<T>) {
		const cache = openResultCache<T>(store.version, 50);
		return (asked: Asked): Promise<T> => kept(cache, [], asked, answer, undefined);
	}

	function perPost<T>(answer: (post: Post, context: ReportContext) => Promise<T>) {
		const cache = openResultCache<T>(store.version, 50);
		return (postId: number, asked: Asked, signal: AbortSignal | undefined): Promise<T> =>
			kept(
				cache,
				[postId],
				asked,
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
	const keptSparklines = keptOf(sparklines);
	const keptCurves = keptOf(async (context) => {
		const published = newestFirst(context.posts, context.now);
		const { filters } = context.query;
		const chosen = await chosenPosts(context.store, context.site, published, filters);
		const newest = chosen.slice(0, RECENT_POSTS);
		return newest.map(await ageCurves(newest, context));
	});
	const parts = {
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
	};
	const stats = openStats({ store, now, firstDay: firstDayOf, followOf });

	function reportsWithin(scopeOf: ScopeOf): Reports {
		const seen = (): readonly Site[] => sites().filter((site) => scopeOf(site) !== null);
		const siteNamed = (domain: string): Site | null =>
			seen().find((site) => site.domain === domain) ?? null;

		function scopeFor(site: Site): Scope {
			const scope = scopeOf(site);
			if (scope === null) throw new TypeError(`There is no site ${site.domain}.`);
			return scope;
		}

		/** A question as it may be asked, whatever scope it came with. */
		function asked({ scope: _, ...query }: ResolvedQuery): Asked {
			const site = siteNamed(query.site);
			if (site === null) throw new TypeError(`There is no site ${query.site}.`);
			const scope = scopeFor(site);
			return { site, scope, query: isWholeSite(scope) ? query : { ...query, scope } };
		}

		const part =
			<T>(answer: (postId: number, of: Asked, signal: AbortSignal | undefined) => Promise<T>) =>
			async (
				postId: number,
				query: ResolvedQuery,
				{ signal }: { readonly signal?: AbortSignal } = {}
			): Promise<T> =>
				answer(postId, asked(query), signal);

		return {
			sites: seen,
			site: siteNamed,
			resolve: async (site, params) => {
				const scope = scopeFor(site);
				const first = await firstDayOf(site, scope);
				const imported = await importedSpanOf(site, scope, first);
				const outcome = parseQuery(params, { site, now: now(), firstDay: first, imported });
				if (!outcome.ok) return outcome;
				const errors = await expressionErrors(store, outcome.query);
				if (errors.length > 0) return { ok: false, errors };
				const query = { ...outcome.query, filters: followOf(site)(outcome.query.filters) };
				return { ok: true, query: isWholeSite(scope) ? query : { ...query, scope } };
			},
			report: async (id, query, { limit, only, part, signal } = {}) =>
				kept(
					reportCache,
					[id, limit ?? null, only ?? null, part ?? null],
					asked(query),
					(context) => runReport(id, { ...context, only, part }, limit),
					signal
				),
			stats: (body, { site, signal }) =>
				stats(body, {
					site: (domain) => {
						const found = site(domain);
						const own = found === null ? null : siteNamed(found.domain);
						return own === null ? null : { site: own, scope: scopeFor(own) };
					},
					signal
				}),
			suggest: async (query, { dimensions, text, limit, signal }) => {
				// One key per letter typed would ask the store for the same values again.
				const of = asked({ ...query, compare: null, by: null, sort: null, search: '' });
				const found = await Promise.all(
					dimensions.map((dimension) =>
						kept(
							candidateCache,
							[dimension],
							of,
							(context) => candidatesOf(dimension, context),
							signal
						)
					)
				);
				return found.flatMap((candidates) => searchCandidates(candidates, text, limit));
			},
			labels: async (site, dimension, values) => {
				const seen = await visiblePosts(store, site, scopeFor(site), posts(site));
				return values.map(valueLabel(dimension, seen));
			},
			postHeader: async (postId, query) => {
				const post = (await contextOf(asked(query))).posts.find(({ id }) => id === postId);
				return post === undefined ? null : postHeader(post);
			},
			post: {
				figures: part(parts.figures),
				funnel: part(parts.funnel),
				series: part(parts.series),
				age: part(parts.age),
				depth: part(parts.depth),
				placements: part(parts.placements),
				ctas: part(parts.ctas),
				sources: part(parts.sources),
				next: part(parts.next),
				countries: part(parts.countries),
				devices: part(parts.devices)
			},
			trends: async (by, query) => trendsBy[by](asked(query)),
			recentCurves: async (query) => keptCurves(asked(query)),
			sparklines: async (query) => keptSparklines(asked(query)),
			publications: async (query) => publications(await contextOf(asked(query))),
			siteNow: async (site) => siteNow(store, site, { scope: scopeFor(site), at: now() }),
			within: (inner) =>
				reportsWithin((site) => {
					const [one, other] = [scopeOf(site), inner(site)];
					return one === null || other === null ? null : bothScopes(one, other);
				})
		};
	}

	return reportsWithin(() => WHOLE_SITE);
}

/** A question, the site that it is of, and what it is held to. */
interface Asked {
	readonly site: Site;
	readonly scope: Scope;
	readonly query: ResolvedQuery;
}

/** Posts published within the range. */
function publications({
	site,
	posts,
	query
}: ReportContext): Awaited<ReturnType<Reports['publications']>> {
	return posts.flatMap((post) => {
		if (post.publishedAt === null) return [];
		const date = localDay(site.zone, post.publishedAt);
		return date >= query.from && date <= query.to
			? [{ date, post_id: post.id, title: post.title }]
			: [];
	});
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
