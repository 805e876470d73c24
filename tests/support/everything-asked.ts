import { DIMENSIONS, type DimensionId } from '../../analytics/dimensions.ts';
import type { Reports } from '../../analytics/engine-contract.ts';
import { keysOf } from '../../analytics/keys-of.ts';
import type { Site } from '../../analytics/posts/site.ts';
import { encodeFilter } from '../../analytics/query/filter.ts';
import { REPORTS } from '../../analytics/reports/registry.ts';
import { REPORT_IDS } from '../../analytics/reports/report-ids.ts';
import type { DateRange, Filter, ResolvedQuery, Row } from '../../analytics/reports/result.ts';

/** Everything that reports answer, by a name of the question. */
export type Answers = Readonly<Record<string, unknown>>;

/** Bodies of the Stats API that together name all its kinds of figures and groups. */
const STATS: readonly Readonly<Record<string, unknown>>[] = [
	{
		metrics: ['visitors', 'visits', 'pageviews', 'views_per_visit', 'bounce_rate', 'visit_duration']
	},
	{ metrics: ['visitors', 'percentage'], dimensions: ['visit:source'] },
	{ metrics: ['visitors', 'visits'], dimensions: ['visit:entry_page'] },
	{ metrics: ['visitors', 'visits'], dimensions: ['visit:exit_page'] },
	{ metrics: ['visitors', 'pageviews', 'percentage'], dimensions: ['event:page'] },
	{ metrics: ['visitors', 'events'], dimensions: ['event:goal'] },
	{ metrics: ['visitors', 'conversion_rate'], filters: [['is', 'event:goal', ['subscribe']]] },
	{
		metrics: ['visitors', 'group_conversion_rate'],
		dimensions: ['visit:country'],
		filters: [['is', 'event:goal', ['subscribe', 'cta_click']]]
	},
	{ metrics: ['visitors', 'visits'], filters: [['has_done', ['is', 'event:goal', ['cta_click']]]] },
	{ metrics: ['visitors'], filters: [['has_not_done', ['is', 'event:goal', ['subscribe']]]] },
	{ metrics: ['pageviews', 'visits'], dimensions: ['time:day'] }
];

/** Asks everything that a site can be asked over a range of days under some filters, whoever may see how much. */
export async function everythingAsked(
	reports: Reports,
	{
		site,
		range,
		filters,
		posts
	}: {
		readonly site: Site;
		readonly range: DateRange;
		readonly filters: readonly Filter[];
		/** Ids of the posts whose screens are opened. */
		readonly posts: readonly number[];
	}
): Promise<Answers> {
	const answers: Record<string, unknown> = {};
	const days = await resolved(
		reports,
		site,
		`from=${range.from}&to=${range.to}&interval=day&compare=weekday`,
		filters
	);
	const all = await resolved(reports, site, 'period=all&interval=month&compare=none', filters);
	answers['resolved'] = [days, all].map(({ site: _, scope: __, ...query }) => query);
	for (const id of REPORT_IDS) {
		answers[`${id}, all`] = figures(await reports.report(id, all));
		for (const by of [null, ...(REPORTS[id].groupings ?? []).map((grouping) => grouping.by)])
			answers[`${id} by ${by?.join() ?? 'itself'}`] = figures(
				await reports.report(id, { ...days, by })
			);
	}
	for (const [number, asked] of STATS.entries()) {
		const body = { site_id: site.domain, date_range: [range.from, range.to], ...asked };
		const outcome = await reports.stats(body, { site: reports.site });
		if (outcome.kind !== 'answer') throw new Error(JSON.stringify(outcome));
		answers[`stats ${number}`] = ordered(outcome.result.results);
	}
	for (const dimension of keysOf(DIMENSIONS)) {
		const what = { dimensions: [dimension], text: '', limit: 500 };
		answers[`suggest ${dimension}`] = ordered(await reports.suggest(days, what));
	}
	for (const id of posts) Object.assign(answers, await postAsked(reports, id, days));
	answers['trends topic'] = await reports.trends('topic', days);
	answers['trends author'] = await reports.trends('author', days);
	answers['recentCurves'] = await reports.recentCurves(days);
	answers['sparklines'] = [...(await reports.sparklines(days))].sort(([a], [b]) => a - b);
	answers['publications'] = await reports.publications(days);
	answers['labels'] = await reports.labels(site, 'post' satisfies DimensionId, posts.map(String));
	const { newest, ...now } = await reports.siteNow(site);
	answers['now'] = { ...now, isKnown: newest !== null };
	return answers;
}

async function resolved(
	reports: Reports,
	site: Site,
	text: string,
	filters: readonly Filter[]
): Promise<ResolvedQuery> {
	const params = new URLSearchParams(text);
	for (const filter of filters) params.append('filter', encodeFilter(filter));
	const outcome = await reports.resolve(site, params);
	if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
	return outcome.query;
}

async function postAsked(reports: Reports, id: number, query: ResolvedQuery): Promise<Answers> {
	const header = await reports.postHeader(id, query);
	if (header === null) return { [`post ${id}`]: null };
	const parts = keysOf(reports.post).map(
		async (part) => [`post ${id}, ${part}`, await reports.post[part](id, query)] as const
	);
	return { [`post ${id}`]: header, ...Object.fromEntries(await Promise.all(parts)) };
}

interface Figures {
	readonly rows: readonly Row[];
	readonly totals: Row;
}

/** What a report says, without the query that it echoes. */
function figures({
	rows,
	totals,
	compare
}: Figures & { readonly compare: Figures | null }): unknown {
	return {
		rows: ordered(rows),
		totals,
		compare: compare === null ? null : { rows: ordered(compare.rows), totals: compare.totals }
	};
}

/** Rows of equal figures come in any order. */
function ordered(rows: readonly unknown[]): readonly unknown[] {
	return rows
		.map((row) => JSON.stringify(row))
		.sort()
		.map((text): unknown => JSON.parse(text));
}
