import type { DimensionId } from '../dimensions.ts';
import { attribution } from './attribution.ts';
import { browsers, countries, ctas, devices, os, pages, sources } from './breakdowns.ts';
import type { ReportDefinition } from './definition.ts';
import { authors, topics } from './groups.ts';
import { overview } from './overview.ts';
import { posts } from './posts.ts';
import { recent } from './recent.ts';
import type { ReportId } from './report-ids.ts';

/** Every report by id: pages, API and CSV read it here. */
export const REPORTS: Readonly<Record<ReportId, ReportDefinition>> = {
	overview,
	posts,
	topics,
	authors,
	ctas,
	recent,
	sources,
	attribution,
	pages,
	countries,
	devices,
	browsers,
	os
};

/** A report by the dimensions asked for; null where it cannot be grouped so. */
export function definitionOf(
	id: ReportId,
	by: readonly DimensionId[] | null
): ReportDefinition | null {
	const usual = REPORTS[id];
	if (by === null) return usual;
	return usual.groupings?.find((grouping) => grouping.by.join() === by.join())?.definition ?? null;
}

/** What `by` may be for a report, as a query string says it. */
export function groupingsOf(id: ReportId): readonly string[] {
	return (REPORTS[id].groupings ?? []).map(({ by }) => by.join());
}
