import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openRefresher } from './refresher.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const taking = (ms: number) => {
	const begun: number[] = [];
	const refresher = openRefresher(async () => {
		begun.push(performance.now());
		await new Promise((resolve) => setTimeout(resolve, ms));
	});
	return { begun, refresher };
};

test('the first time at once, then at most one a second', async () => {
	const start = performance.now();
	const { begun, refresher } = taking(50);
	for (let at = 0; at < 30; at += 1) {
		refresher.ask();
		await vi.advanceTimersByTimeAsync(100);
	}
	expect(begun.map((at) => Math.round(at - start))).toEqual([0, 1_050, 2_100]);
});

test('what takes long is done seldom', async () => {
	const { begun, refresher } = taking(1_000);
	for (let at = 0; at < 100; at += 1) {
		refresher.ask();
		await vi.advanceTimersByTimeAsync(100);
	}
	expect(begun).toHaveLength(2);
});

test('one that fails does not end it', async () => {
	let begun = 0;
	const refresher = openRefresher(() => {
		begun += 1;
		return Promise.reject(new Error('gone'));
	});
	refresher.ask();
	await vi.advanceTimersByTimeAsync(2_000);
	refresher.ask();
	expect(begun).toBe(2);
});

test('what was asked and has not begun can be forgotten', async () => {
	const { begun, refresher } = taking(10);
	refresher.ask();
	refresher.ask();
	refresher.rest();
	await vi.advanceTimersByTimeAsync(5_000);
	expect(begun).toHaveLength(1);
	expect(refresher.idleMs()).toBe(5_000);
});
