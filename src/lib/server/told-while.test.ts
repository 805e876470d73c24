import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { toldWhile } from './told-while.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A telling whose next value is given by hand. */
function stage(holds: () => Promise<boolean>) {
	const waiting: ((value: unknown) => void)[] = [];
	let asked = 0;
	const told = toldWhile(
		{
			next: () => new Promise((give) => waiting.push(give)),
			leave: () => tell(null)
		},
		() => {
			asked += 1;
			return holds();
		}
	);
	const tell = (value: unknown): void => waiting.shift()?.(value);
	return { told, tell, asked: () => asked };
}

test('is told for as long as it holds', async () => {
	const { told, tell, asked } = stage(() => Promise.resolve(true));
	const next = told.next();
	await vi.advanceTimersByTimeAsync(60_000);
	tell(1);
	expect(await next).toBe(1);
	expect(asked()).toBe(20);
});

test('is over once it no longer holds, also while nothing is told', async () => {
	let holds = true;
	const { told } = stage(() => Promise.resolve(holds));
	const next = told.next();
	holds = false;
	await vi.advanceTimersByTimeAsync(3_000);
	expect(await next).toBe(null);
	expect(vi.getTimerCount()).toBe(0);
});

test('is over where nobody can say', async () => {
	const { told } = stage(() => Promise.reject(new Error('closed')));
	const next = told.next();
	await vi.advanceTimersByTimeAsync(3_000);
	expect(await next).toBe(null);
});

test('is asked one question at a time', async () => {
	const { asked } = stage(() => new Promise(() => undefined));
	await vi.advanceTimersByTimeAsync(60_000);
	expect(asked()).toBe(1);
});

test('nothing is asked any more when it ended by itself or its listener left', async () => {
	const ended = stage(() => Promise.resolve(true));
	const next = ended.told.next();
	ended.tell(null);
	expect(await next).toBe(null);
	const left = stage(() => Promise.resolve(true));
	left.told.leave();
	expect(vi.getTimerCount()).toBe(0);
});
