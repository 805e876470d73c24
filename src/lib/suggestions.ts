import type { DimensionId, Suggestion } from '#analytics';

/** What `/api/suggestions` answers. */
export interface Suggestions {
	/** The metric that counts the values of each dimension. */
	readonly metrics: Readonly<Partial<Record<DimensionId, { readonly label: string }>>>;
	readonly suggestions: readonly Suggestion[];
}

interface Asked {
	readonly site: string;
	readonly dimensions: readonly DimensionId[];
	readonly text: string;
	readonly limit: number;
	/** The filter that is being changed: the others hold. */
	readonly without?: number | null;
	/** A filter of the screen itself. */
	readonly scope?: string | undefined;
}

const KEPT = ['period', 'from', 'to'];

/** The address that suggests values under the period and filters of a screen. */
export function suggestionsHref(url: URL, asked: Asked): string {
	const params = new URLSearchParams({ site: asked.site, dimension: asked.dimensions.join(',') });
	for (const [name, value] of url.searchParams) if (KEPT.includes(name)) params.append(name, value);
	const filters = url.searchParams.getAll('filter').filter((_, at) => at !== asked.without);
	for (const filter of asked.scope === undefined ? filters : [...filters, asked.scope])
		params.append('filter', filter);
	params.set('q', asked.text.slice(0, 200));
	params.set('limit', String(asked.limit));
	return `/api/suggestions?${params.toString()}`;
}

/** @throws Error where the server does not answer, or the signal aborts. */
export async function fetchSuggestions(
	url: URL,
	asked: Asked,
	signal: AbortSignal
): Promise<Suggestions> {
	const response = await fetch(suggestionsHref(url, asked), { signal });
	const answer: unknown = await response.json();
	if (!isSuggestions(answer)) throw new Error('The values could not be loaded.');
	return answer;
}

function isSuggestions(answer: unknown): answer is Suggestions {
	return typeof answer === 'object' && answer !== null && 'suggestions' in answer;
}
