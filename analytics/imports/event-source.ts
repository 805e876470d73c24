import type { Countries } from '../enrich/country.ts';
import type { Event } from '../events/event.ts';
import type { Visitors } from '../intake/salts.ts';
import type { Site } from '../posts/site.ts';
import type { LogSkip } from './access-log-line.ts';
import type { ImportFile } from './import-file.ts';

/** Why a line of a source, or a table of an export, is left out. */
export type ImportSkip = LogSkip | 'no_page' | 'no_public_page' | 'other_table';

/** What an event is made of besides the line. */
export interface EventContext {
	readonly site: Site;
	readonly visitors: Visitors;
	readonly countries: Countries;
	readonly isKnownPost: (path: string) => boolean;
	/** Query parameters that are part of a page. */
	readonly keepParams: readonly string[];
}

/** An event but for what every import gives it. */
export interface ImportedEvent extends Pick<
	Event,
	'ts' | 'day' | 'hour' | 'visitor' | 'name' | 'page'
> {
	/** JSON of where it came from: the fields of `SourceFacts`. Best made once for all events that share it. */
	readonly origin: string;
	/** JSON of `ClientFields`, likewise. */
	readonly client: string;
}

/** What a reader reads with, and on which host. */
export type ClientFields = Pick<Event, 'country' | 'device' | 'browser' | 'os' | 'hostname'>;

/** What became of a line. */
export type Outcome =
	| { readonly event: ImportedEvent }
	| { readonly skip: ImportSkip }
	| { readonly unreadable: string }
	/** A blank line, a heading or a comment. */
	| null;

export interface SourceLine {
	/** From 1 on. */
	readonly number: number;
	/** What tells it from others: the line itself. */
	readonly text: string;
	/** Bytes of the file read so far. */
	readonly read: number;
	readonly outcome: Outcome;
}

/** A format in which a file holds events, one by one. */
export interface EventSource {
	/** Whether a file only comes with one that holds events. */
	readonly isBeside?: (file: ImportFile) => Promise<boolean>;
	/** @throws Failure `bad_file` with the line's number where the file is no such file. */
	readonly read: (
		file: ImportFile,
		context: EventContext,
		/** Files that come with it and hold no events. */
		besides: readonly ImportFile[]
	) => AsyncIterable<readonly SourceLine[]> | Iterable<readonly SourceLine[]>;
}
