import { z } from 'zod';
import type { Site } from '#analytics';
import { AUTHOR_BAND, type AuthorBand } from '#analytics/server';
import { engine } from '#lib/server/engine.ts';
import { WrongField } from '#lib/server/settings-change.ts';

/** Whether authors of a site see its typical band. */
export function authorBandOf(site: Site): AuthorBand {
	return engine().registry.authorBand().get(site.id) ?? 'show';
}

/** Keeps what the form says. @throws WrongField */
export function saveAuthorBand(site: Site, form: FormData): void {
	const given = z.enum(AUTHOR_BAND).safeParse(form.get('band'));
	if (!given.success) throw new WrongField('band', `Choose one of ${AUTHOR_BAND.join(', ')}.`);
	engine().registry.setAuthorBand(site, given.data);
}
