import { error, fail, redirect } from '@sveltejs/kit';
import { acceptInvitation, invitationView } from '#lib/server/access/invitation.ts';
import { changed, textOf } from '#lib/server/settings-change.ts';
import type { Actions, PageServerLoad } from './$types';

const GONE = 'This invitation is not good any more: it was used, withdrawn, or its time is over.';

export const load: PageServerLoad = ({ params, locals }) => {
	const view = invitationView(params.token, locals.viewer.person?.name);
	if (view === null) error(404, GONE);
	return view;
};

export const actions: Actions = {
	default: async (event) => {
		const form = await event.request.formData();
		const outcome = await changed(() => acceptInvitation(event, event.params.token, form));
		if (!outcome.ok)
			return fail(outcome.status, {
				name: textOf(form.get('name')),
				field: outcome.field,
				problem: outcome.message
			});
		if (outcome.value === null) error(404, GONE);
		redirect(303, outcome.value);
	}
};
