import { ABOUT_PAGE, DEMO_NAME, FRONT_PAGE, PRICING_PAGE } from '../blog.ts';
import { AUTHORS } from '../content/authors.ts';
import type { Offer } from '../content/offers.ts';
import { html, type Markup } from '../html.ts';
import { portrait } from './art.ts';
import { renderPage } from './layout.ts';

const BACK = html`<p><a class="button" href="${FRONT_PAGE}/">Back to the articles</a></p>`;

const WORKSHOPS = [
	{
		name: 'Half a day',
		price: '£480',
		text: 'One problem, your numbers, four hours. Up to six people in the room.',
		points: ['A plan on one page', 'A call after four weeks']
	},
	{
		name: 'A quarter',
		price: '£1,900',
		text: 'Half a day to begin with, then an hour each week until it runs without us.',
		points: ['Twelve weekly calls', 'Every template we have', 'Answers by the next day']
	},
	{
		name: 'By telephone',
		price: '£95',
		text: 'One hour, one question. We read what you send beforehand.',
		points: ['Notes within the hour', 'No slides']
	}
] as const;

export function pricingPage(): string {
	const main = html`<div class="wrap">
		<header class="front-header">
			<h1>Workshops and what they cost</h1>
			<p class="lede">
				Three ways to work with us. The price is the price, and the reason is next to it.
			</p>
		</header>
		<ul class="plans">
			${WORKSHOPS.map(
				(plan) =>
					html`<li>
						<h2>${plan.name}</h2>
						<p class="price">${plan.price}</p>
						<p>${plan.text}</p>
						<ul>
							${plan.points.map((point) => html`<li>${point}</li>`)}
						</ul>
					</li> `
			)}
		</ul>
		<p class="small">
			Prices include tax. There is a telephone number for everything else, and a person who picks
			up.
		</p>
	</div>`;
	return renderPage({
		title: 'Workshops',
		description: 'Three ways to work with us.',
		main,
		current: PRICING_PAGE
	});
}

export function aboutPage(): string {
	const main = html`<div class="wrap narrow">
		<header class="front-header">
			<h1>About ${DEMO_NAME}</h1>
			<p class="lede">
				Six people who sell, write, measure and ask, and put down what they learn in plain words.
			</p>
		</header>
		<p>
			We began in 2017 with one article and one comment. Since then we have moved house twice,
			thrown away a slideshow and kept a jar of questions on a shelf in the kitchen. Most articles
			start there.
		</p>
		<ul class="people">
			${AUTHORS.map(
				({ name, role }) =>
					html`<li class="author-note">
						${portrait(name)}
						<p><strong>${name}</strong> ${role}</p>
					</li> `
			)}
		</ul>
	</div>`;
	return renderPage({
		title: 'About',
		description: `Who writes ${DEMO_NAME}.`,
		main,
		current: ABOUT_PAGE
	});
}

/** Where a call to action leads. */
export function offerPage(offer: Offer): string {
	return notice({
		title: offer.name,
		lede: offer.page,
		more: html`<ul class="ticks">
				${offer.points.map((point) => html`<li>${point}</li>`)}
			</ul>
			<p class="small">
				On a real blog this would start now. Here your click has already done its work: it is on the
				dashboard.
			</p>`
	});
}

export function subscribedPage(): string {
	return notice({
		title: 'Thank you for subscribing',
		lede: 'The next article comes to you on the morning it is published.',
		more: html`<p class="small">
			On a real blog, that is. This one has kept no address; it has counted one subscriber.
		</p>`
	});
}

export function missingPage(): string {
	return notice({
		title: 'Page not found',
		lede: 'Nothing was ever published at this address, or we broke a promise.',
		more: html``
	});
}

function notice(parts: {
	readonly title: string;
	readonly lede: string;
	readonly more: Markup;
}): string {
	const main = html`<div class="wrap narrow notice">
		<h1>${parts.title}</h1>
		<p class="lede">${parts.lede}</p>
		${parts.more} ${BACK}
	</div>`;
	return renderPage({ title: parts.title, description: parts.lede, main });
}
