import { z } from 'zod';
import { DEFAULT_KEEP_PARAMS } from '../canonical-path.ts';
import { contentParam, MOST_PARAMS } from './content-params.ts';

/** How a site tells pages and names apart, and whether its pages are fetched when they are first seen; as it is stored. */
export const siteRules = z.object({
	/** `fold`: a page is the same with and without `.html`. */
	html: z.enum(['keep', 'fold']),
	/** `fold`: a page is the same in upper and lower case. */
	letterCase: z.enum(['keep', 'fold']),
	/** Query parameters that name content, so that they are part of a page; all others are dropped. */
	params: z.array(contentParam).max(MOST_PARAMS).readonly().default(DEFAULT_KEEP_PARAMS),
	/** `fold`: topics that differ in case and spaces only are one topic. */
	topics: z.enum(['keep', 'fold']),
	/** `fetch`: a page that is seen for the first time is read for what it says of itself. */
	seenPages: z.enum(['fetch', 'ignore'])
});

export type SiteRules = Readonly<z.infer<typeof siteRules>>;

/** The rules that decide which page a path is. */
export type PageRules = Pick<SiteRules, 'html' | 'letterCase' | 'params'>;

export const NO_RULES: SiteRules = {
	html: 'keep',
	letterCase: 'keep',
	params: DEFAULT_KEEP_PARAMS,
	topics: 'keep',
	seenPages: 'fetch'
};

/** Whether a site's pages are what their paths say, as they are for every site that says nothing else. */
export function isWithoutPageRules({ html, letterCase, params }: PageRules): boolean {
	return (
		html === 'keep' &&
		letterCase === 'keep' &&
		params.length === DEFAULT_KEEP_PARAMS.length &&
		DEFAULT_KEEP_PARAMS.every((name) => params.includes(name))
	);
}
