import { fail } from '@sveltejs/kit';
import { JOBS } from '#lib/live.ts';
import { siteOf } from '#lib/server/screen.ts';
import {
	catalogueView,
	discoverSource,
	saveSource,
	startSync,
	takeCatalogueFile
} from '#lib/server/settings-catalogue.ts';
import { changed, textOf, type ChangeOutcome } from '#lib/server/settings-change.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, depends }) => {
	depends(JOBS);
	return catalogueView(siteOf(params.site));
};

/** The same shape for every form, so that the screen can show any. */
const NOTHING = { form: '', field: '', problem: '', note: '', kind: '', url: '', every: '' };

export const actions: Actions = {
	save: async ({ params, request }) => {
		const form = await request.formData();
		const outcome = await changed(() => saveSource(siteOf(params.site), form));
		return told('save', outcome, () => 'Saved.', {
			kind: textOf(form.get('kind')),
			url: textOf(form.get('url')),
			every: textOf(form.get('every'))
		});
	},
	sync: async ({ params }) => {
		const outcome = await changed(() => startSync(siteOf(params.site)));
		return told('sync', outcome, () => '');
	},
	discover: async ({ params, request }) => {
		const form = await request.formData();
		const outcome = await changed(() => discoverSource(siteOf(params.site), form));
		const found = outcome.ok ? { kind: outcome.value.kind, url: outcome.value.url } : {};
		return told('discover', outcome, ({ url }) => `Found ${url}. Save it to use it.`, found);
	},
	file: async ({ params, request }) => {
		const form = await request.formData();
		const outcome = await changed(() => takeCatalogueFile(siteOf(params.site), form));
		return told(
			'file',
			outcome,
			({ added, updated, unchanged }) =>
				`${added} posts added, ${updated} updated, ${unchanged} unchanged.`
		);
	}
};

function told<T>(
	form: string,
	outcome: ChangeOutcome<T>,
	note: (value: T) => string,
	given: Partial<typeof NOTHING> = {}
) {
	if (outcome.ok) return { ...NOTHING, form, ...given, note: note(outcome.value) };
	const { status, field, message } = outcome;
	return fail(status, { ...NOTHING, form, ...given, field, problem: message });
}
