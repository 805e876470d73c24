import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { EVERY_SITE, PASSWORD_LENGTH } from '#analytics/server';
import { engine } from '#lib/server/open-engine.ts';
import { WrongField } from '#lib/server/settings-change.ts';
import { record } from './record.ts';

/** What the first person says of themselves. @throws WrongField */
function parseNewPerson(form: FormData) {
	return {
		name: parsed(form, 'name', z.string().trim().min(1).max(100), 'Write a name.'),
		email: parsed(
			form,
			'email',
			z.string().trim().toLowerCase().pipe(z.email().max(254)),
			'Write an e-mail address, such as ada@example.com.'
		),
		password: parsePassword(form.get('password'))
	};
}

/** @throws WrongField */
function parsePassword(given: FormDataEntryValue | null, field = 'password'): string {
	const { least, most } = PASSWORD_LENGTH;
	const outcome = z.string().min(least).max(most).safeParse(given);
	if (!outcome.success)
		throw new WrongField(field, `A password has ${least} to ${most} characters.`);
	return outcome.data;
}

/**
 * Makes the owner's account and signs the owner in. False where the token is not the one on the terminal.
 */
export async function setUpInstallation(event: RequestEvent, form: FormData): Promise<boolean> {
	const { accounts } = engine();
	const token = form.get('token');
	const given = await accounts.setUp.claim(
		typeof token === 'string' ? token.trim() : '',
		async () => {
			const owner = parseNewPerson(form);
			const { id: person } = await accounts.auth.addPerson(owner);
			accounts.memberships.put({ person, site: EVERY_SITE, role: 'owner', authors: [] });
			record('installation_claimed', { actor: person });
			return owner;
		}
	);
	if (given === undefined) return false;
	const answer = await accounts.auth.signIn(given, event.request.headers);
	if (answer.outcome !== 'refused') event.locals.setCookies.push(...answer.cookies);
	return true;
}

function parsed<T>(form: FormData, field: string, schema: z.ZodType<T>, message: string): T {
	const outcome = schema.safeParse(form.get(field));
	if (!outcome.success) throw new WrongField(field, message);
	return outcome.data;
}
