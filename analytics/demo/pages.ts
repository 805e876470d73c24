import {
	ABOUT_PAGE,
	FRONT_PAGE,
	offerPath,
	PRICING_PAGE,
	SUBSCRIBED_PAGE,
	topicPath
} from './blog.ts';
import { catalogue, demoPost } from './catalogue.ts';
import { OFFERS, WORKSHOP } from './content/offers.ts';
import { TOPICS } from './content/topics.ts';
import { CTA_DRAWS } from './ctas.ts';
import { articlePage } from './pages/article-page.ts';
import { frontPage, topicPage } from './pages/list-pages.ts';
import {
	aboutPage,
	missingPage,
	offerPage,
	pricingPage,
	subscribedPage
} from './pages/plain-pages.ts';
import { hashText } from './random.ts';

export interface DemoPage {
	readonly status: number;
	readonly html: string;
}

/**
 * The page at a path of the sample blog, or null where the path is not the blog's. `now` (epoch milliseconds) chooses
 * the variants of the calls to action; posts are dated relative to `publishedBy`, which has to be the moment the
 * catalogue was made for, else the dates on the pages wander away from those in the store.
 */
export function demoPage(
	pathname: string,
	now: number,
	publishedBy: number = now
): DemoPage | null {
	const path = pathname.replace(/\/+$/, '');
	if (path !== FRONT_PAGE && !path.startsWith(`${FRONT_PAGE}/`)) return null;
	const page = render(path, now, publishedBy);
	return page === null ? { status: 404, html: missingPage() } : { status: 200, html: page };
}

function render(path: string, now: number, publishedBy: number): string | null {
	switch (path) {
		case FRONT_PAGE:
			return frontPage(catalogue(publishedBy));
		case PRICING_PAGE:
			return pricingPage();
		case ABOUT_PAGE:
			return aboutPage();
		case SUBSCRIBED_PAGE:
			return subscribedPage();
	}
	const topic = TOPICS.find(({ slug }) => topicPath(slug) === path);
	if (topic !== undefined) return topicPage(topic, catalogue(publishedBy));
	const offer = [...OFFERS, WORKSHOP].find(({ id }) => offerPath(id) === path);
	if (offer !== undefined) return offerPage(offer);
	return renderArticle(path, now, publishedBy);
}

function renderArticle(path: string, now: number, publishedBy: number): string | null {
	const posts = catalogue(publishedBy);
	const post = posts.find((candidate) => candidate.path === path);
	const body = demoPost(path);
	if (post === undefined || body === null) return null;
	const draw = hashText(`${path} ${now}`) % CTA_DRAWS;
	return articlePage({ post, blocks: body.blocks, posts, now: publishedBy, draw });
}
