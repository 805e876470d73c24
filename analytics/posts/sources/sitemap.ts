import { addressOrNone } from './candidate.ts';
import { parseDate } from './parse-date.ts';
import { readXml } from './xml.ts';

export interface Sitemap {
	/** Further sitemaps, where it is an index. */
	readonly sitemaps: readonly string[];
	readonly pages: readonly { readonly url: string; readonly changedAt: number | null }[];
}

/**
 * Reads a sitemap or an index of them; null where the document is neither.
 * @throws Failure `bad_file` where it declares entities.
 */
export function parseSitemap(text: string, url: string, zone: string): Sitemap | null {
	const xml = readXml(text);
	if (xml.all('urlset', 'sitemapindex').length === 0) return null;
	const entries = (name: string) =>
		xml.all(name).flatMap((entry) => {
			const address = addressOrNone(xml.text(entry, 'loc'), url);
			const changedAt = parseDate(xml.text(entry, 'lastmod') ?? '', zone);
			return address === undefined ? [] : [{ url: address, changedAt }];
		});
	return { sitemaps: entries('sitemap').map((entry) => entry.url), pages: entries('url') };
}
