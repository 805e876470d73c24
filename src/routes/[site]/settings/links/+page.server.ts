import { fail } from '@sveltejs/kit';
import { parseFilter } from '#analytics';
import { sitePath } from '#lib/links.ts';
import { siteOf } from '#lib/server/screen.ts';
import { changed } from '#lib/server/settings-change.ts';
import { addLink, linksView, removeLink } from '#lib/server/settings-links.ts';
import { shareKey } from '#lib/share-key.ts';
import type { Actions, PageServerLoad } from './$types';

const filtersOf = (url: URL): readonly string[] =>
	url.searchParams.getAll('filter').filter((text) => parseFilter(text) !== null);

export const load: PageServerLoad = ({ params, url }) =>
	linksView(siteOf(params.site), filtersOf(url));

const NOTHING = { field: '', problem: '', note: '', made: '' };

export const actions: Actions = {
	add: async ({ params, request, url }) => {
		const form = await request.formData();
		const outcome = await changed(() => addLink(siteOf(params.site), form, filtersOf(url)));
		return outcome.ok
			? {
					...NOTHING,
					form: 'add',
					made: new URL(sitePath(shareKey(outcome.value)), url.origin).href
				}
			: fail(outcome.status, {
					...NOTHING,
					form: 'add',
					field: outcome.field,
					problem: outcome.message
				});
	},
	remove: async ({ params, request }) => {
		const form = await request.formData();
		const outcome = await changed(() => removeLink(siteOf(params.site), form));
		return outcome.ok
			? { ...NOTHING, form: 'remove', note: `Removed “${outcome.value}”.` }
			: fail(outcome.status, { ...NOTHING, form: 'remove', problem: outcome.message });
	}
};
