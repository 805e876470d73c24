import { fail, redirect } from '@sveltejs/kit';
import { sitePath } from '#lib/links.ts';
import { addSite } from '#lib/server/access/add-site.ts';
import { engine } from '#lib/server/open-engine.ts';
import { changed, textOf } from '#lib/server/settings-change.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => ({
	isFirst: engine().registry.sites().length === 0,
	zones: ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
});

export const actions: Actions = {
	default: async ({ request }) => {
		const form = await request.formData();
		const [domain, zone] = [textOf(form.get('domain')), textOf(form.get('zone'))];
		const outcome = await changed(() => addSite(domain, zone));
		if (!outcome.ok)
			return fail(outcome.status, {
				domain,
				zone,
				field: outcome.field,
				problem: outcome.message
			});
		redirect(303, sitePath(outcome.value.domain, 'settings'));
	}
};
