import { z } from 'zod';

/** How a site tells pages and names apart, and whether its pages are fetched when they are first seen; as it is stored. */
export const siteRules = z.object({
	/** `fold`: a page is the same with and without `.html`. */
	html: z.enum(['keep', 'fold']),
	/** `fold`: a page is the same in upper and lower case. */
	letterCase: z.enum(['keep', 'fold']),
	/** `fold`: topics that differ in case and spaces only are one topic. */
	topics: z.enum(['keep', 'fold']),
	/** `fetch`: a page that is seen for the first time is read for what it says of itself. */
	seenPages: z.enum(['fetch', 'ignore'])
});

export type SiteRules = Readonly<z.infer<typeof siteRules>>;

/** The rules that decide which page a path is. */
export type PageRules = Pick<SiteRules, 'html' | 'letterCase'>;

export const NO_RULES: SiteRules = {
	html: 'keep',
	letterCase: 'keep',
	topics: 'keep',
	seenPages: 'fetch'
};
