import { fail } from '@sveltejs/kit';
import { siteOf } from '#lib/server/screen.ts';
import { undoChange } from '#lib/server/post-identity.ts';
import { changed, textOf, type ChangeOutcome } from '#lib/server/settings-change.ts';
import { namesView, rename, saveRules } from '#lib/server/settings-names.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, url }) =>
	namesView(siteOf(params.site), (url.searchParams.get('search') ?? '').trim());

export const actions: Actions = {
	rules: async ({ params, request }) => {
		const form = await request.formData();
		return told('rules', await changed(() => saveRules(siteOf(params.site), form)), 'Saved.');
	},
	rename: async ({ params, request }) => {
		const form = await request.formData();
		const [from, to] = [textOf(form.get('from')), textOf(form.get('to'))];
		const outcome = await changed(() => rename(siteOf(params.site), form));
		const given = outcome.ok ? { from: '', to: '' } : { from, to };
		const kind = textOf(form.get('kind'));
		return told(kind, outcome, `“${from}” is now “${outcome.ok ? outcome.value : to}”.`, given);
	},
	undo: async ({ params, request }) => {
		const form = await request.formData();
		return told('undo', await changed(() => undoChange(siteOf(params.site), form)), 'Undone.');
	}
};

function told<T>(
	form: string,
	outcome: ChangeOutcome<T>,
	note: string,
	given: { readonly from: string; readonly to: string } = { from: '', to: '' }
) {
	if (outcome.ok) return { form, ...given, note, problem: '' };
	return fail(outcome.status, { form, ...given, note: '', problem: outcome.message });
}
