import { Failure, messageOf } from '../../failure.ts';
import { normaliseDomain } from '../../events/wire.ts';
import type { PutSummary, Registry } from '../../stores/registry.ts';
import { canonicalPath } from '../canonical-path.ts';
import { openFetcher, type Fetcher, type FetcherOptions } from '../fetch/fetcher.ts';
import type { Post } from '../post.ts';
import type { Site } from '../site.ts';
import type { PostCandidate } from '../sources/candidate.ts';
import type { PostSource, StatedPost } from '../stated-post.ts';
import { discover } from './discover.ts';
import { readPostPage } from './read-post-page.ts';
import { readSource, type CatalogueSource } from './read-source.ts';
import type { SyncState } from './sync-state.ts';

export type { CatalogueSource } from './read-source.ts';

export interface SyncResult extends PutSummary {
	/** What did not work though the rest did, a sentence each. */
	readonly errors: readonly string[];
}

interface SyncContext {
	readonly registry: Pick<Registry, 'sync' | 'setSync' | 'aliases'> & {
		readonly posts: (site: Site) => readonly Post[];
	};
	readonly putStated: (site: Site, posts: readonly StatedPost[]) => Promise<PutSummary>;
	readonly exceptions: FetcherOptions['exceptions'];
	readonly now: () => number;
}

const PAGES_A_TIME = 100;
const MAX_ERRORS = 20;
const MAX_FAILURES_IN_A_ROW = 3;

/** Reads catalogues of sites, one after the other. */
export function openSync(context: SyncContext) {
	let before: Promise<unknown> = Promise.resolve();
	return (site: Site, source?: CatalogueSource): Promise<SyncResult> => {
		const run = before.then(() => syncSite(site, source, context));
		before = run.catch(() => undefined);
		return run;
	};
}

async function syncSite(
	site: Site,
	given: CatalogueSource | undefined,
	context: SyncContext
): Promise<SyncResult> {
	const { registry, now } = context;
	const state = registry.sync(site);
	const errors: string[] = [];
	const totals = { added: 0, updated: 0, unchanged: 0 };
	const isOwnHost = ownHosts(site, registry.aliases());
	const fetcher = openFetcher({ isOwnHost, exceptions: context.exceptions, now });
	const put = async (kind: PostSource, candidates: readonly PostCandidate[]): Promise<void> => {
		const own = candidates.filter(({ url }) => isOwnHost(new URL(url).hostname));
		const foreign = candidates.length - own.length;
		if (foreign > 0) errors.push(`${foreign} entries link to other hosts and were left out.`);
		const summary = await context.putStated(
			site,
			own.map((each) => statedBy(kind, each))
		);
		totals.added += summary.added;
		totals.updated += summary.updated;
		totals.unchanged += summary.unchanged;
	};
	let next: SyncState = { ...state, lastAt: now() };
	try {
		const source = given ?? (await chosen(site, state, fetcher));
		const isSame = source.kind === state.kind && source.url === state.url;
		const validators = isSame && given === undefined ? state.validators : null;
		const answer = await readSource(source, site.zone, fetcher, validators ?? {});
		errors.push(...answer.errors.map(withoutKey));
		await put(answer.kind, answer.candidates);
		const read = await readPages(
			site,
			state.read,
			answer.pages,
			{ fetcher, isOwnHost, put, errors },
			context
		);
		next = { ...next, validators: answer.validators, read };
		return { ...totals, errors: errors.slice(0, MAX_ERRORS) };
	} catch (thrown) {
		const told = withoutKey(messageOf(thrown));
		errors.unshift(told);
		throw new Failure(thrown instanceof Failure ? thrown.code : 'fetch', told, { cause: thrown });
	} finally {
		registry.setSync(site, { ...next, ...totals, errors: errors.slice(0, MAX_ERRORS) });
	}
}

/** Reads pages that may be posts, and those of posts that lack an author or a word count; a few each time. */
async function readPages(
	site: Site,
	readBefore: SyncState['read'],
	pages: readonly { readonly url: string; readonly changedAt: number | null }[],
	work: {
		readonly fetcher: Fetcher;
		readonly isOwnHost: (host: string) => boolean;
		readonly put: (kind: PostSource, candidates: readonly PostCandidate[]) => Promise<void>;
		readonly errors: string[];
	},
	{ now }: SyncContext
): Promise<SyncState['read']> {
	const read = { ...readBefore };
	const waiting = pages.filter(({ url, changedAt }) => {
		const at = read[canonicalPath(new URL(url))];
		return work.isOwnHost(new URL(url).hostname) && (at === undefined || (changedAt ?? 0) > at);
	});
	const found: PostCandidate[] = [];
	let failures = 0;
	for (const { url } of waiting.slice(0, PAGES_A_TIME)) {
		try {
			const post = await readPostPage(url, site, work);
			if (post !== null) found.push(post);
			read[canonicalPath(new URL(url))] = now();
			failures = 0;
		} catch (thrown) {
			work.errors.push(messageOf(thrown));
			// A host that does not answer would cost its time limit for every page.
			failures += 1;
			if (failures >= MAX_FAILURES_IN_A_ROW) break;
		}
	}
	if (found.length > 0) await work.put('page', found);
	if (waiting.length > PAGES_A_TIME)
		work.errors.push(`${waiting.length - PAGES_A_TIME} more pages are read next time.`);
	return read;
}

async function chosen(site: Site, state: SyncState, fetcher: Fetcher): Promise<CatalogueSource> {
	if (state.kind !== 'auto') return { kind: state.kind, url: state.url, key: state.key };
	const home = state.url === '' ? `https://${site.domain}/` : state.url;
	const found = await discover(home, fetcher);
	if (found === null)
		throw new Failure('fetch', `${home} names no feed and has no sitemap; say which with --feed.`);
	return found;
}

/** A key of an API is nobody's to read in a message. */
function withoutKey(message: string): string {
	return message.replace(/([?&]key=)[^&\s]*/g, '$1…');
}

/** Whether a host is one of a site's. */
export function ownHosts(
	{ id, domain }: Site,
	aliases: ReturnType<Registry['aliases']>
): (host: string) => boolean {
	const names = new Set([
		domain,
		...aliases.filter(({ site }) => site === id).map(({ alias }) => alias)
	]);
	return (host) => names.has(normaliseDomain(host));
}

/** What a source says of a post, by its canonical paths. */
export function statedBy(source: PostSource, given: PostCandidate): StatedPost {
	const path = canonicalPath(new URL(given.url));
	const former = (given.formerUrls ?? []).map((url) => canonicalPath(new URL(url)));
	return {
		source,
		guid: given.guid,
		path,
		formerPaths: [...new Set(former)].filter((each) => each !== path),
		title: given.title ?? '',
		authors: given.authors ?? [],
		topics: given.topics ?? [],
		publishedAt: given.publishedAt ?? null,
		wordCount: given.wordCount ?? null,
		commentCount: given.commentCount ?? null
	};
}
