import { botReason } from '../enrich/bot.ts';
import { openBoundedCache } from '../enrich/bounded-cache.ts';
import type { Countries } from '../enrich/country.ts';
import { describeAgent } from '../enrich/device.ts';
import type { ReferrerSpam } from '../enrich/referrer-spam.ts';
import { describeSource, referrerNames, type SourceFacts } from '../enrich/source.ts';
import type { DropReason } from '../events/drop-reason.ts';
import type { Event } from '../events/event.ts';
import { applyGoal, type Goal } from '../events/goals.ts';
import { cleanText, normaliseDomain, type WireEvent } from '../events/wire.ts';
import { canonicalPath, DEFAULT_KEEP_PARAMS } from '../posts/canonical-path.ts';
import type { Site } from '../posts/site.ts';
import { localDay, localHour } from '../time/local.ts';
import type { Visitors } from './salts.ts';

/** What the connection tells about the sender; it is used up here and never kept. */
export interface Sender {
	readonly ip: string;
	readonly userAgent: string | undefined;
	/** Known to be a program that a site's owner runs: its User-Agent is not judged. */
	readonly isServerSide?: boolean;
	/** The browser has Global Privacy Control or Do Not Track on. */
	readonly privacySignal?: boolean;
	/** The site whose key for sending came along: no other one is there for its bearer, a program that its owner runs. */
	readonly keySite?: number;
}

export interface EnrichContext {
	/** The site with this domain or alias. */
	readonly siteOf: (domain: string) => Site | undefined;
	/** What a custom event means on a site. */
	readonly goalOf: (site: number, name: string) => Goal | undefined;
	/** Whether a site wants no events of senders with a privacy signal. */
	readonly honoursPrivacySignals: (site: number) => boolean;
	/** Query parameters that are part of a site's pages. */
	readonly keepParamsOf: (site: number) => readonly string[];
	readonly countries: Countries;
	readonly visitors: Visitors;
	/** Of events that are of an earlier day. */
	readonly lateVisitors: Pick<Visitors, 'identify'>;
	readonly allowHeadless: boolean;
	readonly spam: Pick<ReferrerSpam, 'has'>;
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
	const page = wire.url.length > MAX_KEPT ? readPage(wire.url) : pages.get(wire.url, readPage);
	if (page.url === null) return [{ ok: false, reason: 'bad_url', site: null }];
	const reason =
		sender.isServerSide === true || sender.keySite !== undefined
			? null
			: botReason(sender.userAgent, { allowHeadless: context.allowHeadless });
	const from = referrerNames(wire.referrer);
	const isSpam = context.spam.has(from);
	const enrich = (site: Site | undefined): Enriched => {
		if (site === undefined || (sender.keySite !== undefined && sender.keySite !== site.id))
			return { ok: false, reason: 'unknown_site', site: null };
		if (reason !== null) return { ok: false, reason, site };
		if (sender.privacySignal === true && context.honoursPrivacySignals(site.id))
			return { ok: false, reason: 'privacy_signal', site };
		if (isSpam && context.siteOf(from[0] ?? '') !== site)
			return { ok: false, reason: 'spam_referrer', site };
		const goal = context.goalOf(site.id, wire.name);
		const meant = goal === undefined ? wire : applyGoal(wire, goal);
		return { ok: true, event: eventOf(meant, page, site, sender, context) };
	};
	if (wire.domains.length <= 1) return [enrich(context.siteOf(wire.domains[0] ?? page.domain))];
	// Two names of one site are one site.
	return [...new Set(wire.domains.map((domain) => context.siteOf(domain)))].map(enrich);
}

function eventOf(
	wire: WireEvent,
	page: Page,
	site: Site,
	{ ip, userAgent = '' }: Sender,
	{ countries, visitors, lateVisitors, keepParamsOf, now, newId }: EnrichContext
): Event {
	const received = now();
	const ts = wire.timestamp ?? received;
	const day = localDay(site.zone, ts);
	const isLate = wire.timestamp !== undefined && day < localDay(site.zone, received);
	const source = wire.name === 'pageview' ? sourceOf(page, wire.referrer, site.domain) : undefined;
	const agent = describeAgent(userAgent);
	return {
		id: wire.id ?? newId(),
		site: site.id,
		ts,
		received,
		day,
		hour: localHour(site.zone, ts),
		visitor: (isLate ? lateVisitors : visitors).identify(site.id, day, { ip, userAgent }),
		name: wire.name,
		page: pathOf(page, keepParamsOf(site.id)),
		hostname: page.hostname,
		pageView: wire.pageView,
		measured: wire.measured ? true : undefined,
		depth: wire.depth,
		engagedMs: wire.engagedMs,
		ctas: wire.ctas,
		form: wire.form,
		referrer: source?.referrer,
		source: source?.source,
		channel: source?.channel,
		utmSource: source?.utmSource,
		utmMedium: source?.utmMedium,
		utmCampaign: source?.utmCampaign,
		utmContent: source?.utmContent,
		utmTerm: source?.utmTerm,
		country: countries.lookup(ip),
		device: agent.device,
		browser: agent.browser,
		os: agent.os,
		props: wire.props
	};
}

/** What a page's URL says, the same for every reader. */
interface Page {
	/** Null where it is none of the web. */
	readonly url: URL | null;
	readonly domain: string;
	readonly path: string;
	readonly hostname: string;
	/** Where its last page view came from: the next one is often the like. */
	lastSource: {
		readonly site: string;
		readonly referrer: string | undefined;
		readonly facts: SourceFacts;
	} | null;
}

/** Texts longer than that are not kept: a sender chooses them. */
const MAX_KEPT = 512;
const pages = openBoundedCache<Page>(4_096);
const sources = openBoundedCache<SourceFacts>(4_096);
const NO_PAGE: Page = { url: null, domain: '', path: '', hostname: '', lastSource: null };

function readPage(text: string): Page {
	const url = URL.parse(text.toWellFormed());
	if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return NO_PAGE;
	const domain = normaliseDomain(url.hostname);
	return {
		url,
		domain,
		path: canonicalPath(url),
		hostname: cleanText(domain, 255),
		lastSource: null
	};
}

/** The path where the site says otherwise than most which parameters name content. */
function pathOf({ url, path }: Page, keepParams: readonly string[]): string {
	if (keepParams === DEFAULT_KEEP_PARAMS || url === null || url.search === '') return path;
	return canonicalPath(url, { keepParams });
}

function sourceOf(page: Page, referrer: string | undefined, site: string): SourceFacts | undefined {
	const { url, domain, lastSource } = page;
	if (url === null) return undefined;
	if (lastSource?.site === site && lastSource.referrer === referrer) return lastSource.facts;
	const describe = (): SourceFacts =>
		describeSource({ params: url.searchParams, referrer, ownHosts: [site, domain] });
	if (url.href.length + (referrer?.length ?? 0) > MAX_KEPT) return describe();
	const facts = sources.get(`${site} ${domain} ${url.search} ${referrer ?? ''}`, describe);
	page.lastSource = { site, referrer, facts };
	return facts;
}
