import { encodeFilter, parseFilter } from '../../query/filter.ts';
import type { Follow } from './follow.ts';

/** Filters as the query string writes them, with what is called so now; what is no filter stays as it is. */
export function followTexts(follow: Follow, texts: readonly string[]): readonly string[] {
	return texts.flatMap((text) => {
		const filter = parseFilter(text);
		return filter === null ? [text] : follow([filter]).map(encodeFilter);
	});
}
