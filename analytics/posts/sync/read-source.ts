import type { Fetcher } from '../fetch/fetcher.ts';
import { parseXmlFeed } from '../sources/feed.ts';
import { ghostPage, parseGhost } from '../sources/ghost.ts';
import { parseJsonFeed } from '../sources/json-feed.ts';
import { parseWordPress, wordPressPage } from '../sources/wordpress.ts';
import type { KnownSource } from './known-source.ts';
import { notA } from './not-a.ts';
import { readList, type PostList } from './read-list.ts';
import { readSitemaps } from './read-sitemaps.ts';
import type { SourceAnswer } from './source-answer.ts';

/** Where a catalogue is read from. */
export interface CatalogueSource {
	readonly kind: 'feed' | 'sitemap' | 'wordpress' | 'ghost';
	readonly url: string;
	/** Of Ghost's Content API. */
	readonly key?: string;
}

interface ReadContext {
	readonly zone: string;
	readonly fetcher: Fetcher;
	/** What it was when it was read before, under the same terms; null where that is not known. */
	readonly known: KnownSource | null;
	/** Epoch milliseconds. */
	readonly now: number;
}

/**
 * Reads a source to its end, page after page, as far as it changed.
 * @throws Failure `fetch`, or `bad_file` where the first document is not what it should be.
 */
export function readSource(
	source: CatalogueSource,
	{ zone, fetcher, known, now }: ReadContext
): Promise<SourceAnswer> {
	switch (source.kind) {
		case 'feed':
			return readList(feed(source, zone), fetcher, known, now);
		case 'wordpress':
			return readList(wordPress(source, zone), fetcher, known, now);
		case 'ghost':
			return readList(ghost(source, zone), fetcher, known, now);
		case 'sitemap':
			return readSitemaps(source.url, zone, fetcher, known, now);
	}
}

const feed = ({ url: first }: CatalogueSource, zone: string): PostList => ({
	kind: 'feed',
	first,
	addressOf: (place) => place,
	read: (text, { url }) =>
		(isJson(text) ? parseJsonFeed(jsonOf(text, url), url, zone) : parseXmlFeed(text, url, zone)) ??
		notA('feed', url)
});

const wordPress = ({ url: blog }: CatalogueSource, zone: string): PostList => ({
	kind: 'wordpress',
	first: '1',
	addressOf: (place) => wordPressPage(blog, Number(place)),
	read: (text, { url, headers }, place) => {
		const candidates =
			parseWordPress(jsonOf(text, url), url, zone) ?? notA('list of WordPress posts', url);
		const pages = Number(headers['x-wp-totalpages'] ?? '1');
		return { candidates, next: Number(place) < pages ? pageBehind(place) : undefined };
	},
	// How many there are stands in a header, which "not modified" does not repeat.
	behind: pageBehind
});

const ghost = ({ url: blog, key = '' }: CatalogueSource, zone: string): PostList => ({
	kind: 'ghost',
	first: '1',
	addressOf: (place) => ghostPage(blog, key, Number(place)),
	read: (text, { url }) =>
		parseGhost(jsonOf(text, url), url, zone) ?? notA('list of Ghost posts', url)
});

function pageBehind(place: string): string {
	return String(Number(place) + 1);
}

function isJson(text: string): boolean {
	return /^\s*[{[]/.test(text);
}

function jsonOf(text: string, url: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return notA('JSON document', url);
	}
}
