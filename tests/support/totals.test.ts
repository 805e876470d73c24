import { describe, expect, test } from 'vitest';
import { addTotals, formatTotals, playwrightTotals, vitestTotals } from './totals.ts';

const vitestJson = (testResults: readonly unknown[], numFailedTests: number): string =>
	JSON.stringify({
		numPassedTests: 7,
		numFailedTests,
		numPendingTests: 2,
		numTodoTests: 1,
		testResults
	});

const playwrightJson = (flaky: number, errors: readonly unknown[]): string =>
	JSON.stringify({ stats: { expected: 5, unexpected: 1, flaky, skipped: 3 }, errors });

describe('vitestTotals', () => {
	test('takes the counts of the report', () => {
		const failed = { status: 'failed', assertionResults: [{ status: 'failed' }] };
		expect(vitestTotals(vitestJson([failed], 1))).toEqual({ passed: 7, failed: 1, skipped: 3 });
	});

	test('counts a file that broke outside of its tests as one failure', () => {
		const broken = { status: 'failed', assertionResults: [] };
		const brokenLate = { status: 'failed', assertionResults: [{ status: 'passed' }] };
		expect(vitestTotals(vitestJson([broken, brokenLate], 0)).failed).toBe(2);
	});

	test.each(['', '{}', '{"numPassedTests":"7"}', 'null'])('refuses the report %j', (json) => {
		expect(() => vitestTotals(json)).toThrow();
	});
});

describe('playwrightTotals', () => {
	test('takes the counts of the report', () => {
		expect(playwrightTotals(playwrightJson(0, []))).toEqual({ passed: 5, failed: 1, skipped: 3 });
	});

	test('counts flaky tests and errors outside of all tests as failures', () => {
		expect(playwrightTotals(playwrightJson(2, [{ message: 'No setup' }])).failed).toBe(4);
	});

	test('refuses what is no report', () => {
		expect(() => playwrightTotals('{"stats":{}}')).toThrow();
	});
});

describe('the last line', () => {
	test('sums all reports', () => {
		const one = { passed: 1, failed: 2, skipped: 3 };
		expect(addTotals([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 });
		expect(addTotals([])).toEqual({ passed: 0, failed: 0, skipped: 0 });
	});

	test('names what was skipped only where something was', () => {
		expect(formatTotals({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
		expect(formatTotals({ passed: 1, failed: 2, skipped: 3 })).toBe(
			'1 passed, 2 failed, 3 skipped'
		);
	});
});
