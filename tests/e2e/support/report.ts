import { sessionFor } from '../../support/owner.ts';
import { parseCsv } from './csv.ts';

export type Cell = string | number | null | readonly string[];
export type Row = Readonly<Record<string, Cell>>;

/** What `GET /api/reports/<report>` answers, as far as the tests read it. */
export interface Report {
	readonly columns: readonly { readonly id: string; readonly unit: string }[];
	readonly rows: readonly Row[];
	readonly totals: Row;
	readonly compare: { readonly rows: readonly Row[]; readonly totals: Row } | null;
}

/** Query parameters; several values are several parameters. */
export type Params = Readonly<Record<string, string | readonly string[]>>;

export const searchOf = (params: Params): string => {
	const search = new URLSearchParams();
	for (const [name, value] of Object.entries(params))
		for (const text of [value].flat()) search.append(name, text);
	return search.size === 0 ? '' : `?${search.toString()}`;
};

export const getText = async (url: string): Promise<string> => {
	const response = await fetch(url, { headers: { cookie: await sessionFor(url) } });
	if (response.status !== 200) throw new Error(`GET ${url} answered ${response.status}.`);
	return response.text();
};

export const getReport = async (
	origin: string,
	site: string,
	report: string,
	params: Params = {}
): Promise<Report> =>
	JSON.parse(
		await getText(`${origin}/api/reports/${report}${searchOf({ site, ...params })}`)
	) as Report;

/** The rows of a report's CSV, keyed by its header. */
export const getCsv = async (
	origin: string,
	site: string,
	report: string,
	params: Params = {}
): Promise<readonly Readonly<Record<string, string>>[]> =>
	parseCsv(await getText(`${origin}/api/reports/${report}.csv${searchOf({ site, ...params })}`));
