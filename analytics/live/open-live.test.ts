import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Site } from '../posts/site.ts';
import type { SiteNow } from '../reports/site-now.ts';
import { openLive } from './open-live.ts';

const ONE: Site = { id: 1, domain: 'one.example', zone: 'UTC' };
const TWO: Site = { id: 2, domain: 'two.example', zone: 'UTC' };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A live whose store is three variables. */
function stage() {
	const store = { version: 1, newest: 1, fails: false };
	const asked: string[] = [];
	const trouble: string[] = [];
	const live = openLive({
		ask: async (site): Promise<SiteNow> => {
			asked.push(site.domain);
			await Promise.resolve();
			if (store.fails) throw new Error('broken');
			return { visitors: 0, newest: store.newest, hasEvents: true };
		},
		version: () => store.version,
		onTrouble: (message) => trouble.push(message),
		clock: () => performance.now()
	});
	const happen = (): void => {
		store.version += 1;
		store.newest += 1;
	};
	return { store, asked, trouble, live, happen };
}

test('two hundred listeners cost one question', async () => {
	const { asked, live, happen } = stage();
	const listeners = Array.from({ length: 200 }, () => live.listen(ONE));
	const first = await Promise.all(listeners.map(({ next }) => next()));
	expect(first.every((now) => now?.newest === 1)).toBe(true);
	expect(asked).toEqual(['one.example']);

	const second = Promise.all(listeners.map(({ next }) => next()));
	happen();
	await vi.advanceTimersByTimeAsync(1_000);
	expect((await second).every((now) => now?.newest === 2)).toBe(true);
	expect(asked).toHaveLength(2);
});

test('who comes later hears at once how it stands', async () => {
	const { asked, live } = stage();
	await live.listen(ONE).next();
	expect((await live.listen(ONE).next())?.newest).toBe(1);
	expect(asked).toHaveLength(1);
});

test('nothing is asked while nothing happens, but everyone hears something within 20 seconds', async () => {
	const { asked, live } = stage();
	const listener = live.listen(ONE);
	await listener.next();
	const heartbeat = listener.next();
	await vi.advanceTimersByTimeAsync(10_000);
	expect(asked).toHaveLength(1);
	await vi.advanceTimersByTimeAsync(10_000);
	expect((await heartbeat)?.newest).toBe(1);
	expect(asked).toHaveLength(2);
});

test('what happens on another site is not told', async () => {
	const { store, live } = stage();
	const listener = live.listen(ONE);
	await listener.next();
	let told = false;
	void listener.next().then(() => (told = true));
	store.version += 1;
	await vi.advanceTimersByTimeAsync(2_000);
	expect(told).toBe(false);
});

test('nothing is asked once the last one has left, and again when somebody comes', async () => {
	const { asked, live, happen } = stage();
	const [one, two, other] = [live.listen(ONE), live.listen(ONE), live.listen(TWO)];
	await Promise.all([one.next(), two.next(), other.next()]);
	one.leave();
	two.leave();
	other.leave();
	happen();
	await vi.advanceTimersByTimeAsync(60_000);
	expect(asked).toEqual(['one.example', 'two.example']);
	expect(vi.getTimerCount()).toBe(0);
	expect((await live.listen(ONE).next())?.newest).toBe(2);
});

test('a question that fails is told as trouble and asked again', async () => {
	const { store, trouble, live, happen } = stage();
	store.fails = true;
	const listener = live.listen(ONE);
	const next = listener.next();
	await vi.advanceTimersByTimeAsync(1_000);
	expect(trouble).toEqual(['What happens on one.example is not known: broken']);
	store.fails = false;
	happen();
	await vi.advanceTimersByTimeAsync(1_000);
	expect((await next)?.newest).toBe(2);
});

test('closing ends everyone, also who comes afterwards', async () => {
	const { live } = stage();
	const [one, two] = [live.listen(ONE), live.listen(TWO)];
	await Promise.all([one.next(), two.next()]);
	const over = Promise.all([one.next(), two.next()]);
	live.close();
	expect(await over).toEqual([null, null]);
	expect(await live.listen(ONE).next()).toBe(null);
	expect(vi.getTimerCount()).toBe(0);
});
