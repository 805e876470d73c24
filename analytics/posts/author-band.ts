/** Whether authors see the typical band of a blog, which others' posts have a part in. */
export const AUTHOR_BAND = ['show', 'hide'] as const;

export type AuthorBand = (typeof AUTHOR_BAND)[number];
