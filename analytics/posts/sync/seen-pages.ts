import { messageOf } from '../../failure.ts';
import type { EventStore } from '../../stores/event-store.ts';
import type { PutSummary, Registry } from '../../stores/registry.ts';
import { sql } from '../../stores/sql.ts';
import { addDays, localDay } from '../../time/local.ts';
import { openFetcher, type Fetcher, type FetcherOptions } from '../fetch/fetcher.ts';
import type { Site } from '../site.ts';
import type { StatedPost } from '../stated-post.ts';
import { readPostPage } from './read-post-page.ts';
import { ownHosts, statedBy } from './sync.ts';

interface SeenContext {
	readonly store: Pick<EventStore, 'query'>;
	readonly registry: Pick<Registry, 'aliases' | 'sync' | 'seenPages' | 'catalogue'>;
	readonly putStated: (site: Site, posts: readonly StatedPost[]) => Promise<PutSummary>;
	readonly exceptions: FetcherOptions['exceptions'];
	readonly now: () => number;
	readonly isClosing: () => boolean;
}

const DAY_MS = 86_400_000;
/** Pages read at one time, and on one day: whoever sends events can name any number. */
const MOST_AT_ONCE = 10;
const MOST_A_DAY = 500;
const MOST_TRIES = 3;

/**
 * Reads pages that were viewed today or yesterday, are no post and were not read before. What is to be read follows from
 * the facts and what was read is kept, so that nothing is lost or read twice when a server starts anew, and the intake
 * has no part in it. A page that cannot be reached is tried again a day later, three times in all.
 */
export function openSeenPages(context: SeenContext): (site: Site) => Promise<void> {
	const fetchers = new Map<number, Fetcher>();
	let before: Promise<unknown> = Promise.resolve();
	// One after the other, else two would read the same page.
	return (site) => {
		const run = before.then(() => readSome(site));
		before = run.catch(() => undefined);
		return run;
	};

	async function readSome(site: Site): Promise<void> {
		const { registry, now, exceptions, putStated, isClosing } = context;
		if (registry.catalogue.rules(site).seenPages === 'ignore') return;
		const isSites = ownHosts(site, registry.aliases());
		const isOwnHost = (host: string): boolean => isSites(host) || exceptions.allowsHost(host);
		const fetcher =
			fetchers.get(site.id) ??
			openFetcher({
				isOwnHost: (host) => ownHosts(site, registry.aliases())(host),
				exceptions,
				now
			});
		fetchers.set(site.id, fetcher);
		for (const { page, hostname } of await unread(site, context)) {
			if (isClosing()) return;
			const url = new URL(page, originOf(site, hostname, registry.sync(site).url, isOwnHost));
			try {
				const post = await readPostPage(url.href, site, { fetcher, isOwnHost });
				if (isClosing()) return;
				registry.seenPages.note(site, page, now(), null);
				if (post !== null)
					await putStated(site, [statedBy('page', post, registry.catalogue.rules(site).params)]);
			} catch (thrown) {
				if (isClosing()) return;
				registry.seenPages.note(site, page, now(), messageOf(thrown));
			}
		}
	}
}

async function unread(
	site: Site,
	{ store, registry, now }: SeenContext
): Promise<readonly { readonly page: string; readonly hostname: string }[]> {
	const at = now();
	const known = registry.seenPages.list(site);
	const today = [...known.values()].filter(({ triedAt }) => triedAt > at - DAY_MS).length;
	const rows = await store.query(sql`
		select page, any_value(hostname) as hostname from readings join clients using (client)
		where site_id = ${site.id} and day >= ${addDays(localDay(site.zone, at), -1)}::date
			and post_id is null and views > 0
		group by page order by sum(views) desc, page limit ${MOST_A_DAY * 2}`);
	return rows
		.map((row) => ({ page: String(row['page']), hostname: String(row['hostname'] ?? '') }))
		.filter(({ page }) => {
			const before = known.get(page);
			return (
				before === undefined ||
				(before.problem !== null && before.tries < MOST_TRIES && before.triedAt <= at - DAY_MS)
			);
		})
		.slice(0, Math.max(0, Math.min(MOST_AT_ONCE, MOST_A_DAY - today)));
}

/** Where the blog is: where its catalogue is read from, where that is set, else where the page was seen. */
function originOf(
	{ domain }: Site,
	hostname: string,
	source: string,
	isOwnHost: (host: string) => boolean
): string {
	if (URL.canParse(source)) return new URL(source).origin;
	return `https://${isOwnHost(hostname) ? hostname : domain}`;
}
