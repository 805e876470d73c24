import { cleanText } from '../../events/wire.ts';

/** What one source says of one post; what it does not say is missing. */
export interface PostCandidate {
	/** Its address. */
	readonly url: string;
	/** What the source calls it whatever its address. */
	readonly guid?: string | undefined;
	readonly title?: string | undefined;
	readonly authors?: readonly string[] | undefined;
	readonly topics?: readonly string[] | undefined;
	/** Epoch milliseconds. */
	readonly publishedAt?: number | undefined;
	readonly wordCount?: number | undefined;
	readonly commentCount?: number | undefined;
	/** Other addresses of the same page. */
	readonly formerUrls?: readonly string[] | undefined;
}

/** What one document of a source holds. */
export interface SourcePage {
	readonly candidates: readonly PostCandidate[];
	/** Where the source goes on, if it does. */
	readonly next?: string | undefined;
}

/** One line of text, or undefined where there is none. */
export function textOrNone(text: string | null | undefined, max = 1_000): string | undefined {
	const cleaned = cleanText((text ?? '').slice(0, max * 4).replace(/\s+/g, ' '), max);
	return cleaned === '' ? undefined : cleaned;
}

/** Distinct names, or undefined where there is none. */
export function namesOrNone(
	texts: readonly (string | null | undefined)[]
): readonly string[] | undefined {
	const names = texts.map((text) => textOrNone(text, 200)).filter((text) => text !== undefined);
	return names.length === 0 ? undefined : [...new Set(names)].slice(0, 50);
}

/** An absolute http or https address, or undefined. */
export function addressOrNone(text: string | null | undefined, base: string): string | undefined {
	const trimmed = text?.trim() ?? '';
	if (trimmed === '' || !URL.canParse(trimmed, base)) return undefined;
	const url = new URL(trimmed, base);
	return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : undefined;
}
