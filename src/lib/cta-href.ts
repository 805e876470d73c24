import { filterText, screenHref, sitePath } from '#lib/links.ts';

/** The screen of one call to action; an id that a path cannot hold becomes a filter of the register. */
export function ctaHref(url: URL, site: string, cta: string): string {
	if (/^\.{0,2}$/.test(cta)) {
		const filters = url.searchParams.getAll('filter');
		return screenHref(url, sitePath(site, 'ctas'), {
			filter: [...filters, filterText('cta', cta)]
		});
	}
	return screenHref(url, sitePath(site, 'ctas', cta));
}
