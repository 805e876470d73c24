import { fail } from '@sveltejs/kit';
import {
	changeRole,
	invite,
	peopleView,
	removeRole,
	withdraw
} from '#lib/server/access/people-screen.ts';
import { siteOf } from '#lib/server/screen.ts';
import { changed, textOf, type ChangeOutcome } from '#lib/server/settings-change.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, locals }) =>
	peopleView(siteOf(params.site), locals.viewer.person?.id);

export const actions: Actions = {
	invite: async (event) => {
		const form = await event.request.formData();
		const site = siteOf(event.params.site);
		const outcome = await changed(() => invite(event, site, form));
		return told(form, outcome, outcome.ok ? outcome.value : { note: '', link: '' });
	},
	role: async ({ params, request }) => {
		const form = await request.formData();
		const outcome = await changed(() => changeRole(siteOf(params.site), form));
		return told(form, outcome, { note: 'Saved.', link: '' });
	},
	remove: async ({ params, request }) => {
		const form = await request.formData();
		const outcome = await changed(() => removeRole(siteOf(params.site), form));
		return told(form, outcome, { note: 'The role is taken away.', link: '' });
	},
	withdraw: async ({ params, request }) => {
		const form = await request.formData();
		const outcome = await changed(() => withdraw(siteOf(params.site), form));
		return told(form, outcome, { note: 'The invitation is withdrawn.', link: '' });
	}
};

function told<T>(
	form: FormData,
	outcome: ChangeOutcome<T>,
	done: { readonly note: string; readonly link: string }
) {
	const person = textOf(form.get('person'));
	if (outcome.ok)
		return { person, ...done, problem: '', field: '', email: '', role: '', authors: '' };
	return fail(outcome.status, {
		person,
		note: '',
		link: '',
		problem: outcome.message,
		field: outcome.field,
		email: textOf(form.get('email')),
		role: textOf(form.get('role')),
		authors: textOf(form.get('authors'))
	});
}
