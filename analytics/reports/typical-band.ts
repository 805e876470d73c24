import { quantile } from '../stats/quantile.ts';
import { isOfPages } from '../query/scope-conditions.ts';
import { WHOLE_SITE, type Scope } from '../query/scope.ts';
import {
	cumulative,
	HOUR,
	newestFirst,
	readersByAge,
	type Published,
	type ReadersByAge
} from './age.ts';
import type { ReportContext } from './definition.ts';
import type { AgeCurve } from './post-detail.ts';
import { splitFilters } from './post-filters.ts';

const BAND_POSTS = 30;
const BAND_LEAST = 3;
/** Five percentiles of three posts give away each of them: so many others must stand behind those that are told. */
const LEAST_HIDDEN = 10;
/** Digits of a percentile that hidden posts have a part in. */
const HIDDEN_DIGITS = 2;

/** What typical bands are made of, and what may be told of it. */
export interface Typical {
	/** Newest first. */
	readonly all: readonly Published[];
	/** When the site's first event happened, epoch milliseconds, or null. */
	readonly recordedFrom: number | null;
	readonly now: number;
	/** Ids of the posts that the scope hides. */
	readonly hidden: ReadonlySet<number>;
	/** Whether filters choose among the readers: of hidden posts nobody is told in slices. */
	readonly isSliced: boolean;
}

/** The posts of a site as typical bands need them. */
export function typicalOf(
	{ posts, peers, query, now }: Pick<ReportContext, 'posts' | 'peers' | 'query' | 'now'>,
	recordedFrom: number | null
): Typical {
	const seen = new Set(posts.map(({ id }) => id));
	return {
		all: newestFirst(peers, now),
		recordedFrom,
		now,
		hidden: new Set(peers.flatMap(({ id }) => (seen.has(id) ? [] : [id]))),
		isSliced: splitFilters(query.filters).ofReaders.length > 0
	};
}

/** The posts a typical band is made of: published before, recorded from the start, at least that old. */
function peersOf(
	post: Published,
	{ all, now, recordedFrom }: Typical,
	hours: number
): readonly Published[] {
	const peers: Published[] = [];
	if (recordedFrom === null) return peers;
	// Asked for each age of a curve: the newest come first, so the rest of a long catalogue is not looked at.
	for (const peer of all) {
		if (peers.length === BAND_POSTS || peer.publishedAt < recordedFrom) break;
		if (peer.publishedAt < post.publishedAt && now - peer.publishedAt >= hours * HOUR)
			peers.push(peer);
	}
	return peers;
}

/** A post and all that its typical band is made of at some ages. */
export function withPeers(
	post: Published,
	typical: Typical,
	ages: readonly number[]
): readonly Published[] {
	return [...new Set([post, ...ages.flatMap((hours) => peersOf(post, typical, hours))])];
}

/**
 * The typical band of a post at an age: null where fewer than three posts are that old. Hidden posts have a part in it
 * only where they are many, and percentiles are rounded then.
 */
export function bandAt(
	readers: ReadersByAge,
	post: Published,
	typical: Typical,
	hours: number
): Omit<AgeCurve['band'][number], 'age_hours'> | null {
	const peers = peersOf(post, typical, hours);
	const hidden = peers.filter(({ id }) => typical.hidden.has(id)).length;
	if (peers.length < BAND_LEAST) return null;
	if (hidden > 0 && (hidden < LEAST_HIDDEN || typical.isSliced)) return null;
	const values = peers.map((peer) => cumulative(readers, peer.id, hours));
	const at = (share: number): number => {
		const value = quantile(values, share) ?? 0;
		return hidden > 0 ? Number(value.toPrecision(HIDDEN_DIGITS)) : value;
	};
	return { p10: at(0.1), p25: at(0.25), p50: at(0.5), p75: at(0.75), p90: at(0.9) };
}

/** Readers by age of some posts; of those that the scope hides, whatever it asks of pages. */
export async function readersOfPeers(
	context: Pick<ReportContext, 'store' | 'site' | 'query' | 'now' | 'scope'>,
	posts: readonly Published[],
	ages: readonly number[],
	typical: Typical
): Promise<ReadersByAge> {
	const isHidden = ({ id }: Published): boolean => typical.hidden.has(id);
	const unseen = posts.filter(isHidden);
	const own = await readersByAge(
		context,
		posts.filter((post) => !isHidden(post)),
		ages
	);
	if (unseen.length === 0 || typical.isSliced) return own;
	const filters = context.scope.filters.filter((filter) => !isOfPages(filter));
	const scope: Scope = { ...WHOLE_SITE, filters };
	return new Map([...own, ...(await readersByAge({ ...context, scope }, unseen, ages))]);
}
