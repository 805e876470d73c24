import { messageOf } from '../../failure.ts';
import { decodeText } from '../fetch/decode.ts';
import type { FetchedDocument, Fetcher } from '../fetch/fetcher.ts';
import type { PostCandidate, SourcePage } from '../sources/candidate.ts';
import type { PostSource } from '../stated-post.ts';
import { answeredWith } from './answered-with.ts';
import { isRecent, type KnownSource } from './known-source.ts';
import { asRead, MAX_DOCUMENTS, type SourceAnswer, type SourceDocument } from './source-answer.ts';

/** A list of posts over one or more documents. */
export interface PostList {
	readonly kind: PostSource;
	/** Where it begins. */
	readonly first: string;
	readonly addressOf: (place: string) => string;
	/** What a document holds, and the place where the list goes on. @throws Failure `bad_file` */
	readonly read: (text: string, answer: FetchedDocument, place: string) => SourcePage;
	/** A place behind the last, where no document says that it is the last. */
	readonly behind?: (place: string) => string;
}

/**
 * Reads a list to its end, or not at all where none of its documents changed. Nothing between: what is said twice is
 * taken from where it stands first, and an entry that moves from one page to the next is on either.
 * @throws Failure `fetch`, `bad_file` where the first document cannot be read
 */
export async function readList(
	list: PostList,
	fetcher: Fetcher,
	known: KnownSource | null,
	now: number
): Promise<SourceAnswer> {
	const changed = new Map<string, FetchedDocument>();
	const { kind } = list;
	if (known !== null && (await isAsItWas(list, fetcher, known, changed, now)))
		return {
			kind,
			candidates: [],
			documents: known.documents.map(asRead),
			end: known.end,
			isList: true,
			errors: []
		};
	const byUrl = new Map<string, PostCandidate>();
	const documents: SourceDocument[] = [];
	const seen = new Set<string>();
	const errors: string[] = [];
	let end: string | null = null;
	let at: string | undefined = list.first;
	while (at !== undefined && !seen.has(at) && seen.size < MAX_DOCUMENTS) {
		const place: string = at;
		seen.add(place);
		try {
			const answer = changed.get(place) ?? (await fetcher.fetch(list.addressOf(place)));
			const text = decodeText(answer.body, answer.contentType);
			const page = list.read(text, answer, place);
			const added = page.candidates.filter(({ url }) => !byUrl.has(url));
			for (const each of added) if (!byUrl.has(each.url)) byUrl.set(each.url, each);
			const { validators } = answer;
			documents.push({ place, validators, readAt: now, sitemaps: [], pages: lacking(added) });
			// A page that brings nothing new is the last, whatever it says.
			at = added.length === 0 ? undefined : page.next;
			if (page.next === undefined) end = list.behind?.(place) ?? null;
		} catch (thrown) {
			if (documents.length === 0) throw thrown;
			// WordPress answers 404 behind its last page.
			if (answeredWith(thrown, 404)) end = place;
			else errors.push(messageOf(thrown));
			break;
		}
	}
	return { kind, candidates: [...byUrl.values()], documents, end, isList: true, errors };
}

/** Asks every document whether it changed until one did, which is kept in `changed`. */
async function isAsItWas(
	{ first, addressOf }: PostList,
	fetcher: Fetcher,
	{ documents, end }: KnownSource,
	changed: Map<string, FetchedDocument>,
	now: number
): Promise<boolean> {
	if (documents[0]?.place !== first || !documents.every((each) => isRecent(each, now)))
		return false;
	for (const { place, validators } of documents)
		try {
			const answer = await fetcher.fetchIfChanged(addressOf(place), validators);
			if (answer === null) continue;
			changed.set(place, answer);
			return false;
		} catch (thrown) {
			if (place === first) throw thrown;
			return false;
		}
	if (end === null) return true;
	try {
		changed.set(end, await fetcher.fetch(addressOf(end)));
		return false;
	} catch (thrown) {
		return answeredWith(thrown, 400, 404);
	}
}

/** Pages of posts that may say more than the list. */
function lacking(candidates: readonly PostCandidate[]): SourceDocument['pages'] {
	return candidates
		.filter(({ authors, wordCount }) => authors === undefined || wordCount === undefined)
		.map(({ url }) => ({ url, changedAt: null }));
}
