import { numberAt, pickColumns } from '#lib/columns.ts';
import { pageOf } from '#lib/paging.ts';
import { reports } from '#lib/server/engine.ts';
import { POST_KEYS, postColumns } from '#lib/server/post-columns.ts';
import { openScreen } from '#lib/server/screen.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, url }) => {
	const { query } = await openScreen(params.site, url.searchParams);
	const table = postColumns(query, url.searchParams);
	const [result, sparklines] = await Promise.all([
		reports().report('posts', { ...query, compare: null }, { only: table.only }),
		reports().sparklines(query)
	]);
	const { rows, paging } = pageOf(result.rows, url.searchParams);
	return {
		query,
		columns: [...pickColumns(result.columns, POST_KEYS), ...table.metrics],
		columnMenu: table.menu,
		rows,
		paging,
		totals: result.totals,
		trends: rows.map((row) => sparklines.get(numberAt(row, 'post_id') ?? -1) ?? [])
	};
};
