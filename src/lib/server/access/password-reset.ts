import { engine } from '#lib/server/open-engine.ts';
import { parsePassword } from './parse-person.ts';
import { record } from './record.ts';

/**
 * Sends a link to whoever has an account with an address. Nothing tells whether somebody has, the time that it takes
 * neither: the mail goes out after the answer, and what hinders it stands in the log.
 */
export function askForReset(email: string): void {
	const { people, resets, sendMail } = engine().accounts;
	const person = people.byEmail(email);
	if (person === null || sendMail === null) return;
	record('password_reset_asked', { actor: person.id });
	const link = `${engine().settings.ORIGIN}/reset/${resets.add(person.id)}`;
	sendMail({
		to: person.email,
		subject: 'A new password for Byline',
		text: `Somebody, you hopefully, asked for a new password for your account on Byline.\n\n${link}\n\nThe link works once, for an hour. If it was not you, leave it: nothing has changed.\n`
	}).catch(() => undefined);
}

/** Sets the password of a link's account and ends all of its sessions. False where the link is no good. @throws WrongField */
export async function resetPassword(token: string, form: FormData): Promise<boolean> {
	const { accounts } = engine();
	const password = parsePassword(form);
	const person = accounts.resets.take(token);
	if (person === null) return false;
	await accounts.auth.setPassword(person, password);
	accounts.sessions.endAll(person);
	record('password_reset', { actor: person });
	return true;
}
