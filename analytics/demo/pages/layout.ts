import {
	ABOUT_PAGE,
	DEMO_DOMAIN,
	DEMO_NAME,
	FRONT_PAGE,
	DEMO_TAGLINE,
	NEWSLETTER_FORM,
	PRICING_PAGE,
	SUBSCRIBED_PAGE
} from '../blog.ts';
import { html, NOTHING, trusted, type Markup } from '../html.ts';
import { STYLE } from './style.ts';

export interface PageParts {
	readonly title: string;
	readonly description: string;
	readonly main: Markup;
	/** More for the head. */
	readonly head?: Markup;
	/** After the footer. */
	readonly overlay?: Markup;
	/** Which entry of the navigation the page is. */
	readonly current?: string;
}

const ICON =
	"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='7' fill='%231b2230'/%3E%3Ccircle cx='16' cy='16' r='7' fill='%23f4c430'/%3E%3C/svg%3E";

const NAVIGATION: readonly (readonly [label: string, path: string])[] = [
	['Articles', `${FRONT_PAGE}/`],
	['Workshops', PRICING_PAGE],
	['About', ABOUT_PAGE]
];

/** A complete HTML document with the blog's header, footer and tracker. */
export function renderPage(parts: PageParts): string {
	const title =
		parts.title === DEMO_NAME ? `${DEMO_NAME}: ${DEMO_TAGLINE}` : `${parts.title} | ${DEMO_NAME}`;
	const document = html`<!doctype html>
		<html lang="en-GB">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<title>${title}</title>
				<meta name="description" content="${parts.description}" />
				<meta name="color-scheme" content="light dark" />
				<link rel="icon" href="${trusted(ICON)}" />
				${parts.head ?? NOTHING}
				<style>
					${trusted(STYLE)}
				</style>
				<script defer src="/js/byline.js" data-domain="${DEMO_DOMAIN}"></script>
			</head>
			<body>
				<a class="skip" href="#content">Skip to content</a>
				<header class="site-header">
					<div class="wrap">
						<a class="brand" href="${FRONT_PAGE}/"
							><span class="dot" aria-hidden="true"></span>${DEMO_NAME}</a
						>
						<nav aria-label="Main">
							<ul>
								${NAVIGATION.map(
									([label, path]) =>
										html`<li>
											<a
												href="${path}"
												${path === parts.current ? html` aria-current="page"` : NOTHING}
												>${label}</a
											>
										</li>`
								)}
							</ul>
						</nav>
					</div>
				</header>
				<main id="content">${parts.main}</main>
				<footer class="site-footer">
					<div class="wrap">
						<p>
							<strong>${DEMO_NAME}</strong> is a sample blog. Its people, companies and figures are
							made up; its readers are counted by Byline.
						</p>
						<p><a href="/${DEMO_DOMAIN}">See its dashboard</a></p>
					</div>
				</footer>
				${parts.overlay ?? NOTHING}
			</body>
		</html>`;
	return `${document.text.replace(/\s*\n\s*/g, '\n').trim()}\n`;
}

/** The newsletter form. The field has no name, so the address goes nowhere. */
export function subscribeForm(id: string): Markup {
	return html`<section class="subscribe" aria-labelledby="${id}-title">
		<h2 id="${id}-title">Subscribe to Our Blog</h2>
		<p>One article a week, on the morning it comes out. Nothing else.</p>
		<form data-subscribe="${NEWSLETTER_FORM}" action="${SUBSCRIBED_PAGE}" method="get">
			<label for="${id}-email">Email address</label>
			<div class="field">
				<input
					id="${id}-email"
					type="email"
					required
					autocomplete="email"
					placeholder="you@company.example"
				/>
				<button type="submit">Subscribe</button>
			</div>
		</form>
		<p class="small">This is a sample: your address stays in the field.</p>
	</section>`;
}
