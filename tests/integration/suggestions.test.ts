import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DIMENSIONS, type DimensionId } from '../../analytics/dimensions.ts';
import type { Event } from '../../analytics/events/event.ts';
import { keysOf } from '../../analytics/keys-of.ts';
import type { MetricId } from '../../analytics/metrics.ts';
import type { Post } from '../../analytics/posts/post.ts';
import type { Site } from '../../analytics/posts/site.ts';
import { openReports } from '../../analytics/reports/open-reports.ts';
import type { ReportId } from '../../analytics/reports/report-ids.ts';
import type { Filter, ResolvedQuery } from '../../analytics/reports/result.ts';
import { openDuckDbStore } from '../../analytics/stores/duckdb/duckdb-store.ts';
import type { EventStore } from '../../analytics/stores/event-store.ts';
import { questionArbitrary } from '../oracle/arbitraries.ts';
import type { Question } from '../oracle/oracle.ts';
import { temporaryFolder } from '../support/temp.ts';

const RUNS = Number(process.env['ORACLE_RUNS'] ?? 4);
const ALL = 100;

/** The report that lists the values of a dimension, its column of them and its figure. */
const LISTED: Partial<Record<DimensionId, readonly [ReportId, string, MetricId]>> = {
	post: ['posts', 'post_id', 'readers'],
	topic: ['topics', 'topic', 'readers'],
	author: ['authors', 'author', 'readers'],
	page: ['pages', 'path', 'visitors'],
	country: ['countries', 'country', 'visitors'],
	device: ['devices', 'device', 'visitors'],
	browser: ['browsers', 'browser', 'visitors'],
	os: ['os', 'os', 'visitors'],
	channel: ['sources', 'channel', 'visitors'],
	source: ['sources', 'source', 'visitors'],
	referrer: ['sources', 'referrer', 'visitors'],
	utm_source: ['sources', 'utm_source', 'visitors'],
	utm_campaign: ['sources', 'utm_campaign', 'visitors'],
	cta: ['ctas', 'cta', 'cta_exposed'],
	placement: ['ctas', 'placement', 'cta_exposed']
};

const folder = temporaryFolder('suggestions');
let store: EventStore;
let known: { readonly site: Site; readonly posts: readonly Post[]; readonly now: number };
let sites = 0;

beforeAll(async () => {
	store = await openDuckDbStore({
		file: join(folder.path, 'events.duckdb'),
		memoryLimit: '1GB',
		threads: 2,
		tempDirectory: join(folder.path, 'tmp'),
		timeLimitMs: 60_000
	});
});
afterAll(async () => {
	await store.close();
	folder.remove();
});

async function record(question: Question): Promise<ResolvedQuery> {
	const site = { ...question.site, id: (sites += 1), domain: `site-${sites}.example` };
	const lines = question.events
		.filter((event) => event.site === question.site.id)
		.map((event): Event => ({ ...event, site: site.id }))
		.map((event) => JSON.stringify(event));
	await store.append(lines, { segment: sites, offset: 1 });
	await store.putCatalogue(site, question.posts);
	await store.settle();
	while ((await store.rollUp(site.id, question.range.to)) > 0);
	known = { site, posts: question.posts, now: question.now };
	return {
		site: site.domain,
		zone: site.zone,
		period: 'custom',
		...question.range,
		compare: null,
		interval: 'day',
		by: null,
		filters: [],
		sort: null,
		search: ''
	};
}

const openKnown = () =>
	openReports({
		store,
		sites: () => [known.site],
		posts: () => known.posts,
		now: () => known.now
	});
type Opened = ReturnType<typeof openKnown>;

/** What the report that lists a dimension says of each value, or each value's total once it is the filter. */
async function expected(
	reports: Opened,
	query: ResolvedQuery,
	dimension: DimensionId,
	values: readonly string[]
): Promise<ReadonlyMap<string, number>> {
	const listed = LISTED[dimension];
	if (listed !== undefined) {
		const [id, column, metric] = listed;
		const by = id === 'sources' || id === 'ctas' ? [dimension] : null;
		const { rows } = await reports.report(id, { ...query, by });
		const counts = rows.map((row) => [String(row[column]), Number(row[metric])] as const);
		return new Map(counts.filter(([value]) => value !== ''));
	}
	const [id, metric] =
		dimension === 'variant'
			? (['ctas', 'cta_exposed'] as const)
			: (['overview', 'visitors'] as const);
	const counts = new Map<string, number>();
	for (const value of values) {
		const filter: Filter = { dimension, operator: 'is', values: [value] };
		const { totals } = await reports.report(id, { ...query, filters: [...query.filters, filter] });
		counts.set(value, Number(totals[metric]));
	}
	return counts;
}

/** A report also has rows of values that another of its metrics knows; only the catalogue has values that nobody saw. */
function seen(
	counts: ReadonlyMap<string, number>,
	dimension: DimensionId
): Readonly<Record<string, number>> {
	const listsAll = ['post', 'topic', 'author'].includes(dimension);
	return Object.fromEntries([...counts].filter(([, count]) => listsAll || count > 0));
}

test(
	'the counts of suggested values are the figures of the reports, under any other filter',
	{ timeout: 300_000 },
	async () => {
		let compared = 0;
		await fc.assert(
			fc.asyncProperty(questionArbitrary, fc.nat(), async (question, pick) => {
				const query = await record(question);
				const reports = openKnown();
				const [other] = await reports.suggest(query, {
					dimensions: ['device', 'country', 'topic', 'source'].slice(pick % 4) as DimensionId[],
					text: '',
					limit: 1
				});
				const filters: readonly Filter[] =
					other === undefined
						? []
						: [{ dimension: other.dimension, operator: 'is_not', values: [other.value] }];
				for (const asked of [query, { ...query, filters }])
					for (const dimension of keysOf(DIMENSIONS)) {
						const suggested = await reports.suggest(asked, {
							dimensions: [dimension],
							text: '',
							limit: ALL
						});
						const counts = new Map(suggested.map(({ value, count }) => [value, count]));
						const due = await expected(reports, asked, dimension, [...counts.keys()]);
						expect(seen(counts, dimension), dimension).toEqual(seen(due, dimension));
						const order = suggested.map(({ count }) => count);
						expect(order).toEqual([...order].sort((a, b) => b - a));
						compared += counts.size;
					}
			}),
			{ numRuns: RUNS, endOnFailure: true }
		);
		expect(compared).toBeGreaterThan(50);
	}
);
