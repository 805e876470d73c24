import { expect, test } from 'vitest';
import { openCoreShare } from './core-share.ts';

const turn = (): Promise<void> => new Promise((done) => setImmediate(done));

function open(threads: number) {
	const seen: number[] = [];
	const clock = { now: 0 };
	const share = openCoreShare(
		threads,
		(count) => {
			seen.push(count);
			return Promise.resolve();
		},
		() => clock.now
	);
	return { share, seen, clock };
}

test('a flood takes one thread away, and it comes back ten seconds after the last of it', async () => {
	const { share, seen, clock } = open(4);
	share.stepped(100);
	expect([seen, share.isFlooded()]).toEqual([[], false]);
	share.stepped(5_000);
	share.stepped(5_000);
	await turn();
	expect([seen, share.isFlooded()]).toEqual([[3], true]);
	clock.now = 9_000;
	share.stepped(10);
	share.calmed();
	await turn();
	expect(seen).toEqual([3]);
	clock.now = 10_001;
	share.calmed();
	await turn();
	expect([seen, share.isFlooded()]).toEqual([[3, 4], false]);
});

test('a flood that is known to have ended gives the thread back at once', async () => {
	const { share, seen } = open(2);
	share.stepped(5_000);
	await turn();
	share.ended();
	await turn();
	expect(seen).toEqual([1, 2]);
});

test('a store of one thread keeps it', async () => {
	const { share, seen } = open(1);
	share.stepped(100_000);
	await turn();
	expect(seen).toEqual([]);
});

test('what changes while it is being set is set afterwards; a failure is no end', async () => {
	const seen: number[] = [];
	const waits: PromiseWithResolvers<void>[] = [];
	const clock = { now: 0 };
	const share = openCoreShare(
		2,
		(count) => {
			seen.push(count);
			const wait = Promise.withResolvers<void>();
			waits.push(wait);
			return wait.promise;
		},
		() => clock.now
	);
	share.stepped(5_000);
	clock.now = 20_000;
	share.calmed();
	expect(seen).toEqual([1]);
	waits[0]?.reject(new Error('busy'));
	await turn();
	expect(seen).toEqual([1, 2]);
	waits[1]?.resolve();
	await turn();
	share.stepped(5_000);
	expect(seen).toEqual([1, 2, 1]);
});
