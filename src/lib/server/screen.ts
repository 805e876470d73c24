import { error } from '@sveltejs/kit';
import type { ResolvedQuery, Site } from '#analytics';
import { reports } from '#lib/server/engine.ts';

/** The site of a screen, or 404 where there is none. */
export function siteOf(domain: string): Site {
	const site = reports().site(domain);
	if (site === null) error(404, `There is no site "${domain}" here.`);
	return site;
}

/** A screen's site and its query, or 400 with every reason the query string was refused. */
export async function openScreen(
	domain: string,
	params: URLSearchParams
): Promise<{ readonly site: Site; readonly query: ResolvedQuery }> {
	const site = siteOf(domain);
	const outcome = await reports().resolve(site, params);
	if (!outcome.ok) error(400, outcome.errors.map(({ message }) => message).join(' '));
	const { query } = outcome;
	// Before all time there is nothing to compare with.
	return { site, query: query.period === 'all' ? { ...query, compare: null } : query };
}

/** The same query string with one filter more, for screens of one topic or author. */
export function narrowed(params: URLSearchParams, filter: string): URLSearchParams {
	const wider = new URLSearchParams(params);
	wider.append('filter', filter);
	return wider;
}
