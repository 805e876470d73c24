import { plainName } from '#analytics/server';
import { textOf, WrongField } from '#lib/server/settings-change.ts';

const DAY_MS = 86_400_000;

/** How long a key or a link may hold, in days; 0: until it is removed. */
export const EXPIRIES = [
	{ days: 0, label: 'Never' },
	{ days: 7, label: 'In 7 days' },
	{ days: 30, label: 'In 30 days' },
	{ days: 90, label: 'In 90 days' },
	{ days: 365, label: 'In a year' }
] as const;

/** Epoch milliseconds; null where it does not expire. @throws WrongField */
export function parseExpiry(form: FormData, now: number): number | null {
	const given = textOf(form.get('expires'));
	const chosen = EXPIRIES.find(({ days }) => String(days) === given);
	if (chosen === undefined) throw new WrongField('expires', `"${given}" is none of the choices.`);
	return chosen.days === 0 ? null : now + chosen.days * DAY_MS;
}

/** @throws WrongField */
export function parseName(form: FormData, most = 80): string {
	const name = plainName(textOf(form.get('name')));
	if (name === '' || name.length > most || /\p{Cc}/u.test(name))
		throw new WrongField('name', `A name has 1 to ${most} characters.`);
	return name;
}

/** Times as a screen writes them. */
export function momentsOf(of: {
	readonly createdAt: number;
	readonly expiresAt: number | null;
	readonly lastUsedAt: number | null;
}) {
	const isoOf = (time: number | null): string | null =>
		time === null ? null : new Date(time).toISOString();
	return {
		created: isoOf(of.createdAt),
		expires: isoOf(of.expiresAt),
		used: isoOf(of.lastUsedAt),
		isOver: of.expiresAt !== null && of.expiresAt <= Date.now()
	};
}
