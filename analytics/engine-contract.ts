import type { MetricId } from './metrics.ts';
import type { MemberTrends } from './reports/member-trends.ts';
import type { PostHeader, PostParts } from './reports/post-detail.ts';
import type { Site } from './posts/site.ts';
import type { AgeCurve } from './reports/post-detail.ts';
import type { Scope } from './query/scope.ts';
import type { StatsOutcome } from './query/stats-api/result.ts';
import type { DimensionId } from './dimensions.ts';
import type { Suggestion } from './reports/suggest.ts';
import type { ReportId } from './reports/report-ids.ts';
import type { ReportResult, ResolvedQuery } from './reports/result.ts';
import type { SiteNow } from './reports/site-now.ts';

/** What screens, API and command line ask of an open engine. */
export interface Reports {
	readonly sites: () => readonly Site[];
	readonly site: (domain: string) => Site | null;
	/** Resolves a screen's query string against the site's zone, `now` and first event. */
	readonly resolve: (site: Site, params: URLSearchParams) => Promise<QueryOutcome>;
	/**
	 * One report; `limit` keeps the first rows only (screens' cards), totals stay over everything. `only` leaves out the
	 * other metrics and `part` the totals or the rows, with what they cost.
	 * @throws Failure `time_limit`; the signal's reason where it aborts.
	 */
	readonly report: (
		id: ReportId,
		query: ResolvedQuery,
		options?: {
			readonly limit?: number;
			readonly only?: readonly MetricId[];
			readonly part?: 'rows' | 'totals';
			readonly signal?: AbortSignal;
		}
	) => Promise<ReportResult>;
	/**
	 * What the Stats API answers to a body, whatever it is. `site` finds a site that whoever asks may read.
	 * @throws Failure `time_limit`; the signal's reason where it aborts.
	 */
	readonly stats: (
		body: unknown,
		options: {
			readonly site: (domain: string) => Site | null;
			readonly signal?: AbortSignal;
		}
	) => Promise<StatsOutcome>;
	/**
	 * Values of dimensions that answer a text, with their counts in the query's period under its filters: of each
	 * dimension the first `limit`, the best match first. An empty text is answered by every value.
	 * @throws Failure `time_limit`; the signal's reason where it aborts.
	 */
	readonly suggest: (
		query: ResolvedQuery,
		what: {
			readonly dimensions: readonly DimensionId[];
			readonly text: string;
			readonly limit: number;
			readonly signal?: AbortSignal;
		}
	) => Promise<readonly Suggestion[]>;
	/** What a reader knows values of a dimension by: posts by their titles, countries by their names. */
	readonly labels: (
		site: Site,
		dimension: DimensionId,
		values: readonly string[]
	) => Promise<readonly string[]>;
	/** A post of the query's site, or null where it has no such post. */
	readonly postHeader: (postId: number, query: ResolvedQuery) => Promise<PostHeader | null>;
	/**
	 * The parts of the screen of one post.
	 * @throws TypeError where the site has no such post; Failure `time_limit`; the signal's reason where it aborts.
	 */
	readonly post: {
		readonly [Part in keyof PostParts]: (
			postId: number,
			query: ResolvedQuery,
			options?: { readonly signal?: AbortSignal }
		) => Promise<PostParts[Part]>;
	};
	/** Readers of each topic or author by bucket of the range. */
	readonly trends: (by: 'topic' | 'author', query: ResolvedQuery) => Promise<MemberTrends>;
	/** The newest ten posts, newest first, each with its age curve and band. */
	readonly recentCurves: (query: ResolvedQuery) => Promise<readonly AgeCurve[]>;
	/** Readers per day over the last 30 local days up to the range's end, by post id; oldest first, length 30. */
	readonly sparklines: (query: ResolvedQuery) => Promise<ReadonlyMap<number, readonly number[]>>;
	/** Posts published within the range, for markers on charts. */
	readonly publications: (
		query: ResolvedQuery
	) => Promise<
		readonly { readonly date: string; readonly post_id: number; readonly title: string }[]
	>;
	/** How the site stands at this moment. */
	readonly siteNow: (site: Site) => Promise<SiteNow>;
	/**
	 * The same reports for somebody who sees these sites only, each within its scope; null: there is no such site for
	 * them. What is asked later asks `scopeOf` again.
	 */
	readonly within: (scopeOf: ScopeOf) => Reports;
}

/** What somebody may see of a site; null where it does not exist for them. */
export type ScopeOf = (site: Site) => Scope | null;

/** A resolved query, or what was wrong with each field. */
export type QueryOutcome =
	| { readonly ok: true; readonly query: ResolvedQuery }
	| { readonly ok: false; readonly errors: readonly QueryError[] };

export interface QueryError {
	/** JSON path to the wrong field, for example `#/period`. */
	readonly path: string;
	readonly given: string;
	readonly allowed: string;
	readonly message: string;
}
