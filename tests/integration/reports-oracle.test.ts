import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Event } from '../../analytics/events/event.ts';
import { WHOLE_SITE } from '../../analytics/query/scope.ts';
import { REPORTS } from '../../analytics/reports/registry.ts';
import { runReport } from '../../analytics/reports/run.ts';
import type { ResolvedQuery, Row } from '../../analytics/reports/result.ts';
import { openDuckDbStore } from '../../analytics/stores/duckdb/duckdb-store.ts';
import type { EventStore } from '../../analytics/stores/event-store.ts';
import { questionArbitrary } from '../oracle/arbitraries.ts';
import { expectCells, expectRows } from '../oracle/expect-rows.ts';
import { expectShrunken, SHRUNKEN_COLUMNS } from '../oracle/expect-shrunken.ts';
import { ctasBy, ORACLE, sourcesBy, type OracleReport, type Question } from '../oracle/oracle.ts';
import { temporaryFolder } from '../support/temp.ts';

/** More in the nightly form: ORACLE_RUNS=200 npx vitest run tests/integration/reports-oracle.test.ts */
const RUNS = Number(process.env['ORACLE_RUNS'] ?? 4);
/** On a slow machine fewer runs are made, so that nobody waits. */
const ENOUGH_MS = 90_000;

const folder = temporaryFolder('reports-oracle');
let store: EventStore;
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

/** The same question asked of a site that no other run uses, so that one store serves all runs. */
function ofNewSite(question: Question): Question {
	const site = { ...question.site, id: (sites += 1), domain: `site-${sites}.example` };
	const events = question.events
		.filter((event) => event.site === question.site.id)
		.map((event): Event => ({ ...event, site: site.id }));
	return { ...question, site, events };
}

function queryOf({ site, range }: Question): ResolvedQuery {
	return {
		site: site.domain,
		zone: site.zone,
		period: 'custom',
		...range,
		compare: null,
		interval: 'day',
		by: null,
		filters: [],
		sort: null,
		search: ''
	};
}

/**
 * Stores the events of several sites side by side in pieces, settling in between, with each catalogue arriving
 * somewhere on the way. Settling costs much the same for one site as for many.
 */
async function record(questions: readonly Question[], pieces: number): Promise<void> {
	const pending = questions.map(({ site, posts, events }) => {
		const size = Math.max(1, Math.ceil(events.length / pieces));
		return { site, posts, events, size };
	});
	for (let piece = 0; piece < pieces; piece += 1) {
		const lines = pending.flatMap(({ events, size }) =>
			events.slice(piece * size, (piece + 1) * size).map((event) => JSON.stringify(event))
		);
		await store.append(lines, { segment: sites, offset: piece });
		for (const [index, { site, posts }] of pending.entries())
			if (index % pieces === piece) await store.putCatalogue(site, posts);
		if (piece % 2 === 0) await store.settle();
		for (const { site, range } of questions) await rollUp(site.id, range.to);
	}
	await store.settle();
	for (const [index, { site, range }] of questions.entries())
		if (index % 3 < 2) await rollUp(site.id, index % 3 === 0 ? LAST_DAY : range.to);
}

/** Behind all days. */
const LAST_DAY = '9999-12-31';

/** Sums up a site's days before a day. */
async function rollUp(site: number, before: string): Promise<void> {
	while ((await store.rollUp(site, before)) > 0);
}

const REPORT_IDS = Object.keys(ORACLE) as OracleReport[];
const severalQuestions = fc.array(questionArbitrary, { minLength: 1, maxLength: 8, size: 'max' });

test(
	'every metric of every report equals the recomputation from events',
	{ timeout: 300_000 },
	async () => {
		await fc.assert(
			fc.asyncProperty(severalQuestions, fc.integer({ min: 1, max: 4 }), async (drawn, pieces) => {
				const questions = drawn.map(ofNewSite);
				await record(questions, pieces);
				for (const question of questions) await compareReports(question);
				for (const question of questions.slice(0, 1)) await compareGroupings(question);
				for (const { site } of questions.slice(0, 1))
					expect((await store.verify(site.id)).filter((fact) => fact.differing > 0)).toEqual([]);
			}),
			{
				numRuns: RUNS,
				endOnFailure: true,
				...('ORACLE_RUNS' in process.env ? {} : { interruptAfterTimeLimit: ENOUGH_MS })
			}
		);
	}
);

