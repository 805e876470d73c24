import { openBoundedCache } from './bounded-cache.ts';
import {
	CHANNEL_BY_KIND,
	CLICK_IDS,
	KNOWN_TAGS,
	MEDIUM_RULES,
	PAID_CHANNEL_BY_KIND,
	type Channel,
	type KnownSource,
	type SourceKind
} from './channels.ts';
import { knownSource } from './known-source.ts';

export interface SourceInput {
	/** Search parameters of the page's URL. */
	readonly params: URLSearchParams;
	readonly referrer?: string | undefined;
	/** Hosts of the site itself, lower-case; `www.` makes no difference. */
	readonly ownHosts: readonly string[];
}

/** Where a page view came from. Undefined fields are absent. */
export interface SourceFacts {
	readonly source: string;
	readonly channel: Channel;
	/** Host and path of the referring page, without `www.`, query and fragment; at most 2,000 characters. */
	readonly referrer?: string;
	readonly utmSource?: string;
	readonly utmMedium?: string;
	readonly utmCampaign?: string;
	readonly utmContent?: string;
	readonly utmTerm?: string;
}

interface Referrer {
	readonly host: string;
	readonly path: string;
	/** The host, then domains above it, of two to six labels. */
	readonly names: readonly string[];
}

const MAX_REFERRER = 2000;
const MAX_TAG = 200;
/** Names of a referrer that are looked at; a sender can make a host of a thousand labels. */
const MAX_DEPTH = 6;
const NOWHERE: Referrer = { host: '', path: '', names: [] };
const UTM_FIELDS = [
	['utmSource', 'utm_source'],
	['utmMedium', 'utm_medium'],
	['utmCampaign', 'utm_campaign'],
	['utmContent', 'utm_content'],
	['utmTerm', 'utm_term']
] as const;

const referrers = openBoundedCache<Referrer>(1024);

/**
 * The source and channel of a page view: campaign tags first, then the advertiser's click id, then the referrer, else
 * Direct. A referrer of the site itself, without tags, is Internal and no source of a visit.
 */
export function describeSource(input: SourceInput): SourceFacts {
	const { params } = input;
	const from = referrerOf(input.referrer);
	const isInternal = from.host !== '' && isOwn(from.host, input.ownHosts);
	const referrer = from.host === '' || isInternal ? {} : { referrer: referrerText(from) };
	if (params.size === 0) return { ...describeReferrer(from, isInternal), ...referrer };

	const utm = utmFields(params);
	const facts = describeTags(params, utm, isInternal ? NOWHERE : from);
	return { ...(facts ?? describeReferrer(from, isInternal)), ...referrer, ...utm };
}

/** A referrer's host without `www.`, then up to five domains above it; empty where there is none. */
export function referrerNames(referrer: string | undefined): readonly string[] {
	return referrerOf(referrer).names;
}

function referrerOf(text = ''): Referrer {
	return text === '' ? NOWHERE : referrers.get(text.slice(0, MAX_REFERRER), parseReferrer);
}

type Utm = { -readonly [Key in (typeof UTM_FIELDS)[number][0]]?: string };
type Described = Pick<SourceFacts, 'source' | 'channel'>;

function describeReferrer(from: Referrer, isInternal: boolean): Described {
	if (from.host === '') return { source: 'Direct', channel: 'Direct' };
	if (isInternal) return { source: 'Internal', channel: 'Internal' };
	const known = knownSource(from.host, from.path);
	if (known === undefined) return { source: from.host, channel: 'Referral' };
	return { source: known.source, channel: CHANNEL_BY_KIND[known.kind] };
}

function describeTags(params: URLSearchParams, utm: Utm, from: Referrer): Described | null {
	const click = CLICK_IDS.find((one) => params.has(one.parameter));
	const name = utm.utmSource ?? tag(params, 'source') ?? tag(params, 'ref');
	const isTagged = name !== undefined || utm.utmMedium !== undefined;
	if (!isTagged && click === undefined) return null;

	const named = name === undefined ? undefined : sourceOfTag(name);
	const known = named ?? (from.host === '' ? undefined : knownSource(from.host, from.path));
	// Facebook's click id also comes with links on Instagram: there the referrer knows better.
	if (!isTagged && click?.channel === 'Organic Social' && known !== undefined) return null;
	const source =
		named?.source ??
		name ??
		click?.source ??
		known?.source ??
		(from.host || utm.utmMedium || 'Direct');
	const byMedium = channelOfMedium(utm.utmMedium, known?.kind);
	if (byMedium !== null) return { source, channel: byMedium };
	// The click id of a paid link outweighs the kind of place, that of an unpaid one does not.
	if (click !== undefined && (click.channel.startsWith('Paid') || named === undefined))
		return { source, channel: click.channel };
	return { source, channel: CHANNEL_BY_KIND[known?.kind ?? 'referral'] };
}

function sourceOfTag(name: string): KnownSource | undefined {
	const key = name.toLowerCase();
	if (Object.hasOwn(KNOWN_TAGS, key)) return KNOWN_TAGS[key];
	if (!key.includes('.'))
		return key.endsWith('newsletter') ? { source: name, kind: 'email' } : undefined;
	return knownSource(key.replace(/^www\./, ''), '/');
}

function channelOfMedium(medium: string | undefined, kind: SourceKind | undefined): Channel | null {
	if (medium === undefined) return null;
	const words = medium.toLowerCase();
	const rule = MEDIUM_RULES.find((one) => one.words.test(words));
	if (rule === undefined) return null;
	if (rule.channel !== 'paid') return rule.channel;
	return PAID_CHANNEL_BY_KIND[kind ?? 'referral'] ?? 'Paid Other';
}

function utmFields(params: URLSearchParams): Utm {
	const fields: Utm = {};
	for (const [field, parameter] of UTM_FIELDS) {
		const value = tag(params, parameter);
		if (value !== undefined) fields[field] = value;
	}
	return fields;
}

function tag(params: URLSearchParams, name: string): string | undefined {
	const value = params.get(name);
	if (value === null) return undefined;
	const text = value
		.slice(0, MAX_TAG)
		.toWellFormed()
		.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, ' ')
		.trim();
	return text === '' ? undefined : text;
}

/** Only pages and apps refer: `javascript:`, `data:`, `file:` and what is no URL count as none. */
function parseReferrer(text: string): Referrer {
	const url = URL.parse(text);
	if (url === null) return NOWHERE;
	const isApp = url.protocol === 'android-app:' || url.protocol === 'ios-app:';
	if (!isApp && url.protocol !== 'http:' && url.protocol !== 'https:') return NOWHERE;
	const host = bareHost(url.hostname);
	if (host === '') return NOWHERE;
	return { host, path: url.pathname === '' ? '/' : url.pathname, names: namesOf(host) };
}

function namesOf(host: string): readonly string[] {
	const labels = host.split('.');
	const depth = Math.min(labels.length - 1, MAX_DEPTH);
	return [
		host,
		...Array.from({ length: depth - 1 }, (_, above) => labels.slice(above - depth).join('.'))
	];
}

function referrerText({ host, path }: Referrer): string {
	return path === '/' ? host : `${host}${path}`.slice(0, MAX_REFERRER);
}

function isOwn(host: string, ownHosts: readonly string[]): boolean {
	return ownHosts.some((own) => bareHost(own) === host);
}

function bareHost(host: string): string {
	const lower = host.toLowerCase().replace(/\.$/, '');
	return lower.startsWith('www.') ? lower.slice(4) : lower;
}
