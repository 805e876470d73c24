import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Site } from '#analytics';
import type { Upload } from '#analytics/server';
import { JOBS } from '#lib/live.ts';
import { sitePath } from '#lib/links.ts';
import { uploadLimit } from '#lib/server/receive-upload.ts';
import { siteOf } from '#lib/server/screen.ts';
import { changed, textOf } from '#lib/server/settings-change.ts';
import {
	cancelWork,
	discardUpload,
	startImport,
	startPreview,
	uploadOf,
	uploadView
} from '#lib/server/settings-imports.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, url, depends }) => {
	depends(JOBS);
	const site = siteOf(params.site);
	const id = url.searchParams.get('upload');
	const work = id === null ? null : await uploadView(site, id);
	if (id !== null && work === null) error(404, 'These files are not here any more.');
	return { work, limit: uploadLimit() };
};

type Act = (site: Site, upload: Upload, form: FormData) => void | Promise<void>;

/** An act on an upload, and back to the screen that shows how it goes. */
const act =
	(work: Act) =>
	async ({ params, request, url }: RequestEvent<{ site: string }>) => {
		const site = siteOf(params.site);
		const id = url.searchParams.get('upload') ?? '';
		const form = await request.formData();
		const outcome = await changed(async () => work(site, await uploadOf(site, id), form));
		if (!outcome.ok) return fail(outcome.status, { problem: outcome.message });
		redirect(303, `${url.pathname}?upload=${encodeURIComponent(id)}`);
	};

export const actions: Actions = {
	preview: act((site, upload, form) => startPreview(site, upload, textOf(form.get('format')))),
	start: act(startImport),
	cancel: act((_, upload) => cancelWork(upload)),
	discard: act(async (site, upload) => {
		await discardUpload(upload);
		redirect(303, sitePath(site.domain, 'settings', 'imports'));
	})
};
