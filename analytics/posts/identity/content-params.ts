import { z } from 'zod';

/** Most parameters that name content on one site. */
export const MOST_PARAMS = 20;

/** They say how a reader came, never what was read: as part of a page they would make a page of each campaign. */
const TRACKING =
	/^(?:utm_.*|[a-z]*clid|gbraid|wbraid|mc_[ce]id|_?ga|_gl|fb_.*|igshid|ref|ref_src)$/i;

/** The name of a query parameter that names content, for example `p` in `?p=12`. */
export const contentParam = z
	.string()
	.regex(/^[\w.~-]{1,64}$/)
	.refine((name) => !TRACKING.test(name));

/** The names that a person listed, separated by commas or blanks, in one order; null where one cannot be. */
export function parseContentParams(text: string): readonly string[] | null {
	const names = [...new Set(text.split(/[\s,]+/).filter((name) => name !== ''))].sort();
	const parsed = z.array(contentParam).max(MOST_PARAMS).safeParse(names);
	return parsed.success ? parsed.data : null;
}

/** What a wrong list is answered with. */
export const CONTENT_PARAMS_GRAMMAR = `at most ${MOST_PARAMS} names of letters, digits, "-", "_", "." and "~", none of which tracks campaigns`;
