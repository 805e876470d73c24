import { botReason } from '../enrich/bot.ts';
import type { Countries } from '../enrich/country.ts';
import { describeAgent } from '../enrich/device.ts';
import { describeSource } from '../enrich/source.ts';
import type { DropReason } from '../events/drop-reason.ts';
import type { Event } from '../events/event.ts';
import { applyGoal, type Goal } from '../events/goals.ts';
import { cleanText, normaliseDomain, type WireEvent } from '../events/wire.ts';
import { canonicalPath } from '../posts/canonical-path.ts';
import type { Site } from '../posts/site.ts';
import { localDay, localHour } from '../time/local.ts';
import type { Visitors } from './salts.ts';

/** What the connection tells about the sender; it is used up here and never kept. */
export interface Sender {
	readonly ip: string;
	readonly userAgent: string | undefined;
	/** Known to be a program that a site's owner runs: its User-Agent is not judged. */
	readonly isServerSide?: boolean;
}

export interface EnrichContext {
	/** The site with this domain or alias. */
	readonly siteOf: (domain: string) => Site | undefined;
	/** What a custom event means on a site. */
	readonly goalOf: (site: number, name: string) => Goal | undefined;
	readonly countries: Countries;
	readonly visitors: Visitors;
	readonly allowHeadless: boolean;
	/** Epoch milliseconds. */
	readonly now: () => number;
	readonly newId: () => string;
}

export type Enriched =
	| { readonly ok: true; readonly event: Event }
	| { readonly ok: false; readonly reason: DropReason; readonly site: Site | null };

/** Makes an `Event` of what a client stated, one per site that it named, or tells why not. */
export function enrichEvent(
	wire: WireEvent,
	sender: Sender,
	context: EnrichContext
): readonly Enriched[] {
	const url = parseUrl(wire.url);
	if (url === null) return [{ ok: false, reason: 'bad_url', site: null }];
	const domains = wire.domains.length === 0 ? [normaliseDomain(url.hostname)] : wire.domains;
	const reason =
		sender.isServerSide === true
			? null
			: botReason(sender.userAgent, { allowHeadless: context.allowHeadless });
	// Two names of one site are one site.
	const sites = new Set(domains.map((domain) => context.siteOf(domain)));
	return [...sites].map((site): Enriched => {
		if (site === undefined) return { ok: false, reason: 'unknown_site', site: null };
		if (reason !== null) return { ok: false, reason, site };
		const goal = context.goalOf(site.id, wire.name);
		const meant = goal === undefined ? wire : applyGoal(wire, goal);
		return { ok: true, event: eventOf(meant, url, site, sender, context) };
	});
}

function eventOf(
	wire: WireEvent,
	url: URL,
	site: Site,
	{ ip, userAgent = '' }: Sender,
	{ countries, visitors, now, newId }: EnrichContext
): Event {
	const received = now();
	const day = localDay(site.zone, received);
	const isView = wire.name === 'pageview';
	const source = isView
		? describeSource({
				params: url.searchParams,
				referrer: wire.referrer,
				ownHosts: [site.domain, normaliseDomain(url.hostname)]
			})
		: undefined;
	const country = countries.lookup(ip);
	return {
		id: wire.id ?? newId(),
		site: site.id,
		ts: received,
		received,
		day,
		hour: localHour(site.zone, received),
		visitor: visitors.identify(site.id, day, { ip, userAgent }),
		name: wire.name,
		page: canonicalPath(url),
		hostname: cleanText(normaliseDomain(url.hostname), 255),
		...(wire.pageView === undefined ? {} : { pageView: wire.pageView }),
		...(wire.measured ? { measured: true } : {}),
		...(wire.depth === undefined ? {} : { depth: wire.depth }),
		...(wire.engagedMs === undefined ? {} : { engagedMs: wire.engagedMs }),
		...(wire.ctas === undefined ? {} : { ctas: wire.ctas }),
		...(wire.form === undefined ? {} : { form: wire.form }),
		...source,
		...describeAgent(userAgent),
		...(country === undefined ? {} : { country }),
		...(wire.props === undefined ? {} : { props: wire.props })
	};
}

function parseUrl(text: string): URL | null {
	const url = URL.parse(text.toWellFormed());
	return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') ? url : null;
}
