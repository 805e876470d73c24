import { basename } from 'node:path';
import type { Agent } from '../enrich/device.ts';
import { describeSource } from '../enrich/source.ts';
import { Failure } from '../failure.ts';
import { canonicalPath } from '../posts/canonical-path.ts';
import { localDay, localHour } from '../time/local.ts';
import { csvRecords, type CsvRecord } from './csv-records.ts';
import type {
	ClientFields,
	EventContext,
	EventSource,
	Outcome,
	SourceLine
} from './event-source.ts';
import { bytesOnly, isZip, type ImportFile } from './import-file.ts';
import { openZipParts, type ZipPart } from './zip-entries.ts';

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

export interface BesideCsv {
	/** Its name inside a ZIP file. */
	readonly part: string;
	readonly columns: readonly string[];
	/** The column that both have. */
	readonly key: string;
}

/** A tool's CSV of single events. */
export interface VisitCsv {
	readonly label: string;
	/** Columns without which it is not that tool's file. */
	readonly columns: readonly string[];
	/** What a column is called here, where versions call it differently. */
	readonly columnName?: (given: string) => string;
	/** The file's name inside a ZIP file. */
	readonly part?: string;
	/** A file that may come with it, whose columns stand in where the event's own are empty. */
	readonly beside?: BesideCsv;
	readonly read: (get: (column: string) => string) => ForeignEvent | 'no_page';
}

type Records = AsyncIterable<CsvRecord>;
type Beside = ReadonlyMap<string, ReadonlyMap<string, string>>;

export function visitCsvSource(csv: VisitCsv): EventSource {
	const { label, columns, columnName = (given) => given, read, beside } = csv;
	return {
		isBeside: async (file) => beside !== undefined && (await isBeside(file, columns, beside)),
		async *read(file, context, besides) {
			let batch: SourceLine[] = [];
			let bytesRead = 0;
			const onRead = (bytes: number): void => {
				bytesRead = bytes;
			};
			const { events, others, close } = await openCsv(file, csv, onRead);
			try {
				const known = await besideOf(beside, [
					...others,
					...besides.map((each) => csvRecords(each.path, bytesOnly(each)))
				]);
				for await (const record of events) {
					const values =
						csv.columnName === undefined
							? record.values
							: new Map([...record.values].map(([name, value]) => [columnName(name), value]));
					checkColumns(file.path, label, columns, { ...record, values });
					const more = known.get(values.get(beside?.key ?? '') ?? '');
					const get = (column: string): string => plain(values.get(column) || more?.get(column));
					const found = read(get);
					const id = found === 'no_page' ? undefined : found.id;
					batch.push({
						number: record.line,
						text: id ?? [...values.values()].join('\u001f'),
						read: bytesRead,
						outcome: found === 'no_page' ? { skip: 'no_page' } : outcomeOf(found, context)
					});
					if (batch.length < LINES_A_BATCH) continue;
					yield batch;
					batch = [];
				}
				yield batch;
			} finally {
				close();
			}
		}
	};
}

/** Exports guard a spreadsheet from what it would take for a formula by an apostrophe. */
function plain(value = ''): string {
	return /^'[=+\-@\t\r]/.test(value) ? value.slice(1) : value;
}

interface OpenedCsv {
	readonly events: Records;
	readonly others: readonly Records[];
	readonly close: () => void;
}

/** The file itself, or the parts of a ZIP file that count. */
async function openCsv(
	file: ImportFile,
	{ label, part, beside }: VisitCsv,
	onRead: (bytes: number) => void
): Promise<OpenedCsv> {
	if (part === undefined || !(await isZip(file)))
		return {
			events: csvRecords(file.path, bytesOnly(file, onRead)),
			others: [],
			close: () => undefined
		};
	const zip = await openZipParts(file.path);
	const named = (name: string) => zip.parts.filter((each) => basename(each.name) === name);
	const recordsOf = async (found: ZipPart): Promise<Records> =>
		csvRecords(`${file.path}/${found.name}`, await found.bytes());
	try {
		const [found] = named(part);
		if (found === undefined)
			throw new Failure('bad_file', `${file.path} is no ${label}: it holds no ${part}.`);
		const others = await Promise.all(named(beside?.part ?? '').map(recordsOf));
		return { events: await recordsOf(found), others, close: zip.close };
	} catch (thrown) {
		zip.close();
		throw thrown;
	}
}

/** What files beside the events say, by the key that both have. */
async function besideOf(beside: BesideCsv | undefined, files: readonly Records[]): Promise<Beside> {
	const known = new Map<string, ReadonlyMap<string, string>>();
	for (const records of files)
		for await (const { values } of records) {
			const kept = (beside?.columns ?? []).map((name) => [name, values.get(name) ?? ''] as const);
			known.set(values.get(beside?.key ?? '') ?? '', new Map(kept));
		}
	return known;
}

/** Whether a file is the one that comes with the events, by its header. */
async function isBeside(
	file: ImportFile,
	columns: readonly string[],
	beside: BesideCsv
): Promise<boolean> {
	if (await isZip(file)) return false;
	const records = csvRecords(file.path, bytesOnly(file));
	const first = await records.next();
	await records.return(undefined);
	if (first.done === true) return false;
	const { values } = first.value;
	return (
		beside.columns.every((column) => values.has(column)) &&
		!columns.every((column) => values.has(column))
	);
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

function outcomeOf(found: ForeignEvent, { site, visitors, keepParams }: EventContext): Outcome {
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
			page: canonicalPath(found.target, { keepParams }),
			origin: JSON.stringify(
				found.name === 'pageview'
					? describeSource({
							params: url?.searchParams ?? new URLSearchParams(),
							referrer: found.referrer,
							ownHosts: [site.domain]
						})
					: {}
			),
			client: JSON.stringify({
				hostname: site.domain,
				...found.agent,
				country: found.country
			} satisfies ClientFields)
		}
	};
}
