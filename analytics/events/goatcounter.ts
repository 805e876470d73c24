import { cleanText } from './wire.ts';

/** One hit of GoatCounter's `/count`. */
export interface GoatHit {
	/** Hosts that may name the site, best first: of the page that asks, then of an absolute path. */
	readonly hosts: readonly string[];
	/** What the parameter `site` says, where no host names one. */
	readonly site?: string;
	/** The page's own script took the browser for a driven one. */
	readonly isBot: boolean;
	/** Absent on a page view. */
	readonly name?: string;
	/** Path of the page, with its query; begins with `/`. */
	readonly path: string;
	readonly referrer?: string;
	readonly title?: string;
}

export type GoatOutcome =
	{ readonly ok: true; readonly hit: GoatHit } | { readonly ok: false; readonly why: string };

/** What the browser says about the page that asks. */
export interface AskingPage {
	readonly origin?: string | undefined;
	readonly referer?: string | undefined;
}

const MAX_PATH = 2_048;
const MAX_QUERY = 2_048;
/** From here on `b` is a bot that the script recognised; the numbers below were never given. */
const SCRIPT_BOTS = 150;

/** Reads the parameters of one hit. Never throws; what is wrong is one sentence. */
export function parseGoatCounter(
	params: URLSearchParams,
	{ origin, referer }: AskingPage
): GoatOutcome {
	const stated = params.get('p') ?? '';
	if (stated.trim() === '') return { ok: false, why: 'p, the path, is missing' };
	if (stated.length > MAX_PATH)
		return { ok: false, why: `p, the path, is longer than ${MAX_PATH} characters` };
	const bot = params.get('b') ?? '0';
	if (!/^\d{1,9}$/.test(bot) || (Number(bot) > 0 && Number(bot) < SCRIPT_BOTS))
		return { ok: false, why: 'b, the bot number, must be 0 or at least 150' };

	const isEvent = isTrue(params.get('e'));
	const page = pageUrl(referer);
	const absolute = isEvent ? null : pageUrl(stated);
	const hosts = [pageUrl(origin)?.host, page?.host, absolute?.host].filter(
		(host) => host !== undefined
	);
	// A browser may keep the path of the page to itself: an event is then one of the front page.
	const path = isEvent
		? `${page?.pathname ?? '/'}${page?.search ?? ''}`
		: absolute === null
			? `/${stated.trim().replace(/^\/+/, '')}`
			: `${absolute.pathname}${absolute.search}`;
	const site = params.get('site');
	const referrer = params.get('r');
	const title = params.get('t');
	return {
		ok: true,
		hit: {
			hosts: [...new Set(hosts)],
			...(site ? { site } : {}),
			isBot: Number(bot) >= SCRIPT_BOTS,
			...(isEvent ? { name: cleanText(stated, MAX_PATH) } : {}),
			path: withQuery(path, params.get('q') ?? ''),
			...(referrer ? { referrer } : {}),
			...(title ? { title } : {})
		}
	};
}

/** The body that a hit stands for on a site, to be read by `parseWireEvent`. */
export function goatBody(
	{ hosts, name, path, referrer, title }: GoatHit,
	domain: string
): Readonly<Record<string, unknown>> {
	return {
		n: name ?? 'pageview',
		u: `https://${hosts[0] ?? domain}${path}`,
		d: domain,
		r: referrer,
		p: title === undefined ? undefined : { title }
	};
}

/** Campaigns stand in `q`; the script also puts the page's query into the path, unless the path is the page's own choice. */
function withQuery(path: string, query: string): string {
	const more = query.replace(/^\?/, '').slice(0, MAX_QUERY);
	if (more === '' || path.includes(more)) return path;
	const [before = '', ...fragment] = path.split('#');
	const joined = `${before}${before.includes('?') ? '&' : '?'}${more}`;
	return fragment.length === 0 ? joined : `${joined}#${fragment.join('#')}`;
}

function pageUrl(text: string | undefined): URL | null {
	if (text === undefined || !/^https?:\/\//i.test(text)) return null;
	return URL.parse(text.toWellFormed());
}

function isTrue(text: string | null): boolean {
	return text === 'true' || text === '1' || text === 't' || text === 'on';
}
