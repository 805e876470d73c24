import type { Validators } from '../fetch/validators.ts';
import type { PostCandidate } from '../sources/candidate.ts';
import type { PostSource } from '../stated-post.ts';
import type { KnownDocument, KnownSource, NamedPage } from './known-source.ts';

/** A document of a source, read just now or known not to have changed. */
export interface SourceDocument {
	readonly place: string;
	readonly validators: Validators | null;
	readonly readAt: number;
	readonly sitemaps: readonly string[];
	/** Pages to read for what the document does not say. */
	readonly pages: readonly NamedPage[];
}

export interface SourceAnswer {
	readonly kind: PostSource;
	/** Of the documents that were read. */
	readonly candidates: readonly PostCandidate[];
	readonly documents: readonly SourceDocument[];
	/** The place behind the last document, where nothing was. */
	readonly end: string | null;
	/** Whether the documents are one list, which is known not to have changed only as a whole. */
	readonly isList: boolean;
	/** Why reading ended before the source did. */
	readonly errors: readonly string[];
}

/** Pages still to be read that are kept with a document; one that has more is asked for them again. */
const MOST_LEFT = 100;

/** Most documents that are read of one source. */
export const MAX_DOCUMENTS = 200;

/** What is kept of a document whose posts are in the catalogue. */
export function asRead({ left, ...document }: KnownDocument): SourceDocument {
	return { ...document, pages: left };
}

/** What of an answer can be asked later whether it changed. */
export function knownOf(
	{ documents, end, isList, errors }: SourceAnswer,
	isLeft: (page: NamedPage) => boolean
): Pick<KnownSource, 'documents' | 'end'> {
	const kept = documents.flatMap(({ pages, validators, sitemaps, ...document }) => {
		const left = pages.filter(isLeft);
		return validators === null || left.length > MOST_LEFT
			? []
			: [{ ...document, validators, sitemaps: sitemaps.slice(0, MAX_DOCUMENTS), left }];
	});
	const isWhole = errors.length === 0 && kept.length === documents.length;
	return isList && !isWhole ? { documents: [], end: null } : { documents: kept, end };
}
