import { error, json, redirect } from '@sveltejs/kit';
import { sitePath } from '#lib/links.ts';
import { receiveUpload } from '#lib/server/receive-upload.ts';
import { siteOf } from '#lib/server/screen.ts';
import { changed } from '#lib/server/settings-change.ts';
import { discardUpload, startPreview } from '#lib/server/settings-imports.ts';
import type { RequestHandler } from './$types';

/** Takes files to import as a stream: from a form without scripts, or from one that shows how far it is. */
export const POST: RequestHandler = async ({ params, request }) => {
	const site = siteOf(params.site);
	const outcome = await changed(async () => {
		const { upload, format } = await receiveUpload(site, request);
		try {
			await startPreview(site, upload, format);
		} catch (thrown) {
			await discardUpload(upload);
			throw thrown;
		}
		return upload;
	});
	const isScript = request.headers.get('accept') === 'application/json';
	if (!outcome.ok) {
		const { status, message } = outcome;
		if (isScript) return json({ message }, { status });
		error(status, message);
	}
	const href = `${sitePath(site.domain, 'settings', 'imports', 'new')}?upload=${outcome.value.id}`;
	if (isScript) return json({ href });
	redirect(303, href);
};
