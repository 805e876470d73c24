import { messageOf } from '../../failure.ts';
import { decodeText } from '../fetch/decode.ts';
import type { FetchedDocument, Fetcher } from '../fetch/fetcher.ts';
import { parseSitemap } from '../sources/sitemap.ts';
import { isRecent, type KnownSource } from './known-source.ts';
import { notA } from './not-a.ts';
import { asRead, MAX_DOCUMENTS, type SourceAnswer, type SourceDocument } from './source-answer.ts';

/**
 * Reads a sitemap and those that it lists; of those that did not change, what is left to read of them.
 * @throws Failure `fetch`, `bad_file` where the first cannot be read
 */
export async function readSitemaps(
	first: string,
	zone: string,
	fetcher: Fetcher,
	known: KnownSource | null,
	now: number
): Promise<SourceAnswer> {
	const before = new Map(
		(known?.documents ?? [])
			.filter((document) => isRecent(document, now))
			.map((document) => [document.place, document])
	);
	const waiting = [first];
	const seen = new Set<string>();
	const errors: string[] = [];
	const documents: SourceDocument[] = [];

	async function read(place: string): Promise<SourceDocument> {
		const knownOne = before.get(place);
		if (knownOne === undefined) return sitemapOf(place, await fetcher.fetch(place));
		const answer = await fetcher.fetchIfChanged(place, knownOne.validators);
		return answer === null ? asRead(knownOne) : sitemapOf(place, answer);
	}

	function sitemapOf(place: string, answer: FetchedDocument): SourceDocument {
		const text = decodeText(answer.body, answer.contentType);
		const { sitemaps, pages } = parseSitemap(text, answer.url, zone) ?? notA('sitemap', answer.url);
		return { place, validators: answer.validators, readAt: now, sitemaps, pages };
	}

	for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
		if (seen.has(url) || seen.size >= MAX_DOCUMENTS) continue;
		seen.add(url);
		try {
			const document = await read(url);
			documents.push(document);
			waiting.push(...document.sitemaps);
		} catch (thrown) {
			if (seen.size === 1) throw thrown;
			errors.push(messageOf(thrown));
		}
	}
	return { kind: 'page', candidates: [], documents, end: null, isList: false, errors };
}
