import { createHash } from 'node:crypto';
import { abortReason, Failure, messageOf } from '../../failure.ts';
import { normaliseDomain } from '../../events/wire.ts';
import type { PutSummary, Registry } from '../../stores/registry.ts';
import { canonicalPath } from '../canonical-path.ts';
import { openFetcher, type Fetcher, type FetcherOptions } from '../fetch/fetcher.ts';
import type { Post } from '../post.ts';
import type { Site } from '../site.ts';
import type { PostCandidate } from '../sources/candidate.ts';
import type { PostSource, StatedPost } from '../stated-post.ts';
import { discover } from './discover.ts';
import { readNamedPages } from './read-named-pages.ts';
import { readSource, type CatalogueSource } from './read-source.ts';
import { knownOf } from './source-answer.ts';
import type { SyncState } from './sync-state.ts';

export type { CatalogueSource } from './read-source.ts';

export interface SyncResult extends PutSummary {
	/** What did not work though the rest did, a sentence each. */
	readonly errors: readonly string[];
}

/** How far the reading of a catalogue is. */
export interface SyncProgress {
	/** Epoch milliseconds; null while it waits for another site's. */
	readonly startedAt: number | null;
	/** Documents read so far. */
	readonly documents: number;
	/** Pages of posts read so far, of those that are read this time; null before it comes to them. */
	readonly pages: { readonly done: number; readonly of: number } | null;
}

interface SyncContext {
	readonly registry: Pick<Registry, 'sync' | 'setSync' | 'aliases'> & {
		readonly posts: (site: Site) => readonly Post[];
	};
	/** Query parameters that are part of a site's paths. */
	readonly keepParams: (site: Site) => readonly string[];
	/** What was decided about a site's posts, as far as it decides which of them a source speaks of. */
	readonly decisions: (site: Site) => unknown;
	readonly putStated: (site: Site, posts: readonly StatedPost[]) => Promise<PutSummary>;
	readonly exceptions: FetcherOptions['exceptions'];
	readonly now: () => number;
}

const MAX_ERRORS = 20;

/** Catalogues of sites, read one after the other. */
export interface Syncs {
	/** @throws Failure `fetch`, `bad_file` */
	readonly sync: (site: Site, source?: CatalogueSource) => Promise<SyncResult>;
	/** What a home page names as its source; null where it names none. @throws Failure `fetch` */
	readonly discover: (site: Site, home: string) => Promise<CatalogueSource | null>;
	/** How far the reading of a site is; null while none goes on. */
	readonly progress: (site: Site) => SyncProgress | null;
	/** Stops what goes on, keeps what it has found, and waits until it has let go. */
	readonly close: () => Promise<void>;
}

/** Opens the reading of catalogues. */
export function openSync(context: SyncContext): Syncs {
	const stop = new AbortController();
	const going = new Map<number, SyncProgress>();
	let before: Promise<unknown> = Promise.resolve();

	function fetcherOf(site: Site, onFetch: () => void): Fetcher {
		const isOwnHost = ownHosts(site, context.registry.aliases());
		const { exceptions, now } = context;
		return stoppable(openFetcher({ isOwnHost, exceptions, now }), stop.signal, onFetch);
	}

	async function run(site: Site, source: CatalogueSource | undefined): Promise<SyncResult> {
		const tell = (more: Partial<SyncProgress>): void => {
			const known = going.get(site.id);
			if (known !== undefined) going.set(site.id, { ...known, ...more });
		};
		const fetcher = fetcherOf(site, () =>
			tell({ documents: (going.get(site.id)?.documents ?? 0) + 1 })
		);
		tell({ startedAt: context.now() });
		try {
			return await syncSite(site, source, context, fetcher, tell);
		} finally {
			going.delete(site.id);
		}
	}

	return {
		sync: (site, source) => {
			going.set(site.id, { startedAt: null, documents: 0, pages: null });
			const sync = before.then(() => run(site, source));
			before = sync.catch(() => undefined);
			return sync;
		},
		discover: async (site, home) => {
			const fetcher = fetcherOf(site, () => undefined);
			return (await discover(home, fetcher, null, context.now())).source;
		},
		progress: (site) => going.get(site.id) ?? null,
		close: async () => {
			stop.abort(new Failure('fetch', 'Reading was stopped with the server.'));
			await before;
		}
	};
}

