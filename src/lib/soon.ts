/** What is there already, or what is on its way. */
export type Soon<T> = { readonly now: T } | { readonly later: Promise<T> };