async function compareReports(question: Question): Promise<void> {
	const { site, posts, now } = question;
	const query = queryOf(question);
	for (const id of REPORT_IDS) {
		const result = await runReport(id, {
			site,
			query,
			store,
			scope: WHOLE_SITE,
			posts,
			peers: posts,
			commentGrowth: () => new Map<number, number>(),
			now
		});
		const expected = ORACLE[id](question);
		const keys = REPORTS[id].keys.map((column) => column.id);
		const columns = result.columns.map((column) => column.id);
		const exact = columns.filter((column) => !SHRUNKEN_COLUMNS.includes(column));
		expectRows(id, result.rows, expected.rows, keys, exact);
		if (id === 'posts') expectShrunken(result.rows, expected.rows);
		if (id === 'recent') continue;
		const onlyPosts = id === 'posts' || id === 'topics' || id === 'authors';
		const totals = onlyPosts ? expected.postTotals : expected.totals;
		expectCells(`${id} totals`, result.totals, totals, REPORTS[id].metrics);
	}
}

async function compareGroupings(question: Question): Promise<void> {
	const { site, posts, now } = question;
	const query = queryOf(question);
	for (const [id, byKeys] of [
		['ctas', ctasBy],
		['sources', sourcesBy]
	] as const)
		for (const { by } of REPORTS[id].groupings ?? []) {
			const context = {
				site,
				query: { ...query, by },
				store,
				scope: WHOLE_SITE,
				posts,
				peers: posts,
				commentGrowth: () => new Map<number, number>(),
				now
			};
			const result = await runReport(id, context);
			const keys = by.map((dimension) => (dimension === 'page' ? 'path' : dimension));
			const columns = result.columns.map((column) => column.id);
			expect(columns.slice(0, keys.length)).toEqual(keys);
			const expected = byKeys(question, keys);
			expectRows(`${id} by ${by.join()}`, result.rows, expected.rows, keys, columns);
			expectCells(`${id} totals`, result.totals, expected.totals, REPORTS[id].metrics);
		}
}

test('page views by post and by other pages, visitors by day and direct conversions add up to the overview', async () => {
	await fc.assert(
		fc.asyncProperty(questionArbitrary, async (drawn) => {
			const question = ofNewSite(drawn);
			await record([question], 2);
			const { site, posts, now } = question;
			const context = {
				site,
				query: queryOf(question),
				store,
				scope: WHOLE_SITE,
				posts,
				peers: posts,
				commentGrowth: () => new Map<number, number>(),
				now
			};
			const [overview, byPost, byPage] = await Promise.all([
				runReport('overview', context),
				runReport('posts', context),
				runReport('pages', context)
			]);
			const total = (rows: readonly Row[], id: string): number =>
				rows.reduce((sum, row) => sum + Number(row[id]), 0);
			const paths = new Set(posts.map(({ path }) => path));
			const others = byPage.rows.filter((row) => !paths.has(String(row['path'])));
			expect(total(byPost.rows, 'page_views') + total(others, 'page_views')).toBe(
				overview.totals['page_views']
			);
			for (const id of ['visitors', 'page_views', 'conversions', 'subscribes'])
				expect(total(overview.rows, id), id).toBe(overview.totals[id]);
			const conversions = await store.query({
				strings: [
					`select count(*) as direct from conversions where site_id = `,
					` and day between `,
					`::date and `,
					`::date`
				],
				values: [site.id, question.range.from, question.range.to]
			});
			expect(conversions[0]?.['direct']).toBe(overview.totals['conversions']);
		}),
		{ numRuns: Math.ceil(RUNS / 2), endOnFailure: true }
	);
});
