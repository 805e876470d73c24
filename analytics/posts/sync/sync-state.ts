import { z } from 'zod';
import { knownHome, knownSource } from './known-source.ts';

const HOUR = 60 * 60 * 1_000;

/** Where a catalogue may come from; `auto` finds it by what the home page names. */
const SOURCE_KINDS = ['auto', 'feed', 'sitemap', 'wordpress', 'ghost'] as const;

/** How a site's catalogue is kept up to date, and how the last time went; as it is stored. */
export const syncState = z.object({
	kind: z.enum(SOURCE_KINDS),
	url: z.string(),
	/** Of Ghost's Content API. */
	key: z.string(),
	/** Hours from one time to the next; 0 for by hand only. */
	everyHours: z.number().int().min(0).max(168),
	/** Epoch milliseconds. */
	lastAt: z.number().nullable(),
	added: z.number(),
	updated: z.number(),
	unchanged: z.number(),
	/** What did not work, a sentence each. */
	errors: z.array(z.string()),
	/** What was read the last time; earlier versions did not keep it. */
	known: knownSource.nullable().default(null),
	/** The home page, where it names the source. */
	home: knownHome.nullable().default(null),
	/** When a page was last read, by its path. */
	read: z.record(z.string(), z.number())
});

export type SyncState = Readonly<z.infer<typeof syncState>>;

export const NO_SYNC: SyncState = {
	kind: 'auto',
	url: '',
	key: '',
	everyHours: 0,
	lastAt: null,
	added: 0,
	updated: 0,
	unchanged: 0,
	errors: [],
	known: null,
	home: null,
	read: {}
};

/** A state with another source or schedule: of what was read before, nothing is taken for unchanged. */
export function withSource(
	before: SyncState,
	source: Pick<SyncState, 'kind' | 'url' | 'key' | 'everyHours'>
): SyncState {
	return { ...before, ...source, known: null, home: null };
}

export function isDue({ everyHours, lastAt }: SyncState, now: number): boolean {
	return everyHours > 0 && now >= (lastAt ?? 0) + everyHours * HOUR;
}
