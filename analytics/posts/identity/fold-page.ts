import type { PageRules } from './site-rules.ts';

const ENCODED_OR_UPPER = /(?:%[0-9A-F]{2})+|[A-Z]+/g;

/** The page that a canonical path stands for by a site's rules; the same again when applied twice. */
export function foldPage(page: string, { html, letterCase, params }: PageRules): string {
	const mark = page.indexOf('?');
	if (html === 'keep' && letterCase === 'keep' && mark === -1) return page;
	const path = mark === -1 ? page : page.slice(0, mark);
	const lower = letterCase === 'fold' ? path.replace(ENCODED_OR_UPPER, lowered) : path;
	const folded = html === 'fold' ? lower.replace(/([^/.])(?:\.html?)+$/i, '$1') : lower;
	return mark === -1 ? folded : folded + keptOf(page.slice(mark), params);
}

/** The parameters that still name content: an event keeps those that did when it came. */
function keptOf(query: string, params: readonly string[]): string {
	const kept = query
		.slice(1)
		.split('&')
		.filter((pair) => params.includes(pair.slice(0, pair.indexOf('='))));
	return kept.length === 0 ? '' : `?${kept.join('&')}`;
}

/** Letters beyond ASCII are lowered too; bytes that are no UTF-8 stay. */
function lowered(text: string): string {
	if (!text.startsWith('%')) return text.toLowerCase();
	try {
		return encodeURIComponent(decodeURIComponent(text).toLowerCase());
	} catch {
		return text;
	}
}
