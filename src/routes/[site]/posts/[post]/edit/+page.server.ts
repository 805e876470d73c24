import { fail } from '@sveltejs/kit';
import { siteOf } from '#lib/server/screen.ts';
import {
	mergeInto,
	postEditView,
	savePost,
	splitFrom,
	takeFieldBack,
	undoChange
} from '#lib/server/post-identity.ts';
import { changed, textOf, type ChangeOutcome } from '#lib/server/settings-change.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params }) => postEditView(siteOf(params.site), params.post);

export const actions: Actions = {
	save: async ({ params, request }) => {
		const form = await request.formData();
		const outcome = await changed(() => savePost(siteOf(params.site), params.post, form));
		const note = (count: number): string => (count === 0 ? 'Nothing changed.' : 'Saved.');
		return told('save', outcome, note, outcome.ok ? {} : textsOf(form));
	},
	back: async ({ params, request }) => {
		const form = await request.formData();
		const outcome = await changed(() => takeFieldBack(siteOf(params.site), params.post, form));
		// What was written in the other fields is not lost.
		const others = textsOf(form, textOf(form.get('field')));
		return told('save', outcome, () => 'Taken back.', others);
	},
	merge: async ({ params, request }) => {
		const form = await request.formData();
		const outcome = await changed(() => mergeInto(siteOf(params.site), params.post, form));
		return told('merge', outcome, (path) => `${path} is now part of this post.`, {
			other: outcome.ok ? '' : textOf(form.get('other'))
		});
	},
	split: async ({ params, request }) => {
		const form = await request.formData();
		const outcome = await changed(() => splitFrom(siteOf(params.site), params.post, form));
		return told('merge', outcome, (path) => `${path} is now a post of its own.`);
	},
	undo: async ({ params, request }) => {
		const form = await request.formData();
		return told(
			'undo',
			await changed(() => undoChange(siteOf(params.site), form)),
			() => 'Undone.'
		);
	}
};

function textsOf(form: FormData, without = ''): Readonly<Record<string, string>> {
	return Object.fromEntries(
		[...form].flatMap(([name, value]) => (name === without ? [] : [[name, textOf(value)]]))
	);
}

function told<T>(
	form: string,
	outcome: ChangeOutcome<T>,
	note: (value: T) => string,
	given: Readonly<Record<string, string>> = {}
) {
	if (outcome.ok) return { form, field: '', problem: '', note: note(outcome.value), given };
	const { status, field, message } = outcome;
	return fail(status, { form, field, problem: message, note: '', given });
}
