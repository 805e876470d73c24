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
	pages,
	countries,
	devices,
	browsers,
	os
};
