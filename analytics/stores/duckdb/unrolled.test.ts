import { describe, expect, test } from 'vitest';
import { openUnrolled } from './unrolled.ts';

const days = (...list: readonly string[]): ReadonlyMap<number, readonly string[]> =>
	new Map([[1, list]]);

describe('the days that are read from their facts', () => {
	test('a commit that changes none leaves what readers were told', async () => {
		const unrolled = openUnrolled(days('2026-01-01'));
		const told = await unrolled.current();
		await unrolled.change(days('2026-01-01'), () => Promise.resolve());
		expect(unrolled.isStill(told)).toBe(true);
	});

	test('whoever read while a commit was under way asks again', async () => {
		const unrolled = openUnrolled(days());
		const told = await unrolled.current();
		const commit = Promise.withResolvers<undefined>();
		const change = unrolled.change(days('2026-01-01'), () => commit.promise);
		expect(unrolled.isStill(told)).toBe(false);
		commit.resolve(undefined);
		await change;
		expect(unrolled.isStill(told)).toBe(false);
	});

	test('whoever asks while a commit is under way is told what holds after it', async () => {
		const unrolled = openUnrolled(days());
		const commit = Promise.withResolvers<undefined>();
		const change = unrolled.change(days('2026-01-01'), () => commit.promise);
		const asked = unrolled.current();
		commit.resolve(undefined);
		await change;
		const told = await asked;
		expect(told).toEqual(days('2026-01-01'));
		expect(unrolled.isStill(told)).toBe(true);
	});

	test('after a commit that failed all is as before', async () => {
		const unrolled = openUnrolled(days());
		const told = await unrolled.current();
		const failed = unrolled.change(days('2026-01-01'), () =>
			Promise.reject(new Error('no space left'))
		);
		await expect(failed).rejects.toThrow('no space left');
		expect(unrolled.isStill(told)).toBe(true);
		expect(await unrolled.current()).toEqual(days());
	});
});
