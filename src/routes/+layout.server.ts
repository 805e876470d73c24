import { preferredLocale } from '#lib/locale.ts';
import type { LayoutServerLoad } from './$types';

/** The browser must write dates as the server did, whatever it would choose itself. */
export const load: LayoutServerLoad = ({ request }) => ({
	locale: preferredLocale(request.headers.get('accept-language'))
});
