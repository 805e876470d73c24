import { error } from '@sveltejs/kit';
import { record } from '#lib/server/access/record.ts';
import { siteOf } from '#lib/server/screen.ts';
import { exportDetail, exportFile } from '#lib/server/settings-exports.ts';
import type { RequestHandler } from './$types';

/** All of a table, the catalogue or the whole site, streamed from a file that is written for it. */
export const GET: RequestHandler = async ({ params, request }) => {
	const site = siteOf(params.site);
	const file = await exportFile(site, params.file);
	if (file === null) error(404, `There is no export "${params.file}".`);
	if (request.method === 'GET') record('exported', { site, detail: exportDetail(params.file) });
	const { type, bytes, body } = file;
	return new Response(body, {
		headers: {
			'content-type': type,
			'content-disposition': `attachment; filename="byline_${site.domain}_${params.file}"`,
			'cache-control': 'no-store',
			...(bytes === null ? {} : { 'content-length': String(bytes) })
		}
	});
};
