import { z } from 'zod';
import { PASSWORD_LENGTH, plainName } from '#analytics/server';
import { WrongField } from '#lib/server/settings-change.ts';

/** @throws WrongField */
export function parsePersonName(form: FormData): string {
	return parsed(
		form,
		'name',
		z.string().transform(plainName).pipe(z.string().min(1).max(100)),
		'Write a name.'
	);
}

/** In lower case. @throws WrongField */
export function parseEmail(form: FormData): string {
	return parsed(
		form,
		'email',
		z.string().trim().toLowerCase().pipe(z.email().max(254)),
		'Write an e-mail address, such as ada@example.com.'
	);
}

/** @throws WrongField */
export function parsePassword(form: FormData): string {
	const { least, most } = PASSWORD_LENGTH;
	return parsed(
		form,
		'password',
		z.string().min(least).max(most),
		`A password has ${least} to ${most} characters.`
	);
}

function parsed<T>(form: FormData, field: string, schema: z.ZodType<T>, message: string): T {
	const outcome = schema.safeParse(form.get(field));
	if (!outcome.success) throw new WrongField(field, message);
	return outcome.data;
}
