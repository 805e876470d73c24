export interface Paging {
	readonly page: number;
	readonly pages: number;
	readonly total: number;
	/** Place of the first and last row shown, counted from 1. */
	readonly first: number;
	readonly last: number;
}

/** One page of rows; a page past the end is the last one. */
export function pageOf<T>(
	rows: readonly T[],
	params: URLSearchParams,
	size = 50
): { readonly rows: readonly T[]; readonly paging: Paging } {
	const pages = Math.max(1, Math.ceil(rows.length / size));
	const asked = Number.parseInt(params.get('page') ?? '1', 10);
	const page = Math.min(pages, Math.max(1, Number.isNaN(asked) ? 1 : asked));
	const start = (page - 1) * size;
	const shown = rows.slice(start, start + size);
	return {
		rows: shown,
		paging: { page, pages, total: rows.length, first: start + 1, last: start + shown.length }
	};
}
