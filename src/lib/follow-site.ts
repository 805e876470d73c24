import type { SiteNow } from '#analytics';
import { openRefresher } from '#lib/refresher.ts';
import { whileVisible } from '#lib/while-visible.ts';

interface FollowOptions {
	/** The address of the site's stream. */
	readonly href: string;
	/** Which event the figures on the page know as the newest. */
	readonly shown: () => number | null;
	readonly hear: (now: SiteNow) => void;
	/** Brings the figures up to date. */
	readonly refresh: () => Promise<void>;
}

const REOPEN_MS = 2_000;
/** Figures of a running period change without an event, too. */
const STALE_MS = 60_000;
/** Longer than the stream's heartbeat: nothing heard means that something on the way holds it back. */
const SILENT_MS = 30_000;

/** Follows how a site stands while the page is looked at; where no stream gets through, by asking from time to time. */
export function followSite({ href, shown, hear, refresh }: FollowOptions) {
	const refresher = openRefresher(refresh);

	return whileVisible(() => {
		let source: EventSource;
		let reopening: ReturnType<typeof setTimeout> | undefined;
		let heardAt = performance.now();

		function open(): void {
			source = new EventSource(href);
			source.addEventListener('message', ({ data }) => {
				const now = readSiteNow(data);
				if (now === null) return;
				heardAt = performance.now();
				hear(now);
				if (now.newest !== shown() || refresher.idleMs() > STALE_MS) refresher.ask();
			});
			source.addEventListener('error', () => {
				// A browser goes on by itself after a lost connection, but not after an answer such as 503.
				if (source.readyState === EventSource.CLOSED) reopening = setTimeout(open, REOPEN_MS);
			});
		}

		open();
		const silence = setInterval(() => {
			if (performance.now() - heardAt > SILENT_MS) void refreshIfServed(refresher.ask);
		}, SILENT_MS);
		return () => {
			clearInterval(silence);
			clearTimeout(reopening);
			refresher.rest();
			source.close();
		};
	});
}

/** Loading while nobody answers would put an error in place of the page. */
async function refreshIfServed(ask: () => void): Promise<void> {
	const answer = await fetch('/health').catch(() => null);
	if (answer?.ok === true) ask();
}

function readSiteNow(data: unknown): SiteNow | null {
	const read: unknown = typeof data === 'string' ? JSON.parse(data) : null;
	return isSiteNow(read) ? read : null;
}

function isSiteNow(read: unknown): read is SiteNow {
	return (
		typeof read === 'object' &&
		read !== null &&
		'visitors' in read &&
		typeof read.visitors === 'number' &&
		'newest' in read &&
		(read.newest === null || typeof read.newest === 'number') &&
		'hasEvents' in read &&
		typeof read.hasEvents === 'boolean'
	);
}
