import { error } from '@sveltejs/kit';
import {
	encodeFilter,
	isDimensionId,
	OPERATORS,
	parseFilter,
	type Filter,
	type Site,
	type Suggestion
} from '#analytics';
import { suggestionMetric } from '#analytics/server';
import { operatorsOf } from '#lib/filter-choices.ts';
import { replaceFilter } from '#lib/links.ts';
import { backTo } from '#lib/server/back-to.ts';
import { reports } from '#lib/server/engine.ts';

const SHOWN = 100;

/** What the form of a filter shows, and where it leads once it is sent. */
export interface FilterForm {
	/** The screen that is filtered, path and query. */
	readonly to: string;
	/** Which filter of that screen is changed; null for a new one. */
	readonly at: number | null;
	readonly scope: string | null;
	readonly filter: Filter;
	readonly text: string;
	readonly metric: ReturnType<typeof suggestionMetric>;
	readonly values: readonly Suggestion[];
	/** The screen with the filter, once the form was sent with a value. */
	readonly applied: string | null;
}

/** Reads the form's own query string: what was chosen, and what can be chosen beside the screen's other filters. */
export async function filterForm(site: Site, url: URL, signal: AbortSignal): Promise<FilterForm> {
	const { searchParams: params } = url;
	const screen = backTo(params.get('to'), site.domain, url);
	const given = screen.searchParams.getAll('filter');
	const index = /^\d{1,2}$/.test(params.get('at') ?? '') ? Number(params.get('at')) : -1;
	const at = index >= 0 && index < given.length ? index : null;
	const scope = params.get('scope');
	const filter = chosenFilter(params, parseFilter(at === null ? '' : (given[at] ?? '')));
	const text = params.get('text') ?? '';

	const asked = new URLSearchParams(
		[...screen.searchParams].filter(([name]) => ['period', 'from', 'to'].includes(name))
	);
	for (const other of [...given.filter((_, number) => number !== at), scope ?? ''])
		if (other !== '') asked.append('filter', other);
	asked.set('q', text);
	const outcome = await reports().resolve(site, asked);
	if (!outcome.ok) error(400, outcome.errors.map(({ message }) => message).join(' '));
	const found = await reports().suggest(outcome.query, {
		dimensions: [filter.dimension],
		text: outcome.query.search,
		limit: SHOWN,
		signal
	});
	const labels = await reports().labels(site, filter.dimension, filter.values);
	const kept = filter.values.flatMap((value, number) =>
		found.some((one) => one.value === value)
			? []
			: [{ dimension: filter.dimension, value, label: labels[number] ?? value, count: 0 }]
	);
	return {
		to: screen.pathname + screen.search,
		at,
		scope,
		filter,
		text,
		metric: suggestionMetric(filter.dimension),
		values: [...kept, ...found],
		applied: params.has('apply') ? applied(screen, at, filter, text) : null
	};
}

/** The form's fields over what the screen's filter says; values of another dimension are left behind. */
function chosenFilter(params: URLSearchParams, before: Filter | null): Filter {
	const name = params.get('dimension') ?? before?.dimension ?? '';
	const dimension = isDimensionId(name) ? name : 'source';
	const wanted = params.get('operator') ?? before?.operator;
	const operator = OPERATORS.find((one) => one === wanted) ?? 'is';
	const isSent = params.has('dimension');
	const values = isSent
		? params.get('of') === dimension
			? params.getAll('value').filter((value) => value !== '')
			: []
		: (before?.values ?? []);
	return {
		dimension,
		operator: operatorsOf(dimension).includes(operator) ? operator : 'is',
		values: [...new Set(values)]
	};
}

function applied(screen: URL, at: number | null, filter: Filter, text: string): string | null {
	const typed = text.trim();
	const values = filter.values.length > 0 || typed === '' ? filter.values : [typed];
	const encoded = encodeFilter({ ...filter, values });
	return parseFilter(encoded) === null ? null : replaceFilter(screen, at, encoded);
}
