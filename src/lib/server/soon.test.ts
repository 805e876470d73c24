import { expect, test } from 'vitest';
import { soon } from './soon.ts';

const after = (ms: number): Promise<string> =>
	new Promise((resolve) => setTimeout(resolve, ms, 'there'));

test('a document waits for everything', async () => {
	expect(await soon(after(30), false, 1)).toEqual({ now: 'there' });
});

test('a script waits for a moment and gets the rest as a promise', async () => {
	expect(await soon(after(1), true, 500)).toEqual({ now: 'there' });
	const late = await soon(after(50), true, 1);
	expect('later' in late && (await late.later)).toBe('there');
});
