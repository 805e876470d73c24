import type { PageRules } from '../posts/identity/site-rules.ts';
import type { Post } from '../posts/post.ts';
import type { Site } from '../posts/site.ts';
import type { ImportStore } from './import-store.ts';
import type { SiteFiles } from './site-files.ts';
import type { Sql } from './sql.ts';

/** How far the journal has been written into the store. */
export interface JournalPosition {
	readonly segment: number;
	/** Bytes from the start of the segment. */
	readonly offset: number;
}

/** A value as a query answers it: no driver type crosses this line. */
export type StoreValue = string | number | boolean | null | readonly StoreValue[];
export type StoreRow = Readonly<Record<string, StoreValue>>;

/** Journal lines, some thousands at a time. */
export type LineChunks = AsyncIterable<readonly string[]> | Iterable<readonly string[]>;

/** Days (`YYYY-MM-DD`, in order) of a site whose facts are newer than their sums. */
export type UnrolledDays = (site: number) => readonly string[];
/** A query, or one that depends on which days are summed up; made anew where that changes while it runs. */
export type StoreQuery = Sql | ((unrolled: UnrolledDays) => Sql);

export interface QueryOptions {
	readonly signal?: AbortSignal | undefined;
}

/** Where events are kept and facts are derived. One engine, one writer. */
export interface EventStore {
	/** Journal position up to which every event is stored. */
	readonly position: () => Promise<JournalPosition>;
	/**
	 * Stores journal lines (each the JSON of one `Event`) and the position behind them, and derives the facts of their
	 * visitors anew, in one transaction. An id that was stored within the last seven days is left out. Returns the number
	 * of events stored.
	 */
	readonly append: (lines: readonly string[], position: JournalPosition) => Promise<number>;
	/**
	 * Puts journal lines in the place of all events that came over the network, all or nothing; what imports brought
	 * stays. Days wait to be settled. Returns the number of events.
	 * @throws Failure `journal` where there are fewer events of some day than before.
	 */
	readonly replay: (linesUntil: (position: JournalPosition) => LineChunks) => Promise<number>;
	/** Stores imported events, leaving out lines that an earlier import brought. Returns the number stored. */
	readonly appendImport: (lines: LineChunks) => Promise<number>;
	/** Imports as recorded things, each of which can be taken back. */
	readonly imports: ImportStore;
	/** A site's tables as files. */
	readonly files: SiteFiles;
	/**
	 * Replaces a site's catalogue and the rules of its pages, and settles the days that it changes, in one transaction.
	 * Nothing happens where they are what the store has.
	 */
	readonly putCatalogue: (site: Site, posts: readonly Post[], rules?: PageRules) => Promise<void>;
	/**
	 * Derives the facts of all days that an import, a catalogue or `touch` marked, some days after the other: a reader
	 * sees a day before or after, never half. Returns the number of visitor-days; `onStep` hears of those since the last
	 * call and of the share of days that is done.
	 */
	readonly settle: (onStep?: (visitorDays: number, share: number) => void) => Promise<number>;
	/**
	 * Sums up some of a site's days before a day (`YYYY-MM-DD`) whose facts have changed since; reports read the facts of
	 * those that are left. Returns how many, 0 once all are.
	 */
	readonly rollUp: (site: number, before: string) => Promise<number>;
	/** Deletes all that is kept of a site, also from the bytes of the file: that is written anew. */
	readonly removeSite: (site: number) => Promise<void>;
	/** Whether there are events of a site. */
	readonly holdsSite: (site: number) => Promise<boolean>;
	/** Marks all days of a site in a range (inclusive), or all, to be derived anew. */
	readonly touch: (
		site: number,
		range?: { readonly from: string; readonly to: string }
	) => Promise<void>;
	/** Names of facts whose rows differ from what the events say, with the number of differing rows. */
	readonly verify: (
		site: number,
		range?: { readonly from: string; readonly to: string }
	) => Promise<
		readonly { readonly fact: string; readonly rows: number; readonly differing: number }[]
	>;
	/**
	 * Reads. A query over the store's time limit, or whose signal aborts, is cancelled.
	 * @throws Failure `time_limit`, or the signal's reason.
	 */
	readonly query: (query: StoreQuery, options?: QueryOptions) => Promise<readonly StoreRow[]>;
	/** Another number whenever what queries answer may have changed. */
	readonly version: () => number;
	/** Writes everything to the disk. What came after the last one is lost with the process, and read from the journal again. */
	readonly checkpoint: () => Promise<void>;
	/** Writes everything to the disk and does some work before anything else is written there. */
	readonly frozen: <T>(work: () => Promise<T>) => Promise<T>;
	readonly close: () => Promise<void>;
}
