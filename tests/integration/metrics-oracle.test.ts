/**
 * A few rounds by default. The nightly form: ORACLE_RUNS=1000 npx vitest run tests/integration/metrics-oracle.test.ts
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DIMENSIONS, type DimensionId } from '../../analytics/dimensions.ts';
import { keysOf } from '../../analytics/keys-of.ts';
import { METRICS } from '../../analytics/metrics.ts';
import { questionArbitrary } from '../oracle/arbitraries.ts';
import { expectRows } from '../oracle/expect-rows.ts';
import { kindOf, metricRows, ORACLE_METRICS } from '../oracle/metric-oracle.ts';
import { metricAskArbitrary } from '../oracle/metric-questions.ts';
import { record, recordingArbitrary } from '../oracle/recording.ts';
import { openAskedEngine, type AskedEngine } from './asked-engine.ts';

const RUNS = Number(process.env['ORACLE_RUNS'] ?? 16);
const RUN_MS = 15_000;
/** On a slow machine fewer runs are made, so that nobody waits. */
const ENOUGH_MS = 25_000;

let engine: AskedEngine;
let segment = 0;

beforeAll(async () => {
	engine = await openAskedEngine('metrics-oracle');
});
afterAll(() => engine.close());

const drawn = fc.record({
	sites: fc.array(
		fc.record({
			question: questionArbitrary,
			asks: fc.array(metricAskArbitrary, { minLength: 4, maxLength: 12, size: 'max' }),
			// Nothing beside them says that a day has rows.
			alone: fc.array(fc.constantFrom(...ORACLE_METRICS), { minLength: 1, maxLength: 4 })
		}),
		{ minLength: 1, maxLength: 6, size: 'max' }
	),
	recording: recordingArbitrary
});

test(
	'any metrics by any groups through any filters are what the events say',
	{ timeout: 60_000 + RUNS * RUN_MS },
	async () => {
		await fc.assert(
			fc.asyncProperty(drawn, async ({ sites: several, recording }) => {
				const questions = several.map(({ question }) => engine.ofNewSite(question));
				const recorded = await record(engine.store, questions, recording, (segment += 1));
				for (const [index, question] of recorded.entries()) {
					const asked = several[index]?.asks.map((of) => of(question)) ?? [];
					for (const [at, metric] of (several[index]?.alone ?? []).entries()) {
						const like = asked[at];
						if (like !== undefined) asked.push({ ...like, metrics: [metric], by: ['date'] });
					}
					const expected = metricRows(question, asked);
					for (const [number, one] of asked.entries()) {
						const where = JSON.stringify(one);
						const rows = await engine.ask(question, one);
						expectRows(where, rows, expected[number] ?? [], one.by, one.metrics);
					}
				}
			}),
			{
				numRuns: RUNS,
				endOnFailure: true,
				...('ORACLE_RUNS' in process.env ? {} : { interruptAfterTimeLimit: ENOUGH_MS })
			}
		);
	}
);

test('no metric that is counted is left out', () => {
	const counted = keysOf(METRICS).filter((id) => METRICS[id].kind !== 'report' && id !== 'posts');
	expect([...ORACLE_METRICS].sort()).toEqual(counted.toSorted());
});

test('what cannot be grouped by a dimension is refused', async () => {
	const dimensions = keysOf(DIMENSIONS);
	const range = { from: '2024-01-01', to: '2024-01-01' };
	const site = { id: 1_000_000, domain: 'nothing.example', zone: 'UTC' };
	const isAnswered = (dimension: DimensionId, metrics: readonly string[]): Promise<boolean> => {
		const asked = {
			metrics,
			by: [dimension],
			interval: 'day',
			filters: [],
			postsOnly: false
		} as const;
		return engine.ask({ site }, { ...asked, range }).then(
			() => true,
			() => false
		);
	};
	for (const dimension of dimensions) {
		const known = ORACLE_METRICS.filter((metric) => kindOf(metric, [dimension]) !== null);
		expect(await isAnswered(dimension, known), dimension).toBe(true);
		for (const metric of ORACLE_METRICS.filter((id) => !known.includes(id)))
			expect(await isAnswered(dimension, [metric]), `${metric} by ${dimension}`).toBe(false);
	}
});
