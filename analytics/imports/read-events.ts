import { hash } from 'node:crypto';
import { Failure } from '../failure.ts';
import type { EventBlock } from '../stores/import-store.ts';
import type { EventContext, EventSource, ImportSkip } from './event-source.ts';
import type { ImportFile } from './import-file.ts';
import { openEventBlocks } from './event-blocks.ts';
import { openLineCounts, type LineCounts } from './line-counts.ts';

const LISTED_ERRORS = 20;
const BLOCK_EVENTS = 40_000;
const PROGRESS_LINES = 10_000;

/** What an import read, and why lines were left out. */
export interface ImportSummary {
	lines: number;
	/** Lines that are events. */
	events: number;
	/** Those that are page views. */
	pageViews: number;
	readonly skipped: Partial<Record<ImportSkip, number>>;
	unreadable: number;
	/** The first 20 lines that could not be read. */
	readonly errors: { readonly file: string; readonly line: number; readonly reason: string }[];
	/** First and last local day of the events. */
	from: string | null;
	to: string | null;
}

export function emptySummary(): ImportSummary {
	return {
		lines: 0,
		events: 0,
		pageViews: 0,
		skipped: {},
		unreadable: 0,
		errors: [],
		from: null,
		to: null
	};
}

interface Reading extends EventContext {
	readonly files: readonly ImportFile[];
	readonly source: EventSource;
	/** Hears of lines read since the last call and the share of all bytes read so far. */
	readonly onProgress: (lines: number, share: number) => void;
	/** Hears of each page viewed. */
	readonly onPage?: (path: string) => void;
}

/**
 * Events of files in blocks, each of them to be used until the one after the next is asked for. Lines may be out of
 * order. A line's identity is its text and how often that text came before in its file, so that importing a file again,
 * or an overlapping one, changes nothing.
 * @throws Failure `bad_file` for a file that cannot be read, or that holds nothing that can.
 */
export async function* readEvents(
	{ files: given, source, onProgress, onPage, ...context }: Reading,
	summary: ImportSummary
): AsyncGenerator<EventBlock> {
	const files: ImportFile[] = [];
	const besides: ImportFile[] = [];
	for (const file of given) ((await source.isBeside?.(file)) === true ? besides : files).push(file);
	if (files.length === 0)
		throw new Failure('bad_file', `${given[0]?.path ?? ''} comes with the events, but holds none.`);
	const totalBytes = files.reduce((sum, { bytes }) => sum + bytes, 0);
	let bytesBefore = 0;
	let linesBefore = 0;
	let sinceProgress = 0;
	const events = openEventBlocks();
	for (const file of files) {
		const seen = openLineCounts();
		let last = 0;
		let readable = 0;
		for await (const lines of source.read(file, context, besides)) {
			for (const { number, text, read, outcome } of lines) {
				summary.lines += 1;
				last = number;
				if ((sinceProgress += 1) === PROGRESS_LINES) {
					onProgress(sinceProgress, (bytesBefore + read) / totalBytes);
					sinceProgress = 0;
				}
				if (outcome === null) continue;
				if ('unreadable' in outcome) {
					summary.unreadable += 1;
					if (summary.errors.length < LISTED_ERRORS)
						summary.errors.push({ file: file.path, line: number, reason: outcome.unreadable });
					continue;
				}
				readable += 1;
				if ('skip' in outcome) {
					summary.skipped[outcome.skip] = (summary.skipped[outcome.skip] ?? 0) + 1;
					continue;
				}
				const { event } = outcome;
				const importLine = identityOf(text, seen);
				count(summary, event.day, event.name);
				if (event.name === 'pageview') onPage?.(event.page);
				events.add(event, importLine);
				if (events.count() === BLOCK_EVENTS) yield events.take(linesBefore + number);
			}
		}
		if (readable === 0) {
			const [first] = summary.errors;
			throw new Failure(
				'bad_file',
				`${file.path}:${first?.line ?? 1}: nothing in this file can be read${first === undefined ? '' : `: ${first.reason}`}.`
			);
		}
		bytesBefore += file.bytes;
		linesBefore += last;
	}
	yield events.take(linesBefore);
}

/** 16 hexadecimal digits of a line: of its text, and of how often that came before where it did. */
function identityOf(text: string, seen: LineCounts): string {
	const digest = hash('sha1', text);
	const before = seen.add(
		Number.parseInt(digest.slice(0, 8), 16),
		Number.parseInt(digest.slice(8, 16), 16)
	);
	return (before === 0 ? digest : hash('sha1', `${digest} ${before}`)).slice(0, 16);
}

function count(summary: ImportSummary, day: string, name: string): void {
	summary.events += 1;
	if (name === 'pageview') summary.pageViews += 1;
	if (summary.from === null || day < summary.from) summary.from = day;
	if (summary.to === null || day > summary.to) summary.to = day;
}
