import { Failure, messageOf } from '#analytics/server';
import { isReadOnly } from '#lib/server/engine.ts';

/** What came of a change to the settings; a wrong field is named where one is. */
export type ChangeOutcome<T> =
	| { readonly ok: true; readonly value: T }
	| {
			readonly ok: false;
			readonly status: 400 | 403;
			readonly field: string;
			readonly message: string;
	  };

/** Makes a change where the dashboard may be changed; what a person can put right is told, anything else thrown. */
export async function changed<T>(make: () => T | Promise<T>): Promise<ChangeOutcome<T>> {
	if (isReadOnly()) return wrong('', 'This dashboard is read-only: nothing can be changed.', 403);
	try {
		return { ok: true, value: await make() };
	} catch (thrown) {
		if (thrown instanceof WrongField) return wrong(thrown.field, thrown.message);
		if (thrown instanceof Failure && PERSONAL.has(thrown.code)) return wrong('', messageOf(thrown));
		throw thrown;
	}
}

/** A field that cannot stay as it is, and why. */
export class WrongField extends Error {
	readonly field: string;

	constructor(field: string, message: string) {
		super(message);
		this.field = field;
	}
}

const PERSONAL: ReadonlySet<string> = new Set(['bad_argument', 'bad_file', 'fetch', 'not_found']);

function wrong(field: string, message: string, status: 400 | 403 = 400): ChangeOutcome<never> {
	return { ok: false, status, field, message };
}

/** The text of a field of a form; empty for a file. */
export function textOf(field: FormDataEntryValue | null): string {
	return typeof field === 'string' ? field.trim() : '';
}
