import { messageOf } from '../../failure.ts';
import { canonicalPath } from '../canonical-path.ts';
import type { Fetcher } from '../fetch/fetcher.ts';
import type { Site } from '../site.ts';
import type { PostCandidate } from '../sources/candidate.ts';
import type { PostSource } from '../stated-post.ts';
import { answeredWith } from './answered-with.ts';
import type { NamedPage } from './known-source.ts';
import { readPostPage } from './read-post-page.ts';
import type { SyncState } from './sync-state.ts';

const PAGES_A_TIME = 100;
const MAX_FAILURES_IN_A_ROW = 3;

interface PageWork {
	readonly fetcher: Fetcher;
	readonly isOwnHost: (host: string) => boolean;
	readonly put: (kind: PostSource, candidates: readonly PostCandidate[]) => Promise<void>;
	readonly errors: string[];
	readonly tell: (more: { readonly pages: { readonly done: number; readonly of: number } }) => void;
}

interface ReadContext {
	readonly now: () => number;
	/** Query parameters that are part of a site's paths. */
	readonly keepParams: (site: Site) => readonly string[];
}

/** Reads pages that may be posts, and those of posts that lack an author or a word count; a few each time. */
export async function readNamedPages(
	site: Site,
	readBefore: SyncState['read'],
	pages: readonly NamedPage[],
	work: PageWork,
	{ now, keepParams }: ReadContext
): Promise<{ readonly read: SyncState['read']; readonly left: ReadonlySet<string> }> {
	const pageOf = (url: string): string =>
		canonicalPath(new URL(url), { keepParams: keepParams(site) });
	const read = { ...readBefore };
	const waiting = pages.filter(({ url, changedAt }) => {
		const at = read[pageOf(url)];
		return work.isOwnHost(new URL(url).hostname) && (at === undefined || (changedAt ?? 0) > at);
	});
	const left = new Set(waiting.map(({ url }) => url));
	const found: PostCandidate[] = [];
	let failures = 0;
	const of = Math.min(waiting.length, PAGES_A_TIME);
	let done = 0;
	for (const { url } of waiting.slice(0, PAGES_A_TIME)) {
		work.tell({ pages: { done, of } });
		done += 1;
		try {
			const post = await readPostPage(url, site, work);
			if (post !== null) found.push(post);
			read[pageOf(url)] = now();
			left.delete(url);
			failures = 0;
		} catch (thrown) {
			work.errors.push(messageOf(thrown));
			// A host that does not answer would cost its time limit for every page; one that lacks a page answers.
			if (!answeredWith(thrown, 404, 410)) failures += 1;
			if (failures >= MAX_FAILURES_IN_A_ROW) break;
		}
	}
	if (found.length > 0) await work.put('page', found);
	if (waiting.length > PAGES_A_TIME)
		work.errors.push(`${waiting.length - PAGES_A_TIME} more pages are read next time.`);
	return { read, left };
}
