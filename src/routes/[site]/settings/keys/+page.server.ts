import { fail } from '@sveltejs/kit';
import { siteOf } from '#lib/server/screen.ts';
import { changed } from '#lib/server/settings-change.ts';
import { addKey, keysView, removeKey } from '#lib/server/settings-keys.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params }) => keysView(siteOf(params.site));

const NOTHING = { field: '', problem: '', note: '', made: '' };

export const actions: Actions = {
	add: async ({ params, request }) => {
		const form = await request.formData();
		const outcome = await changed(() => addKey(siteOf(params.site), form));
		return outcome.ok
			? { ...NOTHING, form: 'add', made: outcome.value }
			: fail(outcome.status, {
					...NOTHING,
					form: 'add',
					field: outcome.field,
					problem: outcome.message
				});
	},
	remove: async ({ params, request }) => {
		const form = await request.formData();
		const outcome = await changed(() => removeKey(siteOf(params.site), form));
		return outcome.ok
			? { ...NOTHING, form: 'remove', note: `Removed “${outcome.value}”.` }
			: fail(outcome.status, { ...NOTHING, form: 'remove', problem: outcome.message });
	}
};
