import {
	addressOrNone,
	namesOrNone,
	textOrNone,
	type PostCandidate,
	type SourcePage
} from './candidate.ts';
import { countWords, htmlToText, textOf, visibleText, type Element } from './markup.ts';
import { parseDate } from './parse-date.ts';
import { readXml, type Xml } from './xml.ts';

const PUBLISHED = [
	'pubdate',
	'published',
	'issued',
	'dc:date',
	'dcterms:issued',
	'dcterms:created',
	'created',
	'date'
];
const UPDATED = ['updated', 'modified', 'dcterms:modified', 'lastbuilddate'];

/**
 * Reads RSS 0.9x, 1.0 and 2.0 and Atom 0.3 and 1.0, as far as a damaged one goes; null where the document is none.
 * @throws Failure `bad_file` where it declares entities.
 */
export function parseXmlFeed(text: string, url: string, zone: string): SourcePage | null {
	const xml = readXml(text);
	const items = xml.all('item', 'entry');
	const [channel = xml.root] = xml.all('channel', 'feed');
	const isFeed = items.length > 0 || xml.all('channel', 'feed', 'rss', 'rdf:rdf').length > 0;
	if (!isFeed) return null;
	const feedBase = baseOf(channel, url);
	const feedAuthors = namesOrNone(atomAuthors(xml, channel));
	const candidates = items
		.map((item) => candidateOf(xml, item, feedBase, zone, feedAuthors))
		.filter((candidate) => candidate !== null);
	return { candidates, next: nextOf(xml, channel, url, candidates.length) };
}

function candidateOf(
	xml: Xml,
	item: Element,
	feedBase: string,
	zone: string,
	feedAuthors: readonly string[] | undefined
): PostCandidate | null {
	const base = baseOf(item, feedBase);
	const address = linkOf(xml, item, base);
	if (address === undefined) return null;
	return {
		url: address,
		guid: textOrNone(xml.text(item, 'guid', 'id') ?? item.attribs['rdf:about']),
		title: titleOf(xml, item),
		authors: authorsOf(xml, item) ?? feedAuthors,
		topics: topicsOf(xml, item),
		publishedAt: dateOf(xml, item, PUBLISHED, zone) ?? dateOf(xml, item, UPDATED, zone),
		wordCount: wordsOf(xml, item),
		commentCount: countOrNone(xml.text(item, 'slash:comments', 'thr:total'))
	};
}

function linkOf(xml: Xml, item: Element, base: string): string | undefined {
	const links = xml.children(item, 'link');
	const alternates = links.filter(({ attribs }) => (attribs['rel'] ?? 'alternate') === 'alternate');
	const page = alternates.find(({ attribs }) => /html/.test(attribs['type'] ?? 'html'));
	const [guid] = xml.children(item, 'guid');
	const permanent =
		guid !== undefined && attribute(guid, 'ispermalink')?.toLowerCase() !== 'false'
			? textOf(guid).trim()
			: '';
	return (
		addressOrNone(xml.text(item, 'feedburner:origlink'), base) ??
		addressOrNone(xml.text(item, 'link'), base) ??
		addressOrNone((page ?? alternates[0])?.attribs['href'], base) ??
		(/^https?:/i.test(permanent) ? addressOrNone(permanent, base) : undefined) ??
		addressOrNone(attribute(item, 'rdf:about'), base) ??
		(/^https?:/i.test(xml.text(item, 'id') ?? '')
			? addressOrNone(xml.text(item, 'id'), base)
			: undefined)
	);
}

function titleOf(xml: Xml, item: Element): string | undefined {
	for (const title of xml.children(item, 'title', 'dc:title')) {
		const type = title.attribs['type'] ?? '';
		const text = textOf(title);
		const isPlain = type === 'text' || (xml.nameOf(item) === 'entry' && type === '');
		const read = textOrNone(isPlain || type === 'xhtml' ? text : htmlToText(text));
		if (read !== undefined) return read;
	}
	return undefined;
}

