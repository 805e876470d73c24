import { expect, test } from 'vitest';
import { openResultCache } from './result-cache.ts';

test('many askers of one question cause one answer, kept until the version changes', async () => {
	let version = 1;
	let made = 0;
	const cache = openResultCache<number>(() => version);
	const ask = (): Promise<number> => cache.get('a', () => Promise.resolve(++made));
	expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
	expect(await ask()).toBe(1);
	version += 1;
	expect(await ask()).toBe(2);
	expect(await cache.get('b', () => Promise.resolve(9))).toBe(9);
});

test('an answer that was begun before a change is not given after it', async () => {
	let version = 1;
	const cache = openResultCache<string>(() => version);
	const { promise, resolve } = Promise.withResolvers<string>();
	const before = cache.get('a', () => promise);
	version += 1;
	const after = cache.get('a', () => Promise.resolve('new'));
	resolve('old');
	expect(await before).toBe('old');
	expect(await after).toBe('new');
	expect(await cache.get('a', () => Promise.resolve('newer'))).toBe('new');
});

test('a failure is told to all who wait and not kept', async () => {
	const cache = openResultCache<number>(() => 1);
	const fail = (): Promise<number> => cache.get('a', () => Promise.reject(new Error('broken')));
	const outcomes = await Promise.allSettled([fail(), fail()]);
	expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
	expect(await cache.get('a', () => Promise.resolve(7))).toBe(7);
});

test('work is given up only when the last asker leaves', async () => {
	const cache = openResultCache<number>(() => 1);
	const [one, two] = [new AbortController(), new AbortController()];
	let given: AbortSignal | undefined;
	const make = (signal: AbortSignal): Promise<number> => {
		given = signal;
		return new Promise((_, reject) =>
			signal.addEventListener('abort', () => reject(new Error('given up')))
		);
	};
	const outcomes = Promise.allSettled([
		cache.get('a', make, one.signal),
		cache.get('a', make, two.signal)
	]);
	one.abort(new Error('first left'));
	expect(given?.aborted).toBe(false);
	two.abort(new Error('second left'));
	expect(given?.aborted).toBe(true);
	expect((await outcomes).map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
	expect(await cache.get('a', () => Promise.resolve(1))).toBe(1);
});

test('only the newest answers are kept', async () => {
	let made = 0;
	const cache = openResultCache<number>(() => 1, 2);
	const ask = (key: string): Promise<number> => cache.get(key, () => Promise.resolve(++made));
	for (const key of ['a', 'b', 'c']) await ask(key);
	expect(await ask('c')).toBe(3);
	expect(await ask('a')).toBe(4);
});
