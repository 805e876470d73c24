import { readByline } from './byline.ts';
import { addressOrNone, namesOrNone, textOrNone, type PostCandidate } from './candidate.ts';
import { readJsonLd } from './json-ld.ts';
import {
	countWords,
	elementBelow,
	elementsBelow,
	lineOf,
	readMarkup,
	textOf,
	visibleText,
	type Element,
	type Markup
} from './markup.ts';
import { parseDate } from './parse-date.ts';

/** What a page says of itself. */
export interface PageFacts extends PostCandidate {
	/** Whether it says that it is an article. */
	readonly isArticle: boolean;
}

/** No page has more authors, topics or dates; those behind are not looked at. */
const MOST = 50;
const BYLINES =
	/(^|\s)(hs-author-name|author-name|author-link|blog-post__author-name|hs_cos_wrapper_author|p-author|byline-name)(\s|$)/;
const TOPIC_LINKS = /(^|\s)(topic-link|blog-post__tag-link|hs-topic-link|p-category)(\s|$)/;
const DATES = /(^|\s)(hs-publish-date|blog-post__timestamp|dt-published|published-date)(\s|$)/;

/** Reads what an HTML page says of itself; `url` is where it was found. */
export function parsePage(html: string, url: string, zone: string): PageFacts {
	const root = readMarkup(html, 'html');
	const all = elementsBelow(root, () => true);
	const metas = all.filter(({ name }) => name === 'meta');
	const links = all.filter(({ name }) => name === 'link');
	const meta = (...names: readonly string[]): readonly string[] =>
		names.flatMap((wanted) =>
			metas
				.filter(({ attribs }) => (attribs['property'] ?? attribs['name'])?.toLowerCase() === wanted)
				.map(({ attribs }) => attribs['content'] ?? '')
		);
	const linked = (rel: string): readonly string[] =>
		links
			.filter(({ attribs }) => hasWord(attribs['rel'], rel))
			.map(({ attribs }) => addressOrNone(attribs['href'], url))
			.filter((address) => address !== undefined);

	const ld = readJsonLd(
		all
			.filter(({ name, attribs }) => name === 'script' && /ld\+json/i.test(attribs['type'] ?? ''))
			.map(textOf)
	);
	const item = all.find(({ attribs }) =>
		/schema\.org\/(BlogPosting|\w*Article|Posting)\b/i.test(attribs['itemtype'] ?? '')
	);
	const scope = item ?? all.find(({ name }) => name === 'article') ?? root;
	const props = (name: string): readonly string[] =>
		item === undefined
			? []
			: elementsBelow(item, ({ attribs }) => hasWord(attribs['itemprop'], name))
					.slice(0, MOST)
					.map(propertyValue);
	const byClass = (pattern: RegExp): readonly string[] =>
		all
			.filter(({ attribs }) => pattern.test(attribs['class'] ?? ''))
			.slice(0, MOST)
			.map(visibleText);
	const times = elementsBelow(scope, ({ name }) => name === 'time').slice(0, MOST);

	const isOpenGraph = meta('og:type').some((type) => /^article$/i.test(type.trim()));
	const hubSpot = byClass(TOPIC_LINKS);
	const line = topicsLine(all);
	const byline = readByline(all, zone);
	const canonical = linked('canonical')[0];
	const published = [
		...ld.published,
		...meta('article:published_time', 'og:article:published_time'),
		...props('datePublished'),
		...meta('date', 'dc.date', 'dcterms.created', 'parsely-pub-date'),
		...times
			.filter(({ attribs }) => 'pubdate' in attribs || DATES.test(attribs['class'] ?? ''))
			.map(timeOf),
		...byClass(DATES),
		...(byline?.published ?? []),
		...times.map(timeOf)
	];
	const h1 = elementsBelow(scope, ({ name }) => name === 'h1')
		.slice(0, MOST)
		.map(visibleText);
	return {
		url: canonical ?? addressOrNone(ld.url, url) ?? url,
		formerUrls: [...(canonical === undefined ? [] : [url]), ...linked('amphtml')],
		isArticle:
			ld.isArticle ||
			isOpenGraph ||
			item !== undefined ||
			hubSpot.length > 0 ||
			(byline !== null && line.length > 0),
		title: firstText(
			[ld.title],
			props('headline'),
			meta('og:title', 'twitter:title'),
			h1,
			all
				.filter(({ name }) => name === 'title')
				.slice(0, 1)
				.map(textOf)
		),
		authors:
			namesOrNone(ld.authors) ??
			namesOrNone(props('author').map(withoutBy)) ??
			namesOrNone(
				meta('article:author', 'author', 'parsely-author').filter((text) => !isUrl(text))
			) ??
			namesOrNone(
				all
					.filter(({ name, attribs }) => name === 'a' && hasWord(attribs['rel'], 'author'))
					.slice(0, MOST)
					.map((link) => withoutBy(visibleText(link)))
			) ??
			namesOrNone(byClass(BYLINES).map(withoutBy)) ??
			namesOrNone(byline?.authors ?? []),
		topics:
			namesOrNone(ld.topics) ??
			namesOrNone(meta('article:tag')) ??
			namesOrNone(hubSpot.map((text) => text.replace(/,\s*$/, ''))) ??
			namesOrNone(line) ??
			namesOrNone(props('keywords').flatMap((text) => text.split(','))) ??
			namesOrNone(meta('article:section')),
		publishedAt:
			published.map((text) => parseDate(text, zone)).find((at) => at !== null) ?? undefined,
		wordCount: wordsOf(all, root) ?? ld.wordCount,
		commentCount: ld.commentCount
	};
}

