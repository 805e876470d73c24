import { pickColumns } from '#lib/columns.ts';
import { pageOf } from '#lib/paging.ts';
import { reports } from '#lib/server/engine.ts';
import { latePart } from '#lib/server/late-part.ts';
import { POST_KEYS, postColumns } from '#lib/server/post-columns.ts';
import { reportPart } from '#lib/server/report-part.ts';
import { trendsOf } from '#lib/server/trends-of.ts';
import { openScreen } from '#lib/server/screen.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, url, isDataRequest }) => {
	const { query } = await openScreen(params.site, url.searchParams);
	const table = postColumns(query, url.searchParams);
	const sparklines = reports().sparklines(query);
	sparklines.catch(() => undefined);
	const result = await reportPart('posts', { ...query, compare: null }, { only: table.only });
	const { rows, paging } = pageOf(result.rows, url.searchParams);
	return {
		query,
		columns: [...pickColumns(result.columns, POST_KEYS), ...table.metrics],
		columnMenu: table.menu,
		rows,
		paging,
		totals: result.totals,
		failed: result.failed,
		trends: await latePart(trendsOf(rows, sparklines), `${url.pathname}, sparklines`, isDataRequest)
	};
};
