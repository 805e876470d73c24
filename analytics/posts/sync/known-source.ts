import { z } from 'zod';

const WEEK_MS = 7 * 24 * 60 * 60 * 1_000;

const validators = z.object({
	etag: z.string().optional(),
	lastModified: z.string().optional(),
	of: z.string()
});

const namedPage = z.object({
	url: z.string(),
	/** Epoch milliseconds, or null where the document does not say. */
	changedAt: z.number().nullable()
});

/** A page that a document names, to be read for what the document does not say of it. */
export type NamedPage = Readonly<z.infer<typeof namedPage>>;

const knownDocument = z.object({
	/** Its address; the number of a page where the address holds a key. */
	place: z.string(),
	validators,
	/** When it was last read whole, in epoch milliseconds. */
	readAt: z.number(),
	/** The sitemaps that it lists. */
	sitemaps: z.array(z.string()),
	/** Pages that it named and that are still to be read. */
	left: z.array(namedPage)
});

/** A document whose posts are in the catalogue, as it was read. */
export type KnownDocument = Readonly<z.infer<typeof knownDocument>>;

/** What a source was when it was read, as it is stored: that it did not change is worth knowing only by this. */
export const knownSource = z.object({
	/** All that decided what was read of it; it stands under the same terms alone. */
	terms: z.string(),
	documents: z.array(knownDocument),
	/** The place behind the last document, where nothing was. */
	end: z.string().nullable()
});

export type KnownSource = Readonly<z.infer<typeof knownSource>>;

/** The home page that named a source, as it is stored. */
export const knownHome = z.object({
	validators,
	readAt: z.number(),
	source: z.object({ kind: z.enum(['feed', 'sitemap']), url: z.string() })
});

export type KnownHome = Readonly<z.infer<typeof knownHome>>;

/** Whether to believe a server that nothing changed since then: some always say so, and a week ends that. */
export function isRecent({ readAt }: { readonly readAt: number }, now: number): boolean {
	return readAt <= now && now < readAt + WEEK_MS;
}
