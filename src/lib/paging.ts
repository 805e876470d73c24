export interface Paging {
	readonly page: number;
	readonly pages: number;
	readonly total: number;
	/** Rows a page holds at most. */
	readonly size: number;
	/** Place of the first and last row shown, counted from 1. */
	readonly first: number;
	readonly last: number;
}

/** How many rows a page may hold; the first is the usual number. */
export const PAGE_SIZES = [50, 100, 200, 500, 1000] as const;

/** One page of rows, as long as `rows` asks for; a page past the end is the last one. */
export function pageOf<T>(
	rows: readonly T[],
	params: URLSearchParams
): { readonly rows: readonly T[]; readonly paging: Paging } {
	const size = PAGE_SIZES.find((known) => String(known) === params.get('rows')) ?? PAGE_SIZES[0];
	const pages = Math.max(1, Math.ceil(rows.length / size));
	const asked = Number.parseInt(params.get('page') ?? '1', 10);
	const page = Math.min(pages, Math.max(1, Number.isNaN(asked) ? 1 : asked));
	const start = (page - 1) * size;
	const shown = rows.slice(start, start + size);
	return {
		rows: shown,
		paging: { page, pages, total: rows.length, size, first: start + 1, last: start + shown.length }
	};
}
