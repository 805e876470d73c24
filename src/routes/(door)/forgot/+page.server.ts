import { fail } from '@sveltejs/kit';
import { countGuess, HELD_BACK } from '#lib/server/access/held-back.ts';
import { askForReset } from '#lib/server/access/password-reset.ts';
import { engine } from '#lib/server/open-engine.ts';
import { textOf } from '#lib/server/settings-change.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => ({ sendsMail: engine().accounts.sendMail !== null });

export const actions: Actions = {
	default: async (event) => {
		const email = textOf((await event.request.formData()).get('email'));
		// No guess, but each costs a mail.
		if (countGuess(event, `reset ${email}`) === null)
			return fail(429, { problem: HELD_BACK, note: '' });
		askForReset(email);
		return {
			problem: '',
			note: 'If there is an account with this address, a link is on its way to it.'
		};
	}
};
