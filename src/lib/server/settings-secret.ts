import { fail } from '@sveltejs/kit';
import type { ChangeOutcome } from '#lib/server/settings-change.ts';

const NOTHING = { field: '', problem: '', note: '', made: '' };

/** What the form hears that makes a key or a link: its text, which is told here alone, or what is wrong. */
export function madeAnswer(outcome: ChangeOutcome<string>) {
	if (outcome.ok) return { ...NOTHING, form: 'add', made: outcome.value };
	const { status, field, message: problem } = outcome;
	return fail(status, { ...NOTHING, form: 'add', field, problem });
}

/** What the form hears that removes one, by its name. */
export function removedAnswer(outcome: ChangeOutcome<string>) {
	return outcome.ok
		? { ...NOTHING, form: 'remove', note: `Removed “${outcome.value}”.` }
		: fail(outcome.status, { ...NOTHING, form: 'remove', problem: outcome.message });
}
