import { shareToken } from '#lib/share-key.ts';
import { encodeFilter, isParameterName, type DimensionId } from '#analytics';

/** What a link changes in the query string; null takes a parameter out. */
export type QueryChanges = Readonly<Record<string, string | readonly string[] | null>>;

/** The parameters that follow a reader from screen to screen. */
const SHARED = ['period', 'from', 'to', 'compare', 'filter', 'imported'];

/** The same screen with some parameters changed; always back on its first page. */
export function withQuery(url: URL, changes: QueryChanges): string {
	const params = new URLSearchParams(url.searchParams);
	params.delete('page');
	for (const [name, value] of Object.entries(changes)) {
		params.delete(name);
		for (const text of value === null ? [] : [value].flat()) params.append(name, text);
	}
	return url.pathname + searchOf(params);
}

/** The same for every link of a screen, of which a table has hundreds. */
const searches = new WeakMap<URL, string>();

/** The query string with the period, compare and filters of a screen. */
function sharedSearch(url: URL): string {
	const known = searches.get(url);
	if (known !== undefined) return known;
	const shared = SHARED.flatMap((name) =>
		url.searchParams.getAll(name).map((value) => [name, value])
	);
	const search = searchOf(new URLSearchParams(shared));
	searches.set(url, search);
	return search;
}

/** Another screen, with the period, compare and filters of this one. */
export function screenHref(url: URL, path: string, changes?: QueryChanges): string {
	const href = path + sharedSearch(url);
	return changes === undefined ? href : withQuery(new URL(href, url), changes);
}

/** The CSV of a report with this screen's own query. */
export function csvHref(url: URL, site: string, report: string, filter?: string): string {
	const params = new URLSearchParams([['site', site], ...url.searchParams]);
	for (const name of [...params.keys()]) if (!isParameterName(name)) params.delete(name);
	if (filter !== undefined) params.append('filter', filter);
	return `/api/reports/${report}.csv${searchOf(params)}`;
}

/** The same screen with one filter more. */
export function withFilter(url: URL, filter: string): string {
	const filters = url.searchParams.getAll('filter').filter((given) => given !== filter);
	return withQuery(url, { filter: [...filters, filter] });
}

/** The same screen without one of its filters. */
export function withoutFilter(url: URL, index: number): string {
	const filters = url.searchParams.getAll('filter');
	return withQuery(url, { filter: filters.filter((_, at) => at !== index) });
}

/** The screen that this page is about: the one that an editor leads back to, else the page itself. */
export function shownUrl(url: URL, isEditor: boolean): URL {
	const back = isEditor ? (url.searchParams.get('to') ?? '') : '';
	const shown = URL.canParse(back, url) ? new URL(back, url) : url;
	return shown.origin === url.origin ? shown : url;
}

/** What leads back to this screen. */
export function backHref(url: URL): string {
	return url.pathname + url.search;
}

/** Where a filter of this screen is changed, or one is added. */
export function editorHref(
	url: URL,
	{ at, scope }: { readonly at?: number; readonly scope?: string | undefined } = {}
): string {
	const params = new URLSearchParams({ to: backHref(url) });
	if (at !== undefined) params.set('at', String(at));
	if (scope !== undefined) params.set('scope', scope);
	const [, first = '', token = ''] = url.pathname.split('/');
	const above = first === 'share' ? `${first}/${token}` : first;
	return `/${above}/filter?${params.toString()}`;
}

/** The same screen with a filter in place of another, or added. */
export function replaceFilter(url: URL, at: number | null, filter: string): string {
	if (at === null) return withFilter(url, filter);
	const filters = url.searchParams.getAll('filter');
	const next = filters.map((given, index) => (index === at ? filter : given));
	return withQuery(url, { filter: [...new Set(next)] });
}

/** The path of a screen below a site, or below the link that stands for it. */
export function sitePath(site: string, ...parts: readonly (string | number)[]): string {
	const token = shareToken(site);
	const above = token === null ? [site] : ['share', token];
	return ['', ...above, ...parts].map((part) => encodeURIComponent(part)).join('/');
}

function searchOf(params: URLSearchParams): string {
	const text = params.toString();
	return text === '' ? '' : `?${text}`;
}

/** A filter as the query string writes it. */
export function filterText(dimension: DimensionId, value: string): string {
	return encodeFilter({ dimension, operator: 'is', values: [value] });
}

/** Where a page of a blog can be read. */
export function pageHref(domain: string, path: string): string {
	// Names under .example resolve nowhere: it is the sample blog, served beside the dashboard.
	return domain.endsWith('.example') ? path : `https://${domain}${path}`;
}

/** The screen of one topic or author; a name that a path cannot hold becomes a filter. */
export function memberHref(
	url: URL,
	site: string,
	dimension: 'topic' | 'author',
	name: string
): string {
	if (/^\.{1,2}$/.test(name)) {
		const filters = url.searchParams.getAll('filter');
		const filter = [...filters, filterText(dimension, name)];
		return screenHref(url, sitePath(site, 'posts'), { filter });
	}
	return screenHref(url, sitePath(site, `${dimension}s`, name));
}
