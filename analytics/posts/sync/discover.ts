import { decodeText } from '../fetch/decode.ts';
import type { Fetcher } from '../fetch/fetcher.ts';
import { addressOrNone } from '../sources/candidate.ts';
import { elementsBelow, readMarkup } from '../sources/markup.ts';
import type { CatalogueSource } from './read-source.ts';

const FEED_TYPES = /^application\/(rss|atom|rdf|feed)\+(xml|json)|^application\/json/i;
const COMMENTS = /comments?\/feed|\bcomments\b/i;

/** The source that a blog's home page names: its first feed that is not of comments, else its sitemap. */
export async function discover(home: string, fetcher: Fetcher): Promise<CatalogueSource | null> {
	const answer = await fetcher.fetch(home);
	if (!answer.changed) return null;
	const html = readMarkup(decodeText(answer.body, answer.contentType), 'html');
	const [base] = elementsBelow(html, ({ name }) => name === 'base');
	const root = addressOrNone(base?.attribs['href'], answer.url) ?? answer.url;
	const feeds = elementsBelow(
		html,
		({ name, attribs }) =>
			name === 'link' &&
			/\balternate\b/i.test(attribs['rel'] ?? '') &&
			FEED_TYPES.test(attribs['type'] ?? '')
	).flatMap(({ attribs }) => addressOrNone(attribs['href'], root) ?? []);
	const feed = feeds.find((url) => !COMMENTS.test(url));
	if (feed !== undefined) return { kind: 'feed', url: feed };
	const sitemap = new URL('/sitemap.xml', answer.url).href;
	const isThere = await fetcher.fetch(sitemap).then(
		({ changed }) => changed,
		() => false
	);
	return isThere ? { kind: 'sitemap', url: sitemap } : null;
}
