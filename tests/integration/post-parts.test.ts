/** A few rounds by default. The nightly form: ORACLE_RUNS=200 npx vitest run tests/integration/post-parts.test.ts */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { POST_PARTS } from '../../analytics/reports/post-detail-run.ts';
import { WHOLE_SITE } from '../../analytics/query/scope.ts';
import type { Filter } from '../../analytics/reports/result.ts';
import { questionArbitrary } from '../oracle/arbitraries.ts';
import { factRows } from '../oracle/fact-rows.ts';
import { factsOf, type Facts } from '../oracle/facts.ts';
import { keptBy } from '../oracle/filters.ts';
import { addDays } from '../oracle/local-day.ts';
import type { Question } from '../oracle/oracle.ts';
import { partsOfPost } from '../oracle/post-parts.ts';
import { record, recordingArbitrary } from '../oracle/recording.ts';
import { openAskedEngine, type AskedEngine } from './asked-engine.ts';

const RUNS = Number(process.env['ORACLE_RUNS'] ?? 10);
const RUN_MS = 15_000;
/** On a slow machine fewer runs are made, so that nobody waits. */
const ENOUGH_MS = 20_000;
const POSTS_ASKED = 3;
const NEXT_POSTS = 10;
const LEAST_READERS = 20;

let engine: AskedEngine;
let segment = 0;

beforeAll(async () => {
	engine = await openAskedEngine('post-parts');
});
afterAll(() => engine.close());

const drawn = fc.record({
	questions: fc.array(questionArbitrary, { minLength: 1, maxLength: 4, size: 'max' }),
	recording: recordingArbitrary,
	around: fc.constantFrom(0, 0, 40),
	filters: fc.constantFrom<readonly Filter[]>(
		[],
		[],
		[{ dimension: 'device', operator: 'is', values: ['mobile', ''] }]
	)
});

/** The facts of some days that filters leave. */
function kept(all: Facts, filters: readonly Filter[], from: string, to: string): Facts {
	const rows = factRows(all);
	const passes = keptBy(filters, rows);
	const some = rows.filter((row) => row.day >= from && row.day <= to && passes(row));
	return {
		visits: some.flatMap((row) => (row.kind === 'visit' ? [row.fact] : [])),
		readings: some.flatMap((row) => (row.kind === 'reading' ? [row.fact] : [])),
		exposures: some.flatMap((row) => (row.kind === 'exposure' ? [row.fact] : []))
	};
}

async function compare(
	{ site, posts, events, range, now }: Question,
	filters: readonly Filter[],
	around: number
): Promise<void> {
	const [from, to] = [addDays(range.from, -around), addDays(range.to, around)];
	const all = factsOf(events, posts);
	const facts = kept(all, filters, from, to);
	const context = {
		site,
		store: engine.store,
		scope: WHOLE_SITE,
		posts,
		peers: posts,
		commentGrowth: () => new Map<number, number>(),
		now,
		query: {
			site: site.domain,
			zone: site.zone,
			period: 'custom',
			from,
			to,
			compare: null,
			interval: 'day' as const,
			by: null,
			filters,
			sort: null,
			search: ''
		}
	};
	const read = posts.filter(({ id }) => facts.readings.some((one) => one.post?.id === id));
	for (const post of read.slice(0, POSTS_ASKED)) {
		const expected = partsOfPost(post, facts, all);
		const funnel = await POST_PARTS.funnel(post, context);
		expect(funnel.map(({ readers }) => readers)).toEqual(expected.funnel);
		const measured = expected.tenths[0] ?? 0;
		expect(await POST_PARTS.depth(post, context)).toEqual(
			measured === 0
				? []
				: expected.tenths.map((readers, tenth) => ({
						depth: tenth * 10,
						share: readers / measured
					}))
		);
		const next = await POST_PARTS.next(post, context);
		expect(next.map((row) => [row['post_id'], row['visits']])).toEqual(
			[...expected.next].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, NEXT_POSTS)
		);
		const placements = await POST_PARTS.placements(post, context);
		expect(new Map(placements.map(({ placement, ...seen }) => [placement, seen]))).toEqual(
			new Map(
				[...expected.placements].map(([placement, depths]) => [
					placement,
					{
						readers: depths.length,
						share: depths.length / measured,
						depth:
							depths.length < LEAST_READERS
								? null
								: (depths[Math.ceil(depths.length / 20) - 1] ?? null)
					}
				])
			)
		);
	}
}

test(
	'funnel, depth, next posts and placements of a post are what the events say',
	{ timeout: 60_000 + RUNS * RUN_MS },
	async () => {
		await fc.assert(
			fc.asyncProperty(drawn, async ({ questions, recording, around, filters }) => {
				const own = questions.map((question) => engine.ofNewSite(question));
				const recorded = await record(engine.store, own, recording, (segment += 1));
				for (const question of recorded) await compare(question, filters, around);
			}),
			{
				numRuns: RUNS,
				endOnFailure: true,
				...('ORACLE_RUNS' in process.env ? {} : { interruptAfterTimeLimit: ENOUGH_MS })
			}
		);
	}
);
