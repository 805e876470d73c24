import type { RequestEvent } from '@sveltejs/kit';
import { subscriberOf, type AttemptName } from '#analytics/server';
import { engine } from '#lib/server/open-engine.ts';

/** Wrong guesses within a quarter of an hour: from one address, and, from wherever, at one account. */
const FROM_ADDRESS = 20;
const AT_ACCOUNT = 100;

export const HELD_BACK = 'Too many attempts. Try again in a quarter of an hour.';

interface Counted {
	/** It was no guess, and counts no more. */
	readonly wasRight: () => void;
}

/** Counts a guess, at an account where one is named; null where there were too many. */
export function countGuess(event: RequestEvent, account?: string): Counted | null {
	const names: AttemptName[] = [
		{ name: `address ${subscriberOf(event.getClientAddress())}`, most: FROM_ADDRESS }
	];
	if (account !== undefined)
		names.push({ name: `account ${account.toLowerCase().slice(0, 254)}`, most: AT_ACCOUNT });
	return engine().accounts.attempts.take(names)
		? { wasRight: () => engine().accounts.attempts.giveBack(names) }
		: null;
}

/** Counts a sign-in that begins, each of which leaves something behind until its time is over; false where there were too many. */
export function countBegun(event: RequestEvent): boolean {
	return engine().accounts.attempts.take([begunBy(event)]);
}

/** A sign-in that came to its end counts no more as one that begins. */
export function countEnded(event: RequestEvent): void {
	engine().accounts.attempts.giveBack([begunBy(event)]);
}

function begunBy(event: RequestEvent): AttemptName {
	return { name: `begun ${subscriberOf(event.getClientAddress())}`, most: FROM_ADDRESS };
}
