import { offerPath } from '../blog.ts';
import type { OfferText } from '../content/offers.ts';
import type { DemoCta } from '../ctas.ts';
import { html, NOTHING, type Markup } from '../html.ts';

/** The call to action at a placement, or nothing where the page view has none. */
export function ctaBlock(ctas: readonly DemoCta[], placement: string, id?: string): Markup {
	const cta = ctas.find(
		(candidate) => candidate.placement === placement && (id === undefined || candidate.id === id)
	);
	return cta === undefined ? NOTHING : offerLink(cta);
}

/** "Learn More" between two paragraphs. */
export function learnMore(ctas: readonly DemoCta[], id: string): Markup {
	const cta = ctas.find((candidate) => candidate.id === id);
	if (cta === undefined) return NOTHING;
	return html`<aside class="learn-more" aria-label="${cta.offer.name}">
		<p>${textOf(cta).text}</p>
		<a class="button" href="${offerPath(cta.id)}" ${attributes(cta)}>${textOf(cta).button}</a>
	</aside>`;
}

function offerLink(cta: DemoCta): Markup {
	const { headline, text, button } = textOf(cta);
	return html`<a class="cta cta-${cta.placement}" href="${offerPath(cta.id)}" ${attributes(cta)}>
		<span class="cta-kind">${cta.offer.name}</span>
		<strong>${headline}</strong>
		<span class="cta-text">${text}</span>
		<span class="button">${button}</span>
	</a>`;
}

const textOf = (cta: DemoCta): OfferText => (cta.variant === 'a' ? cta.offer.a : cta.offer.b);

function attributes(cta: DemoCta): Markup {
	const variant = cta.variant === '' ? NOTHING : html` data-cta-variant="${cta.variant}"`;
	return html`data-cta="${cta.id}" data-cta-placement="${cta.placement}"${variant}`;
}
