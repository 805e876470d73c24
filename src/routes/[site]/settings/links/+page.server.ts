import { parseFilter } from '#analytics';
import { sitePath } from '#lib/links.ts';
import { siteOf } from '#lib/server/screen.ts';
import { changed } from '#lib/server/settings-change.ts';
import { addLink, linksView, removeLink } from '#lib/server/settings-links.ts';
import { madeAnswer, removedAnswer } from '#lib/server/settings-secret.ts';
import { shareKey } from '#lib/share-key.ts';
import type { Actions, PageServerLoad } from './$types';

const filtersOf = (url: URL): readonly string[] =>
	url.searchParams.getAll('filter').filter((text) => parseFilter(text) !== null);

export const load: PageServerLoad = ({ params, url }) =>
	linksView(siteOf(params.site), filtersOf(url));

export const actions: Actions = {
	add: async ({ params, request, url }) => {
		const form = await request.formData();
		const outcome = await changed(async () => {
			const token = await addLink(siteOf(params.site), form, filtersOf(url));
			return new URL(sitePath(shareKey(token)), url.origin).href;
		});
		return madeAnswer(outcome);
	},
	remove: async ({ params, request }) => {
		const form = await request.formData();
		return removedAnswer(await changed(() => removeLink(siteOf(params.site), form)));
	}
};
