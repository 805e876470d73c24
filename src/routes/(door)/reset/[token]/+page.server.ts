import { error, fail, redirect } from '@sveltejs/kit';
import { resetPassword } from '#lib/server/access/password-reset.ts';
import { engine } from '#lib/server/open-engine.ts';
import { changed } from '#lib/server/settings-change.ts';
import type { Actions, PageServerLoad } from './$types';

const GONE = 'This link is not good any more: it was used, or its time is over.';

export const load: PageServerLoad = ({ params }) => {
	const { resets, people } = engine().accounts;
	const person = resets.find(params.token);
	if (person === null) error(404, GONE);
	return { email: people.get(person)?.email ?? '' };
};

export const actions: Actions = {
	default: async ({ request, params }) => {
		const form = await request.formData();
		const outcome = await changed(() => resetPassword(params.token, form));
		if (!outcome.ok) return fail(outcome.status, { problem: outcome.message });
		if (!outcome.value) error(404, GONE);
		redirect(303, '/sign-in?reset');
	}
};