/** The body of the article as the tracker finds it; a page without one has no count. */
function wordsOf(all: readonly Element[], root: Markup): number | undefined {
	const body =
		all.find(({ attribs }) => 'data-byline-article' in attribs) ??
		all.find(({ attribs }) => hasWord(attribs['itemprop'], 'articleBody')) ??
		all.find(({ attribs }) =>
			/(^|\s)(hs_cos_wrapper_post_body|post-body|blog-post__body)(\s|$)/.test(
				`${attribs['class'] ?? ''} ${attribs['id'] ?? ''}`
			)
		) ??
		all.find(({ name }) => name === 'article') ??
		all.find(({ name }) => name === 'main') ??
		root;
	return body === root ? undefined : countWords(visibleText(body)) || undefined;
}

/** HubSpot writes "Topics:" and a row of links behind it. */
function topicsLine(all: readonly Element[]): readonly string[] {
	const line = all.find(
		(element) =>
			/^(p|div|ul|span|section|footer)$/.test(element.name) &&
			lineOf(element, /^\s*topics:/i) !== null
	);
	return line === undefined ? [] : elementsBelow(line, ({ name }) => name === 'a').map(visibleText);
}

function propertyValue(element: Element): string {
	const { attribs } = element;
	const name = elementBelow(element, (inner) => hasWord(inner.attribs['itemprop'], 'name'));
	if (name !== undefined) return propertyValue(name);
	return attribs['content'] ?? attribs['datetime'] ?? visibleText(element);
}

function timeOf(element: Element): string {
	return element.attribs['datetime'] ?? visibleText(element);
}

function firstText(...lists: readonly (readonly (string | undefined)[])[]): string | undefined {
	return lists
		.flat()
		.map((text) => textOrNone(text))
		.find((text) => text !== undefined);
}

function withoutBy(text: string): string {
	return text.replace(/^\s*(written\s+)?by:?\s+/i, '');
}

function isUrl(text: string): boolean {
	return /^https?:\/\//i.test(text.trim());
}

function hasWord(list: string | undefined, word: string): boolean {
	return list?.toLowerCase().split(/\s+/).includes(word.toLowerCase()) ?? false;
}
