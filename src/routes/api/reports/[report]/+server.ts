import { isReportId, type ReportResult } from '#analytics';
import { csvFileName, groupingsOf, messageOf, reportCsv, systemCode } from '#analytics/server';
import { reports } from '#lib/server/engine.ts';
import type { RequestHandler } from './$types';

/** `GET /api/reports/<report>` answers JSON, `GET /api/reports/<report>.csv` the same as CSV, all rows, streamed. */
export const GET: RequestHandler = async ({ params, url, request }) => {
	const isCsv = params.report.endsWith('.csv');
	const id = isCsv ? params.report.slice(0, -4) : params.report;
	if (!isReportId(id)) return problem(404, '#/report', `There is no report "${id}".`);
	const domain = url.searchParams.get('site') ?? '';
	const site = reports().site(domain);
	if (site === null) return problem(404, '#/site', `There is no site "${domain}".`);
	const resolved = await reports().resolve(site, url.searchParams);
	if (!resolved.ok) return Response.json({ errors: resolved.errors }, { status: 400 });
	const { by } = resolved.query;
	const groupings = groupingsOf(id);
	if (by !== null && !groupings.includes(by.join()))
		return problem(
			400,
			'#/by',
			`"${by.join()}" is no grouping of this report. Allowed: ${groupings.join(' | ') || 'none'}.`
		);
	let result: ReportResult;
	try {
		result = await reports().report(id, resolved.query, { signal: request.signal });
	} catch (thrown) {
		if (systemCode(thrown) !== 'time_limit') throw thrown;
		return problem(503, '#', messageOf(thrown));
	}
	const columns = result.columns.map((column) => column.id);
	const sort = resolved.query.sort?.column;
	if (sort !== undefined && !columns.includes(sort))
		return problem(400, '#/sort', `"${sort}" is no column. Allowed: ${columns.join(', ')}.`);
	if (!isCsv) return Response.json(result, { headers: { 'cache-control': 'no-store' } });
	const excel = url.searchParams.get('flavour') === 'excel';
	return new Response(streamOf(reportCsv(result, { excel })), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="${csvFileName(result)}"`,
			'cache-control': 'no-store'
		}
	});
};

function problem(status: number, path: string, message: string): Response {
	return Response.json({ errors: [{ path, message }] }, { status });
}

/** One chunk when the reader wants one: a slow client holds nothing back but itself. */
function streamOf(chunks: Generator<string, undefined>): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	return new ReadableStream({
		pull: (controller) => {
			const next = chunks.next();
			if (next.done === true) controller.close();
			else controller.enqueue(encoder.encode(next.value));
		}
	});
}
