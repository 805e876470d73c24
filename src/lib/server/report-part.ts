import type { ReportId, Reports, ReportResult, ResolvedQuery } from '#analytics';
import { failureOf, valueOr } from '#lib/part.ts';
import { reports } from '#lib/server/engine.ts';
import { partOf } from '#lib/server/part-of.ts';

/** A report of a screen; where it fails, one without rows and why. */
export type ReportPart = Pick<ReportResult, 'query' | 'columns' | 'rows' | 'totals' | 'compare'> & {
	readonly failed: string | undefined;
};

/** Asks for a report; never rejects. */
export async function reportPart(
	id: ReportId,
	query: ResolvedQuery,
	options: Parameters<Reports['report']>[2] = {}
): Promise<ReportPart> {
	const part = await partOf(
		reports()
			.report(id, query, options)
			.then((result): Omit<ReportPart, 'failed'> => result),
		`screen of ${query.site}, ${id}`
	);
	const instead = { query, columns: [], rows: [], totals: {}, compare: null };
	return { ...valueOr(part, instead), failed: failureOf(part) };
}
