import { decodeText } from '../fetch/decode.ts';
import type { FetchedDocument, Fetcher } from '../fetch/fetcher.ts';
import { addressOrNone } from '../sources/candidate.ts';
import { elementsBelow, readMarkup } from '../sources/markup.ts';
import { isRecent, type KnownHome } from './known-source.ts';

const FEED_TYPES = /^application\/(rss|atom|rdf|feed)\+(xml|json)|^application\/json/i;
const COMMENTS = /comments?\/feed|\bcomments\b/i;

/** What a home page names as its catalogue. */
interface Discovery {
	/** Null where it names none. */
	readonly source: KnownHome['source'] | null;
	/** What can be asked later instead; null where it cannot be known that the page is as it was. */
	readonly known: KnownHome | null;
}

/**
 * The source that a blog's home page names, or named when it was as it is: its first feed that is not of comments, else
 * its sitemap.
 * @throws Failure `fetch`
 */
export async function discover(
	home: string,
	fetcher: Fetcher,
	known: KnownHome | null,
	now: number
): Promise<Discovery> {
	const before = known !== null && isRecent(known, now) ? known : null;
	const answer =
		before === null
			? await fetcher.fetch(home)
			: await fetcher.fetchIfChanged(home, before.validators);
	if (answer === null) return { source: before?.source ?? null, known: before };
	const source = await sourceIn(answer, fetcher);
	const { validators } = answer;
	const canBeAsked = source !== null && validators !== null;
	return { source, known: canBeAsked ? { validators, readAt: now, source } : null };
}

async function sourceIn(
	answer: FetchedDocument,
	fetcher: Fetcher
): Promise<KnownHome['source'] | null> {
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
		() => true,
		() => false
	);
	return isThere ? { kind: 'sitemap', url: sitemap } : null;
}
