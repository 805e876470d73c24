import { z } from 'zod';

/** How many tests of a run passed, failed and were skipped. */
export interface Totals {
	readonly passed: number;
	readonly failed: number;
	readonly skipped: number;
}

export const NO_TESTS: Totals = { passed: 0, failed: 0, skipped: 0 };

const count = z.int().nonnegative();

const vitestReport = z.object({
	numPassedTests: count,
	numFailedTests: count,
	numPendingTests: count,
	numTodoTests: count,
	testResults: z.array(
		z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })
	)
});

const playwrightReport = z.object({
	stats: z.object({ expected: count, unexpected: count, flaky: count, skipped: count }),
	errors: z.array(z.unknown())
});

/** Reads Vitest's JSON report. A file that broke before any of its tests failed counts as one failed test. */
export const vitestTotals = (json: string): Totals => {
	const report = vitestReport.parse(JSON.parse(json));
	const broken = report.testResults.filter(
		({ status, assertionResults }) =>
			status === 'failed' && assertionResults.every((test) => test.status !== 'failed')
	);
	return {
		passed: report.numPassedTests,
		failed: report.numFailedTests + broken.length,
		skipped: report.numPendingTests + report.numTodoTests
	};
};

/** Reads Playwright's JSON report. An error outside of all tests counts as one failed test, a flaky test as failed. */
export const playwrightTotals = (json: string): Totals => {
	const { stats, errors } = playwrightReport.parse(JSON.parse(json));
	return {
		passed: stats.expected,
		failed: stats.unexpected + stats.flaky + errors.length,
		skipped: stats.skipped
	};
};

export const addTotals = (all: readonly Totals[]): Totals =>
	all.reduce(
		(sum, { passed, failed, skipped }) => ({
			passed: sum.passed + passed,
			failed: sum.failed + failed,
			skipped: sum.skipped + skipped
		}),
		NO_TESTS
	);

/** The last line of a test run, for people and machines alike. */
export const formatTotals = ({ passed, failed, skipped }: Totals): string =>
	`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
