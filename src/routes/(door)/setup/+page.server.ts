import { error, fail, redirect } from '@sveltejs/kit';
import { setUpInstallation } from '#lib/server/access/set-up.ts';
import { engine, isReadOnly } from '#lib/server/open-engine.ts';
import { changed, textOf } from '#lib/server/settings-change.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url }) => {
	refuseClaimed();
	const token = url.searchParams.get('token') ?? '';
	return {
		token,
		isWrong: token !== '' && !engine().accounts.setUp.accepts(token)
	};
};

export const actions: Actions = {
	default: async (event) => {
		refuseClaimed();
		const form = await event.request.formData();
		const given = {
			token: textOf(form.get('token')),
			name: textOf(form.get('name')),
			email: textOf(form.get('email'))
		};
		const outcome = await changed(() => setUpInstallation(event, form));
		if (!outcome.ok)
			return fail(outcome.status, { ...given, field: outcome.field, problem: outcome.message });
		if (!outcome.value)
			return fail(403, {
				...given,
				field: 'token',
				problem: 'This is not the code that the terminal shows.'
			});
		redirect(303, '/');
	}
};

/** Once somebody owns the installation there is no such page, and the demo has no owner. */
function refuseClaimed(): void {
	if (isReadOnly() || engine().accounts.setUp.token() === null)
		error(404, 'There is no such page.');
}
