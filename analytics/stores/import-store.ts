/** Where an import stands: its rows are in reports only once it is done. */
export type ImportState = 'running' | 'done' | 'removed';

/** One import as it is recorded. */
export interface ImportRecord {
	readonly id: number;
	readonly site: number;
	readonly format: string;
	/** Names of its files, without folders. */
	readonly files: readonly string[];
	readonly state: ImportState;
	/** Epoch milliseconds. */
	readonly started: number;
	readonly finished: number | null;
	/** Events or figures that it brought and that are there now. */
	readonly rows: number;
	/** First and last local day of its rows; null without rows that have a day. */
	readonly from: string | null;
	readonly to: string | null;
	/** The last line of its files that is kept already: an import that was cut off continues behind it. */
	readonly through: number;
}

/** What makes two imports the same one: site, format and contents of the files, in their order. */
export interface ImportIdentity {
	readonly site: number;
	readonly format: string;
	readonly files: readonly string[];
	/** Hash over the contents. */
	readonly contents: string;
}

/** Figures that another tool counted, of one value of a dimension on one day. Missing is not known. */
export interface ImportedFigures {
	/** `YYYY-MM-DD`; null for a sum over all time. */
	readonly day: string | null;
	/** `site`, `page`, `source`, `country`, `device`, `browser`, `os`, `cta` … */
	readonly dimension: string;
	readonly value: string;
	readonly visitors?: number | undefined;
	readonly visits?: number | undefined;
	readonly page_views?: number | undefined;
	readonly bounces?: number | undefined;
	readonly visit_seconds?: number | undefined;
	readonly subscribes?: number | undefined;
	readonly cta_impressions?: number | undefined;
	readonly cta_clicks?: number | undefined;
}

/** Some of an import's events. */
export interface EventBlock {
	/**
	 * The JSON of one in each line: `ts`, `day`, `hour`, `visitor`, `name`, `page` and `importLine` as in the journal, and
	 * as `origin` and `client` the places in the lists, from 1 on.
	 */
	readonly lines: Buffer;
	/** Where events came from: JSON of the journal's fields for it. */
	readonly origins: readonly string[];
	/** What they were read with, and on which host: JSON of the journal's fields for it. */
	readonly clients: readonly string[];
	/** The last line of the files that they come from. */
	readonly through: number;
}

/** Imports and what they brought. Rows are put aside first, and counted all at once when the import ends. */
export interface ImportStore {
	/** All that ever began, the newest first. */
	readonly list: (site?: number) => Promise<readonly ImportRecord[]>;
	/** What an import read and left out, as it was told when it ended; null where it never did. */
	readonly summary: (id: number) => Promise<string | null>;
	/** Begins an import, or takes up the same one again. @throws Failure `bad_argument` where it is running already. */
	readonly begin: (identity: ImportIdentity, now: number) => Promise<ImportRecord>;
	/** Puts events aside, as having been received at `now`. */
	readonly stage: (
		record: Pick<ImportRecord, 'id' | 'site'>,
		block: EventBlock,
		now: number
	) => Promise<void>;
	/** Puts figures aside. */
	readonly stageFigures: (
		record: Pick<ImportRecord, 'id' | 'site'>,
		rows: readonly ImportedFigures[]
	) => Promise<void>;
	/** Forgets figures put aside, which are read from their start again. */
	readonly dropFigures: (id: number) => Promise<void>;
	/** Counts what was put aside, leaving out lines that an earlier import brought. Returns the number of new rows. */
	readonly finish: (id: number, summary: string, now: number) => Promise<number>;
	/** Whether it runs in this process now. */
	readonly isRunning: (id: number) => boolean;
	/** It no longer runs in this process, whatever became of it. */
	readonly leave: (id: number) => void;
	/** Forgets what was put aside of an import whose files are wrong; what an earlier run of it brought stays. */
	readonly abandon: (id: number, now: number) => Promise<void>;
	/** Takes an import back: its rows go, and their days wait to be derived anew. */
	readonly remove: (id: number, now: number) => Promise<void>;
}
