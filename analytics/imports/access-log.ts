import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import type { Countries } from '../enrich/country.ts';
import { describeAgent } from '../enrich/device.ts';
import { describeSource } from '../enrich/source.ts';
import type { Event } from '../events/event.ts';
import { Failure, messageOf } from '../failure.ts';
import type { Visitors } from '../intake/salts.ts';
import type { Site } from '../posts/site.ts';
import { localDay, localHour } from '../time/local.ts';
import { pageOf, parseLogLine, type LogHit, type LogSkip } from './access-log-line.ts';

const LISTED_ERRORS = 20;
const CHUNK_LINES = 5_000;
const MAX_LINE = 64 * 1024;

/** What an import did, and why lines were left out. */
export interface ImportSummary {
	lines: number;
	pageViews: number;
	readonly skipped: Partial<Record<LogSkip, number>>;
	unreadable: number;
	/** The first 20 lines that could not be read. */
	readonly errors: { readonly file: string; readonly line: number; readonly reason: string }[];
}

export interface AccessLogImport {
	readonly files: readonly string[];
	readonly site: Site;
	readonly visitors: Visitors;
	readonly countries: Countries;
	readonly isKnownPost: (path: string) => boolean;
	/** Epoch milliseconds. */
	readonly now: number;
	/** Hears of lines read since the last call and the share of all bytes read so far. */
	readonly onProgress: (lines: number, share: number) => void;
}

export function emptySummary(): ImportSummary {
	return { lines: 0, pageViews: 0, skipped: {}, unreadable: 0, errors: [] };
}

/**
 * Page views of combined or common access logs, plain or gzip, as journal lines in chunks. Lines may be out of order.
 * A line's identity is its text and how often that text came before in its file, so that importing a file again, or
 * an overlapping one, changes nothing.
 * @throws Failure `bad_file` for a file that cannot be read.
 */
export async function* readAccessLogs(
	options: AccessLogImport,
	summary: ImportSummary
): AsyncGenerator<readonly string[]> {
	const sizes = await Promise.all(options.files.map(sizeOf));
	const totalBytes = Math.max(
		1,
		sizes.reduce((sum, size) => sum + size, 0)
	);
	let bytesBefore = 0;
	let chunk: string[] = [];
	for (const [index, file] of options.files.entries()) {
		const seen = new Map<string, number>();
		let number = 0;
		for await (const { line, bytesRead } of linesOf(file)) {
			number += 1;
			summary.lines += 1;
			if (number % 10_000 === 0) options.onProgress(10_000, (bytesBefore + bytesRead) / totalBytes);
			if (line === '') continue;
			const parsed =
				line.length > MAX_LINE
					? ({ ok: false, reason: 'longer than 64 kB' } as const)
					: parseLogLine(line);
			if (!parsed.ok) {
				summary.unreadable += 1;
				if (summary.errors.length < LISTED_ERRORS)
					summary.errors.push({ file, line: number, reason: parsed.reason });
				continue;
			}
			const page = pageOf(parsed.hit, options.isKnownPost);
			if ('skip' in page) {
				summary.skipped[page.skip] = (summary.skipped[page.skip] ?? 0) + 1;
				continue;
			}
			const text = createHash('md5').update(line).digest('base64');
			const before = seen.get(text) ?? 0;
			seen.set(text, before + 1);
			const importLine = createHash('md5').update(`${text} ${before}`).digest('hex').slice(0, 16);
			summary.pageViews += 1;
			chunk.push(JSON.stringify(eventOf(parsed.hit, page.path, importLine, options)));
			if (chunk.length >= CHUNK_LINES) {
				yield chunk;
				chunk = [];
			}
		}
		bytesBefore += sizes[index] ?? 0;
	}
	if (chunk.length > 0) yield chunk;
}

function eventOf(
	{ ip, ts, target, referrer, userAgent }: LogHit,
	page: string,
	importLine: string,
	{ site, visitors, countries, now }: AccessLogImport
): Event {
	const day = localDay(site.zone, ts);
	const url = URL.parse(target, `https://${site.domain}`);
	const country = countries.lookup(ip);
	return {
		id: importLine,
		importLine,
		site: site.id,
		ts,
		received: now,
		day,
		hour: localHour(site.zone, ts),
		visitor: visitors.identify(site.id, day, { ip, userAgent: userAgent ?? '' }),
		name: 'pageview',
		page,
		hostname: site.domain,
		...describeSource({
			params: url?.searchParams ?? new URLSearchParams(),
			referrer,
			ownHosts: [site.domain]
		}),
		...describeAgent(userAgent),
		...(country === undefined ? {} : { country })
	};
}

async function sizeOf(file: string): Promise<number> {
	try {
		const handle = await open(file);
		try {
			const stat = await handle.stat();
			if (!stat.isFile()) throw new Failure('bad_file', `${file} is no file.`);
			return stat.size;
		} finally {
			await handle.close();
		}
	} catch (thrown) {
		if (thrown instanceof Failure) throw thrown;
		throw new Failure('bad_file', `${file} cannot be read: ${messageOf(thrown)}`);
	}
}

/** Lines of a file without their ends, each with the file's bytes read so far; gzip is seen by its first bytes. */
async function* linesOf(file: string): AsyncGenerator<{ line: string; bytesRead: number }> {
	const handle = await open(file);
	const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
	await handle.close();
	const isGzip = buffer[0] === 0x1f && buffer[1] === 0x8b;
	const source = createReadStream(file, { highWaterMark: 1 << 18 });
	const stream = isGzip ? source.pipe(createGunzip()) : source;
	if (isGzip) source.on('error', (error) => stream.destroy(error));
	let rest = '';
	const decoder = new TextDecoder();
	try {
		for await (const bytes of stream as AsyncIterable<Buffer>) {
			const parts = (rest + decoder.decode(bytes, { stream: true })).split('\n');
			rest = parts.pop() ?? '';
			for (const part of parts)
				yield { line: part.endsWith('\r') ? part.slice(0, -1) : part, bytesRead: source.bytesRead };
			if (rest.length > MAX_LINE) rest = rest.slice(0, MAX_LINE + 1);
		}
	} catch (thrown) {
		throw new Failure('bad_file', `${file} cannot be read to its end: ${messageOf(thrown)}`);
	}
	if (rest !== '') yield { line: rest, bytesRead: source.bytesRead };
}
