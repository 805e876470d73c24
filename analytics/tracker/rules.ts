import { settings } from './settings.ts';
import type { MarkedCta } from './tracker-event.ts';

const off = settings.rules === 'off';

/**
 * Selects calls to action: those marked for Byline, and HubSpot's. HubSpot nests its button in a wrapper, and authors
 * put either in a block of their own: the outer one counts.
 */
export const CTAS =
	'[data-cta]' +
	(off
		? ''
		: ',:is(.cta_button,.hs-cta-wrapper,[data-hs-cta],[data-hs-cta-id]):not(.hs-cta-wrapper *,[data-cta] *)');

/**
 * Selects subscribe forms whose fields are valid: those marked for Byline, and Mailchimp's, ConvertKit's and Ghost's.
 * Whether what was typed is valid is the browser's answer; it is not read.
 */
export const FORMS = `:is([data-subscribe]${
	off
		? ''
		: ',[action*=list-manage],[action*="kit.com/forms"],[data-members-form]:not([data-members-form=signin])'
}):valid`;

/** How a call to action is named. The id is never empty: the server would refuse the event. */
export const describeCta = ({ dataset, id }: HTMLElement): MarkedCta => {
	return {
		id: (dataset.cta || dataset.hsCta || dataset.hsCtaId || id).trim() || 'cta',
		placement: dataset.ctaPlacement,
		variant: dataset.ctaVariant
	};
};
