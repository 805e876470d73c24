import { fail, redirect } from '@sveltejs/kit';
import { backTo } from '#lib/server/back-to.ts';
import { segmentsOf } from '#lib/server/engine.ts';
import { filterTexts } from '#lib/server/filter-texts.ts';
import { siteOf } from '#lib/server/screen.ts';
import {
	removeSegment,
	renameSegment,
	saveSegment,
	type SegmentOutcome
} from '#lib/server/segments.ts';
import { withQuery } from '#lib/links.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, url }) => {
	const site = siteOf(params.site);
	const screen = backTo(url.searchParams.get('to'), site.domain, url);
	const given = screen.searchParams.getAll('filter');
	return {
		to: screen.pathname + screen.search,
		/** The filters that can be saved. */
		given: { filters: given, texts: await filterTexts(site, given) },
		saved: await Promise.all(
			segmentsOf(site).map(async (segment) => ({
				...segment,
				texts: await filterTexts(site, segment.filters),
				href: withQuery(screen, { filter: segment.filters })
			}))
		)
	};
};

export const actions: Actions = {
	save: async ({ params, request, url }) => {
		const form = await request.formData();
		const outcome = saveSegment(siteOf(params.site), {
			name: form.get('name'),
			filters: form.getAll('filter'),
			shared: form.has('shared')
		});
		return back(outcome, form, params.site, url);
	},
	rename: async ({ params, request }) => {
		const form = await request.formData();
		const id = textOf(form.get('id'));
		return told(renameSegment(siteOf(params.site), id, form.get('name')), form);
	},
	remove: async ({ params, request }) => {
		const form = await request.formData();
		return told(removeSegment(siteOf(params.site), textOf(form.get('id'))), form);
	}
};

/** To the screen whose filters were saved. */
function back(outcome: SegmentOutcome, form: FormData, domain: string, url: URL) {
	if (!outcome.ok) return told(outcome, form);
	const { pathname, search } = backTo(textOf(form.get('to')), domain, url);
	redirect(303, pathname + search);
}

function told(outcome: SegmentOutcome, form: FormData) {
	if (outcome.ok) return { id: '', name: '', problem: '' };
	const problem = outcome.errors.map(({ message }) => message).join(' ');
	return fail(outcome.status, {
		id: textOf(form.get('id')),
		name: textOf(form.get('name')),
		problem
	});
}

function textOf(field: FormDataEntryValue | null): string {
	return typeof field === 'string' ? field : '';
}