/** A fetcher that lets go at once when it is told to stop. */
function stoppable(fetcher: Fetcher, signal: AbortSignal, onFetch: () => void): Fetcher {
	const stopped = new Promise<never>((_, reject) => {
		signal.addEventListener('abort', () => reject(abortReason(signal)), { once: true });
	});
	stopped.catch(() => undefined);
	async function unlessStopped<T>(fetch: () => Promise<T>): Promise<T> {
		if (signal.aborted) throw abortReason(signal);
		const answer = await Promise.race([fetch(), stopped]);
		onFetch();
		return answer;
	}
	return {
		fetch: (url) => unlessStopped(() => fetcher.fetch(url)),
		fetchIfChanged: (url, validators) =>
			unlessStopped(() => fetcher.fetchIfChanged(url, validators))
	};
}

async function syncSite(
	site: Site,
	given: CatalogueSource | undefined,
	context: SyncContext,
	fetcher: Fetcher,
	tell: (more: Partial<SyncProgress>) => void
): Promise<SyncResult> {
	const { registry, now } = context;
	const state = registry.sync(site);
	const errors: string[] = [];
	const totals = { added: 0, updated: 0, unchanged: 0 };
	const isOwnHost = ownHosts(site, registry.aliases());
	const put = async (kind: PostSource, candidates: readonly PostCandidate[]): Promise<void> => {
		const own = candidates.filter(({ url }) => isOwnHost(new URL(url).hostname));
		const foreign = candidates.length - own.length;
		if (foreign > 0) errors.push(`${foreign} entries link to other hosts and were left out.`);
		const summary = await context.putStated(
			site,
			own.map((each) => statedBy(kind, each, context.keepParams(site)))
		);
		totals.added += summary.added;
		totals.updated += summary.updated;
		totals.unchanged += summary.unchanged;
	};
	const basis = basisOf(site, context);
	// Where anything fails, or another source spoke meanwhile, all is asked for whole the next time.
	let next: Partial<SyncState> = { lastAt: now(), known: null, home: null };
	try {
		const { source, home } =
			given === undefined
				? await chosen(site, state, fetcher, now())
				: { source: given, home: null };
		const terms = digestOf([source.kind, source.url, source.key ?? '', basis]);
		const known = given === undefined && state.known?.terms === terms ? state.known : null;
		const answer = await readSource(source, { zone: site.zone, fetcher, known, now: now() });
		errors.push(...answer.errors.map(withoutKey));
		await put(answer.kind, answer.candidates);
		const { read, left } = await readNamedPages(
			site,
			state.read,
			answer.documents.flatMap(({ pages }) => pages),
			{ fetcher, isOwnHost, put, errors, tell },
			context
		);
		next = { ...next, read };
		if (given === undefined)
			next = { ...next, home, known: { terms, ...knownOf(answer, ({ url }) => left.has(url)) } };
		return { ...totals, errors: errors.slice(0, MAX_ERRORS) };
	} catch (thrown) {
		const told = withoutKey(messageOf(thrown));
		errors.unshift(told);
		throw new Failure(thrown instanceof Failure ? thrown.code : 'fetch', told, { cause: thrown });
	} finally {
		// As it is now: somebody may have changed the settings meanwhile.
		const kept = registry.sync(site);
		registry.setSync(site, { ...kept, ...next, ...totals, errors: errors.slice(0, MAX_ERRORS) });
	}
}

async function chosen(
	site: Site,
	state: SyncState,
	fetcher: Fetcher,
	now: number
): Promise<{ readonly source: CatalogueSource; readonly home: SyncState['home'] }> {
	if (state.kind !== 'auto')
		return { source: { kind: state.kind, url: state.url, key: state.key }, home: null };
	const home = state.url === '' ? `https://${site.domain}/` : state.url;
	const { source, known } = await discover(home, fetcher, state.home, now);
	if (source === null)
		throw new Failure('fetch', `${home} names no feed and has no sitemap; say which with --feed.`);
	return { source, home: known };
}

/** What decides, beside the source itself, what is read of it and which posts it speaks of. */
function basisOf(site: Site, { registry, decisions }: SyncContext): unknown {
	const hosts = registry.aliases().filter((entry) => entry.site === site.id);
	return [site.domain, site.zone, hosts, decisions(site)];
}

function digestOf(terms: unknown): string {
	return createHash('sha256').update(JSON.stringify(terms)).digest('base64url');
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
export function statedBy(
	source: PostSource,
	given: PostCandidate,
	keepParams: readonly string[]
): StatedPost {
	const pathOf = (url: string): string => canonicalPath(new URL(url), { keepParams });
	const path = pathOf(given.url);
	const former = (given.formerUrls ?? []).map(pathOf);
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
