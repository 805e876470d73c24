import { describeAgent } from '../enrich/device.ts';
import { describeSource } from '../enrich/source.ts';
import { localDay, localHour } from '../time/local.ts';
import { pageOf, type LogHit } from './access-log-line.ts';
import type { EventContext, EventSource, Outcome } from './event-source.ts';
import { linesOf, MAX_LINE, type FileLine } from './lines-of.ts';
import { detectLog, LOG_FORMATS, LOOKED_AT } from './log-formats.ts';
import type { LogParser } from './w3c-log.ts';

const NO_PARAMS = new URLSearchParams();

/** Access logs of a format by name, or of any that the file turns out to be. */
export function logSource(name: string): EventSource {
	return {
		async *read(file, context) {
			let parse: LogParser | null = null;
			let beginning: FileLine[] = [];
			const begin = (): LogParser =>
				LOG_FORMATS[
					detectLog(
						name,
						file.path,
						beginning.slice(0, LOOKED_AT).map(({ line }) => line)
					)
				].open();
			const read = (lines: readonly FileLine[], parser: LogParser) =>
				lines.map(({ line, number, read: bytes }) => ({
					number,
					text: line,
					read: bytes,
					outcome: outcomeOf(line, parser, context)
				}));
			for await (const lines of linesOf(file)) {
				if (parse !== null) {
					yield read(lines, parse);
					continue;
				}
				beginning.push(...lines);
				if (beginning.length < LOOKED_AT) continue;
				parse = begin();
				yield read(beginning, parse);
				beginning = [];
			}
			if (parse === null) yield read(beginning, begin());
		}
	};
}

function outcomeOf(line: string, parse: LogParser, context: EventContext): Outcome {
	if (line === '') return null;
	if (line.length > MAX_LINE) return { unreadable: 'longer than 64 kB' };
	const parsed = parse(line);
	if (parsed === null) return null;
	if (!parsed.ok) return { unreadable: parsed.reason };
	const page = pageOf(parsed.hit, context.isKnownPost, context.keepParams);
	return 'skip' in page ? page : { event: eventOf(parsed.hit, page.path, context) };
}

function eventOf(
	{ ip, ts, target, referrer, userAgent }: LogHit,
	page: string,
	{ site, visitors, countries }: EventContext
): Extract<Outcome, { event: unknown }>['event'] {
	const day = localDay(site.zone, ts);
	const mark = target.indexOf('?');
	return {
		ts,
		day,
		hour: localHour(site.zone, ts),
		visitor: visitors.identify(site.id, day, { ip, userAgent: userAgent ?? '' }),
		name: 'pageview',
		page,
		hostname: site.domain,
		...describeSource({
			params: mark === -1 ? NO_PARAMS : new URLSearchParams(target.slice(mark + 1)),
			referrer,
			ownHosts: [site.domain]
		}),
		...describeAgent(userAgent),
		country: countries.lookup(ip)
	};
}
