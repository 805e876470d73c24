/**
 * One accepted event, after parsing, enrichment and identification. It is what the journal keeps, what the store
 * writes and what every fact is derived from. It carries no address, no full User-Agent and nothing a reader typed.
 */
export interface Event {
	/** Made by the client, else by the server; a repeat within seven days counts once. At most 64 of `[A-Za-z0-9_-]`. */
	readonly id: string;
	/** Numeric id of the site. */
	readonly site: number;
	/** When it happened, epoch milliseconds (UTC). */
	readonly ts: number;
	/** When it was taken, epoch milliseconds (UTC). */
	readonly received: number;
	/** The site's local day of `ts`, `YYYY-MM-DD`. */
	readonly day: string;
	/** The site's local hour of `ts`, 0 to 23. */
	readonly hour: number;
	/** The visitor of that day: 64 bits as 16 lower-case hexadecimal digits. */
	readonly visitor: string;
	/** `pageview`, `engagement`, `cta_view`, `cta_click`, `subscribe`, `comment`, or a custom name. */
	readonly name: string;
	/** Canonical path of the page, see `canonicalPath`. */
	readonly page: string;
	readonly hostname: string;
	/** Ties engagement and CTA events to their page view. */
	readonly pageView?: string | undefined;
	/** True on a page view sent by a client that measures engagement. */
	readonly measured?: boolean | undefined;
	/** `engagement`: greatest depth so far, 0 to 100. */
	readonly depth?: number | undefined;
	/** `engagement`: engaged milliseconds since the last report. */
	readonly engagedMs?: number | undefined;
	/** `cta_view`, `cta_click`: the one; `pageview`, `engagement`: those that exist on the page. */
	readonly ctas?: readonly CtaRef[] | undefined;
	/** `subscribe`: the form. */
	readonly form?: string | undefined;
	readonly referrer?: string | undefined;
	readonly source?: string | undefined;
	readonly channel?: string | undefined;
	readonly utmSource?: string | undefined;
	readonly utmMedium?: string | undefined;
	readonly utmCampaign?: string | undefined;
	readonly utmContent?: string | undefined;
	readonly utmTerm?: string | undefined;
	/** ISO 3166-1 alpha-2. */
	readonly country?: string | undefined;
	/** `desktop`, `mobile` or `tablet`. */
	readonly device?: string | undefined;
	readonly browser?: string | undefined;
	readonly os?: string | undefined;
	readonly props?: Readonly<Record<string, string>> | undefined;
	/** Identifies an imported line, so that importing it again changes nothing. 16 hexadecimal digits. */
	readonly importLine?: string | undefined;
}

/** A call to action as a page names it. */
export interface CtaRef {
	readonly id: string;
	readonly placement: string;
	/** Empty where there is no test. */
	readonly variant: string;
}

export const DEFAULT_PLACEMENT = 'in-text';
