import type { CtaRef } from '../events/event.ts';
import { OFFERS, WORKSHOP, type Offer } from './content/offers.ts';
import { hashText } from './random.ts';

/** A call to action on one page view of a post. */
export interface DemoCta extends CtaRef {
	readonly offer: Offer;
}

/** What decides the calls to action of a post. */
export interface CtaSubject {
	readonly path: string;
	readonly topics: readonly string[];
	readonly wordCount: number | null;
}

/** Number of different draws that `ctasOf` tells apart. */
export const CTA_DRAWS = 8;
const LONG = 1150;

/** The offer that suits the post's first topic. */
function offerFor(topics: readonly string[]): Offer {
	const offer = topics
		.map((topic) => OFFERS.find((candidate) => candidate.topics.includes(topic)))
		.find((candidate) => candidate !== undefined);
	return offer ?? WORKSHOP;
}

/** The calls to action on one view of a post; `draw`, a whole number, chooses the variant of each test. */
export function ctasOf(post: CtaSubject, draw: number): readonly DemoCta[] {
	const offer = offerFor(post.topics);
	const variant = (bit: number): string => ((draw >> bit) & 1 ? 'b' : 'a');
	const ctas: DemoCta[] = [
		{ id: WORKSHOP.id, placement: 'in-text', variant: '', offer: WORKSHOP },
		{ id: offer.id, placement: 'end-of-post', variant: variant(0), offer },
		{ id: offer.id, placement: 'sidebar', variant: variant(1), offer }
	];
	if ((post.wordCount ?? 0) >= LONG)
		ctas.push({ id: offer.id, placement: 'in-text', variant: variant(2), offer });
	if (hasSlideIn(post.path)) ctas.push({ id: offer.id, placement: 'slide-in', variant: '', offer });
	return ctas;
}

const hasSlideIn = (path: string): boolean => hashText(`slide-in ${path}`) % 5 < 2;