/** By Dublin Core, else by the feed's own element: Atom's person, or RSS's address with a name behind it. */
function authorsOf(xml: Xml, item: Element): readonly string[] | undefined {
	const creators = xml
		.children(item, 'dc:creator')
		.map((each) => nameOfPerson(htmlToText(textOf(each))));
	return (
		namesOrNone(creators) ??
		namesOrNone(atomAuthors(xml, item)) ??
		namesOrNone(xml.children(item, 'source').flatMap((source) => atomAuthors(xml, source))) ??
		namesOrNone(xml.children(item, 'itunes:author').map((each) => nameOfPerson(textOf(each))))
	);
}

function atomAuthors(xml: Xml, parent: Parameters<Xml['children']>[0]): readonly string[] {
	return xml.children(parent, 'author').flatMap((author) => {
		const name = xml.text(author, 'name');
		const hasParts = xml.children(author, 'name', 'email', 'uri', 'url').length > 0;
		const named = name ?? (hasParts ? '' : nameOfPerson(htmlToText(textOf(author))));
		return named === '' ? [] : [named];
	});
}

/** `jo@example.com (Jo Doe)` and `Jo Doe <jo@example.com>` are Jo Doe; a bare e-mail address names nobody. */
function nameOfPerson(text: string): string {
	const trimmed = text.trim();
	const inBrackets = /^\S+@\S+\s*\((.+)\)$/.exec(trimmed)?.[1];
	if (inBrackets !== undefined) return inBrackets;
	return trimmed
		.replace(/<?\S+@\S+\.\S+>?/, '')
		.replace(/^\s*\(|\)\s*$/g, '')
		.trim();
}

function topicsOf(xml: Xml, item: Element): readonly string[] | undefined {
	const categories = xml
		.children(item, 'category')
		.map((each) => each.attribs['label'] ?? each.attribs['term'] ?? htmlToText(textOf(each)));
	const subjects = xml.children(item, 'dc:subject').flatMap((each) => textOf(each).split(/[,;]/));
	return namesOrNone([...categories, ...subjects]);
}

function dateOf(
	xml: Xml,
	item: Element,
	names: readonly string[],
	zone: string
): number | undefined {
	for (const element of xml.children(item, ...names)) {
		const at = parseDate(textOf(element), zone);
		if (at !== null) return at;
	}
	return undefined;
}

/** Of the whole text only: a summary, or a text that says it goes on, would make every post short. */
function wordsOf(xml: Xml, item: Element): number | undefined {
	const [content] = xml.children(item, 'content:encoded', 'content');
	if (content === undefined || content.attribs['src'] !== undefined) return undefined;
	const text =
		content.attribs['type'] === 'xhtml' ? visibleText(content) : htmlToText(textOf(content));
	if (/(\[?(…|\.\.\.)\]?|read more|continue reading)\W*$/i.test(text.trim())) return undefined;
	return countWords(text) || undefined;
}

function countOrNone(text: string | undefined): number | undefined {
	return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** Atom says where older entries are; WordPress does not, but numbers its pages. */
function nextOf(
	xml: Xml,
	channel: Parameters<Xml['children']>[0],
	url: string,
	count: number
): string | undefined {
	const links = xml.children(channel, 'link');
	for (const rel of ['prev-archive', 'next'])
		for (const link of links)
			if (link.attribs['rel'] === rel) return addressOrNone(link.attribs['href'], url);
	if (count === 0 || !/wordpress/i.test(xml.text(channel, 'generator') ?? '')) return undefined;
	const next = new URL(url);
	next.searchParams.set('paged', String(Number(next.searchParams.get('paged') ?? '1') + 1));
	return next.href;
}

function baseOf(element: Parameters<Xml['children']>[0], base: string): string {
	const own = 'attribs' in element ? element.attribs['xml:base'] : undefined;
	return addressOrNone(own, base) ?? base;
}

function attribute({ attribs }: Element, name: string): string | undefined {
	return Object.entries(attribs).find(([key]) => key.toLowerCase() === name)?.[1];
}
