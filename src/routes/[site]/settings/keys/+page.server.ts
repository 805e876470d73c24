import { siteOf } from '#lib/server/screen.ts';
import { changed } from '#lib/server/settings-change.ts';
import { addKey, keysView, removeKey } from '#lib/server/settings-keys.ts';
import { madeAnswer, removedAnswer } from '#lib/server/settings-secret.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params }) => keysView(siteOf(params.site));

export const actions: Actions = {
	add: async ({ params, request }) => {
		const form = await request.formData();
		return madeAnswer(await changed(() => addKey(siteOf(params.site), form)));
	},
	remove: async ({ params, request }) => {
		const form = await request.formData();
		return removedAnswer(await changed(() => removeKey(siteOf(params.site), form)));
	}
};
