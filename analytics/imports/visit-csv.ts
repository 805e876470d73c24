import type { Agent } from '../enrich/device.ts';
import { describeSource } from '../enrich/source.ts';
import { Failure } from '../failure.ts';
import { canonicalPath } from '../posts/canonical-path.ts';
import { localDay, localHour } from '../time/local.ts';
import { csvRecords, type CsvRecord } from './csv-records.ts';
import type { EventContext, EventSource, Outcome, SourceLine } from './event-source.ts';
import { bytesOf, type ImportFile } from './import-file.ts';

const LINES_A_BATCH = 1_000;

/** What another tool kept of one event. */
export interface ForeignEvent {
	/** Its id there, where it has one. */
	readonly id?: string | undefined;
	/** Epoch milliseconds; NaN where it cannot be read. */
	readonly ts: number;
	readonly name: string;
	/** Path, or URL, as kept there. */
	readonly target: string;
	/** Whatever tells visitors of a day apart there. */
	readonly session: string;
	readonly referrer?: string | undefined;
	readonly agent: Partial<Agent>;
	readonly country?: string | undefined;
	readonly isBot?: boolean;
}

/** A tool's CSV of single events. */
export interface VisitCsv {
	readonly label: string;
	/** Columns without which it is not that tool's file. */
	readonly columns: readonly string[];
	readonly read: (get: (column: string) => string) => ForeignEvent | 'no_page';
}

export function visitCsvSource({ label, columns, read }: VisitCsv): EventSource {
	return {
		async *read(file, context) {
			let batch: SourceLine[] = [];
			let bytesRead = 0;
			async function* bytes(of: ImportFile): AsyncGenerator<Buffer> {
				for await (const piece of bytesOf(of)) {
					bytesRead = piece.read;
					yield piece.bytes;
				}
			}
			for await (const record of csvRecords(file.path, bytes(file))) {
				checkColumns(file.path, label, columns, record);
				const get = (column: string): string => record.values.get(column) ?? '';
				const found = read(get);
				const id = found === 'no_page' ? undefined : found.id;
				batch.push({
					number: record.line,
					text: id ?? [...record.values.values()].join('\u001f'),
					read: bytesRead,
					outcome: found === 'no_page' ? { skip: 'no_page' } : outcomeOf(found, context)
				});
				if (batch.length < LINES_A_BATCH) continue;
				yield batch;
				batch = [];
			}
			yield batch;
		}
	};
}

function checkColumns(
	path: string,
	label: string,
	columns: readonly string[],
	{ values }: CsvRecord
): void {
	const missing = columns.filter((column) => !values.has(column));
	if (missing.length > 0)
		throw new Failure(
			'bad_file',
			`${path}:1: this is no ${label}: the header has no ${missing.map((name) => `"${name}"`).join(', ')}.`
		);
}

function outcomeOf(found: ForeignEvent, { site, visitors }: EventContext): Outcome {
	if (Number.isNaN(found.ts)) return { unreadable: 'no time that can be read' };
	if (found.session === '') return { unreadable: 'no session' };
	if (found.isBot === true) return { skip: 'bot' };
	const day = localDay(site.zone, found.ts);
	const url = URL.parse(found.target, `https://${site.domain}`);
	return {
		event: {
			ts: found.ts,
			day,
			hour: localHour(site.zone, found.ts),
			visitor: visitors.identify(site.id, day, { ip: '0.0.0.0', userAgent: found.session }),
			name: found.name,
			page: canonicalPath(found.target),
			hostname: site.domain,
			...(found.name === 'pageview'
				? describeSource({
						params: url?.searchParams ?? new URLSearchParams(),
						referrer: found.referrer,
						ownHosts: [site.domain]
					})
				: {}),
			...found.agent,
			country: found.country
		}
	};
}
