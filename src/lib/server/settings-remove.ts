import type { Site } from '#analytics';
import { record } from '#lib/server/access/record.ts';
import { engine } from '#lib/server/engine.ts';
import { textOf, WrongField } from '#lib/server/settings-change.ts';

/** Deletes a site for good where its domain was typed. @throws WrongField, Failure `bad_argument` */
export async function removeSite(site: Site, form: FormData): Promise<void> {
	if (textOf(form.get('domain')).toLowerCase() !== site.domain)
		throw new WrongField('domain', `Type ${site.domain} to delete it.`);
	await engine().removeSite(site);
	record('site_deleted', { site, detail: { domain: site.domain } });
}
