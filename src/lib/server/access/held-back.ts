import type { RequestEvent } from '@sveltejs/kit';
import { subscriberOf, type AttemptName } from '#analytics/server';
import { engine } from '#lib/server/open-engine.ts';

/** Wrong guesses within a quarter of an hour: from one address, and, from wherever, at one account. */
const FROM_ADDRESS = 20;
const AT_ACCOUNT = 100;

export const HELD_BACK = 'Too many attempts. Try again in a quarter of an hour.';

/** Counts a guess, at an account where one is named; null where there were too many, else what takes it back. */
export function countGuess(
	event: RequestEvent,
	account?: string
): { readonly wasRight: () => void } | null {
	const { attempts } = engine().accounts;
	const names: AttemptName[] = [
		{ name: `address ${subscriberOf(event.getClientAddress())}`, most: FROM_ADDRESS }
	];
	if (account !== undefined)
		names.push({ name: `account ${account.toLowerCase().slice(0, 254)}`, most: AT_ACCOUNT });
	return attempts.take(names) ? { wasRight: () => attempts.giveBack(names) } : null;
}
