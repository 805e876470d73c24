import { isReportId, REPORT_IDS, type QueryError, type ReportResult } from '#analytics';
import {
	askedQuery,
	checkColumns,
	checkParameters,
	chosenColumns,
	csvFileName,
	messageOf,
	parseFlavour,
	queryError,
	reportCsv,
	systemCode,
	type CsvFlavour
} from '#analytics/server';
import { openFirstThisHour } from '#lib/server/access/first-this-hour.ts';
import { record } from '#lib/server/access/record.ts';
import { viewer } from '#lib/server/access/viewer.ts';
import { reports } from '#lib/server/engine.ts';
import type { RequestHandler } from './$types';

/** `GET /api/reports/<report>` answers JSON, `GET /api/reports/<report>.csv` the same as CSV, all rows, streamed. */
export const GET: RequestHandler = async ({ params, url, request }) => {
	const isCsv = params.report.endsWith('.csv');
	const id = isCsv ? params.report.slice(0, -4) : params.report;
	if (!isReportId(id)) return refuse(404, [queryError('report', id, REPORT_IDS.join(', '))]);
	const domain = url.searchParams.get('site') ?? '';
	const site = reports().site(domain);
	if (site === null)
		return refuse(404, [queryError('site', domain, 'the domain of one of your sites')]);
	const flavour = parseFlavour(url.searchParams, request.headers.get('accept-language'));
	try {
		const resolved = await reports().resolve(site, url.searchParams);
		const chosen = resolved.ok ? chosenColumns(id, resolved.query, url.searchParams) : null;
		const errors = [
			...checkParameters(url.searchParams),
			...(chosen?.errors ?? []),
			...(flavour.ok ? [] : flavour.errors),
			...(resolved.ok ? checkColumns(id, resolved.query) : resolved.errors)
		];
		if (errors.length > 0 || !resolved.ok || !flavour.ok) return refuse(400, errors);
		const result = await reports().report(id, resolved.query, {
			signal: request.signal,
			...(chosen?.only === undefined ? {} : { only: chosen.only })
		});
		if (!isCsv) return Response.json(result, { headers: { 'cache-control': 'no-store' } });
		if (request.method === 'GET' && isToldOf(id))
			record('exported', {
				site,
				detail: { export: `report ${id}`, format: 'csv', query: askedQuery(url.searchParams) }
			});
		return csv(result, flavour.flavour);
	} catch (thrown) {
		if (systemCode(thrown) !== 'time_limit') throw thrown;
		const allowed = 'a shorter period or fewer filters';
		return refuse(503, [{ path: '#', given: url.search, allowed, message: messageOf(thrown) }]);
	}
};

const isFirst = openFirstThisHour(Date.now);

/** Guests can ask as often as they like: each link's first CSV of a report in an hour stands for the rest. */
function isToldOf(report: string): boolean {
	const { guest } = viewer();
	return guest === undefined || isFirst(`${guest.link.id} ${report}`);
}

function csv(result: ReportResult, flavour: CsvFlavour): Response {
	return new Response(streamOf(reportCsv(result, flavour)), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="${csvFileName(result)}"`,
			'cache-control': 'no-store'
		}
	});
}

function refuse(status: number, errors: readonly QueryError[]): Response {
	return Response.json({ errors }, { status, headers: { 'cache-control': 'no-store' } });
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
