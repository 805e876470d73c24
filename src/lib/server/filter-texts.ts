import { DIMENSIONS, parseFilter, type Site } from '#analytics';
import type { FilterText } from '#lib/filter-text.ts';
import { OPERATOR_LABELS } from '#lib/operators.ts';
import { reports } from '#lib/server/engine.ts';

/** Filters in words: a post by its title, a country by its name. */
export function filterTexts(
	site: Site,
	filters: readonly string[]
): Promise<readonly FilterText[]> {
	const texts = filters.map(async (text): Promise<FilterText> => {
		const filter = parseFilter(text);
		if (filter === null) return { test: '', values: [text] };
		const { dimension, operator, values } = filter;
		return {
			test: `${DIMENSIONS[dimension].label} ${OPERATOR_LABELS[operator]}`,
			values: await reports().labels(site, dimension, values)
		};
	});
	return Promise.all(texts);
}
