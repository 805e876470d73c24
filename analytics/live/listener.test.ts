import { expect, test } from 'vitest';
import { openListener } from './listener.ts';

test('a value reaches whoever waits for it', async () => {
	const listener = openListener<number>(() => undefined);
	const next = listener.next();
	listener.say(1);
	expect(await next).toBe(1);
});

test('a slow listener hears the newest value only', async () => {
	const listener = openListener<number>(() => undefined);
	for (let value = 1; value <= 1000; value += 1) listener.say(value);
	expect(await listener.next()).toBe(1000);
	const next = listener.next();
	listener.say(1001);
	expect(await next).toBe(1001);
});

test('it is over once, for who waits and for who asks later', async () => {
	let left = 0;
	const listener = openListener<number>(() => (left += 1));
	const next = listener.next();
	listener.leave();
	listener.leave();
	listener.say(1);
	expect([await next, await listener.next(), left]).toEqual([null, null, 1]);
});
