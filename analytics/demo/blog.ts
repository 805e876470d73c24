/** The sample blog: where it is and what it is called. */
export const DEMO_DOMAIN = 'demo-blog.example';
export const DEMO_ZONE = 'Europe/London';
export const DEMO_NAME = 'Plain Pitch';
export const DEMO_TAGLINE = 'Marketing and selling for small teams, in plain words.';

/** Canonical paths; the front page is served at `/demo-blog/`. */
export const FRONT_PAGE = '/demo-blog';
export const PRICING_PAGE = `${FRONT_PAGE}/pricing`;
export const ABOUT_PAGE = `${FRONT_PAGE}/about`;
export const SUBSCRIBED_PAGE = `${FRONT_PAGE}/subscribed`;
export const NEWSLETTER_FORM = 'newsletter';

export const postPath = (slug: string): string => `${FRONT_PAGE}/${slug}`;
export const topicPath = (slug: string): string => `${FRONT_PAGE}/topics/${slug}`;
export const offerPath = (id: string): string => `${FRONT_PAGE}/offers/${id}`;
