import { Failure, messageOf } from '../../failure.ts';
import { decodeText } from '../fetch/decode.ts';
import type { Fetched, Fetcher, Validators } from '../fetch/fetcher.ts';
import type { PostCandidate, SourcePage } from '../sources/candidate.ts';
import { parseXmlFeed } from '../sources/feed.ts';
import { ghostPage, parseGhost } from '../sources/ghost.ts';
import { parseJsonFeed } from '../sources/json-feed.ts';
import { parseSitemap } from '../sources/sitemap.ts';
import { parseWordPress, wordPressPage } from '../sources/wordpress.ts';
import type { PostSource } from '../stated-post.ts';

/** Where a catalogue is read from. */
export interface CatalogueSource {
	readonly kind: 'feed' | 'sitemap' | 'wordpress' | 'ghost';
	readonly url: string;
	/** Of Ghost's Content API. */
	readonly key?: string;
}

interface SourceAnswer {
	readonly kind: PostSource;
	readonly candidates: readonly PostCandidate[];
	/** Pages to read for what the source does not say. */
	readonly pages: readonly { readonly url: string; readonly changedAt: number | null }[];
	/** Why reading ended before the source did. */
	readonly errors: readonly string[];
	/** To ask next time whether the first document changed. */
	readonly validators: Validators | null;
}

const MAX_DOCUMENTS = 200;

/**
 * Reads a source to its end, page after page.
 * @throws Failure `fetch`, or `bad_file` where the first document is not what it should be.
 */
export async function readSource(
	source: CatalogueSource,
	zone: string,
	fetcher: Fetcher,
	validators: Validators
): Promise<SourceAnswer> {
	switch (source.kind) {
		case 'feed':
			return paged('feed', fetcher, validators, source.url, (text, url) => {
				const page = isJson(text)
					? parseJsonFeed(jsonOf(text, url), url, zone)
					: parseXmlFeed(text, url, zone);
				return page ?? notA('feed', url);
			});
		case 'wordpress': {
			let page = 1;
			return paged(
				'wordpress',
				fetcher,
				{},
				wordPressPage(source.url, page),
				(text, url, answer) => {
					const candidates =
						parseWordPress(jsonOf(text, url), url, zone) ?? notA('list of WordPress posts', url);
					const pages = Number(answer.headers['x-wp-totalpages'] ?? '1');
					page += 1;
					return { candidates, next: page <= pages ? wordPressPage(source.url, page) : undefined };
				}
			);
		}
		case 'ghost':
			return paged(
				'ghost',
				fetcher,
				{},
				ghostPage(source.url, source.key ?? '', 1),
				(text, url) => {
					const { candidates, next } =
						parseGhost(jsonOf(text, url), url, zone) ?? notA('list of Ghost posts', url);
					const at = next === undefined ? undefined : Number(next);
					return { candidates, next: at && ghostPage(source.url, source.key ?? '', at) };
				}
			);
		case 'sitemap':
			return readSitemaps(source.url, zone, fetcher);
	}
}

type ReadDocument = (
	text: string,
	url: string,
	answer: Extract<Fetched, { changed: true }>
) => SourcePage | { candidates: readonly PostCandidate[]; next: string | 0 | undefined };

async function paged(
	kind: PostSource,
	fetcher: Fetcher,
	validators: Validators,
	first: string,
	read: ReadDocument
): Promise<SourceAnswer> {
	const byUrl = new Map<string, PostCandidate>();
	const seen = new Set<string>();
	const errors: string[] = [];
	let given: Validators | null = validators;
	let at: string | undefined = first;
	while (at !== undefined && !seen.has(at) && seen.size < MAX_DOCUMENTS) {
		const isFirst = seen.size === 0;
		seen.add(at);
		try {
			const answer = await fetcher.fetch(at, isFirst ? validators : {});
			if (!answer.changed) break;
			if (isFirst) given = answer.validators;
			const page = read(decodeText(answer.body, answer.contentType), answer.url, answer);
			const known = byUrl.size;
			for (const each of page.candidates) if (!byUrl.has(each.url)) byUrl.set(each.url, each);
			at = page.next || undefined;
			// A page that brings nothing new is the last, whatever it says.
			if (byUrl.size === known) break;
		} catch (thrown) {
			if (isFirst) throw thrown;
			// WordPress answers 404 behind its last page.
			if (!messageOf(thrown).endsWith('status 404.')) errors.push(messageOf(thrown));
			break;
		}
	}
	const candidates = [...byUrl.values()];
	const pages = candidates
		.filter(({ authors, wordCount }) => authors === undefined || wordCount === undefined)
		.map(({ url }) => ({ url, changedAt: null }));
	return { kind, candidates, pages, errors, validators: given };
}

async function readSitemaps(first: string, zone: string, fetcher: Fetcher): Promise<SourceAnswer> {
	const waiting = [first];
	const seen = new Set<string>();
	const errors: string[] = [];
	const pages: { url: string; changedAt: number | null }[] = [];
	for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
		if (seen.has(url) || seen.size >= MAX_DOCUMENTS) continue;
		seen.add(url);
		try {
			const answer = await fetcher.fetch(url);
			if (!answer.changed) continue;
			const text = decodeText(answer.body, answer.contentType);
			const sitemap = parseSitemap(text, answer.url, zone) ?? notA('sitemap', answer.url);
			waiting.push(...sitemap.sitemaps);
			for (const page of sitemap.pages) pages.push(page);
		} catch (thrown) {
			if (seen.size === 1) throw thrown;
			errors.push(messageOf(thrown));
		}
	}
	return { kind: 'page', candidates: [], pages, errors, validators: null };
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

function notA(what: string, url: string): never {
	throw new Failure('bad_file', `${url} is no ${what}.`);
}
