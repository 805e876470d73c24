import { describeAgent } from '../enrich/device.ts';
import { openBoundedCache } from '../enrich/bounded-cache.ts';
import { describeSource } from '../enrich/source.ts';
import { localDay, localHour } from '../time/local.ts';
import { pageOf } from './access-log-line.ts';
import type { EventContext, EventParts, EventSource, Outcome } from './event-source.ts';
import { linesOf, MAX_LINE, type FileLine } from './lines-of.ts';
import { detectLog, LOG_FORMATS, LOOKED_AT } from './log-formats.ts';
import type { LogParser } from './w3c-log.ts';

const NO_PARAMS = new URLSearchParams();
/** Readers, and referrers, that are remembered. */
const RECENT = 1_024;

/** Access logs of a format by name, or of any that the file turns out to be. */
export function logSource(name: string): EventSource {
	return {
		async *read(file, context) {
			let parse: LogParser | null = null;
			const shared = openSharedTexts(context);
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
					outcome: outcomeOf(line, parser, context, shared)
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

/** The JSON of what hits have in common, without braces. */
interface SharedTexts {
	/** Of where a hit came from. */
	readonly origin: (target: string, referrer: string | undefined) => string;
	/** Of who came, on a day. */
	readonly reader: (day: string, ip: string, userAgent: string | undefined) => string;
}

function openSharedTexts({ site, visitors, countries }: EventContext): SharedTexts {
	const ownHosts = [site.domain];
	const origins = openBoundedCache<string>(RECENT);
	const readers = openBoundedCache<string>(RECENT);
	const originOf = (params: URLSearchParams, referrer: string): string =>
		fieldsOf(describeSource({ params, referrer, ownHosts }));
	const direct = (referrer: string): string => originOf(NO_PARAMS, referrer);
	return {
		// Without parameters only the referrer tells.
		origin: (target, referrer = '') => {
			const mark = target.indexOf('?');
			return mark === -1
				? origins.get(referrer, direct)
				: originOf(new URLSearchParams(target.slice(mark + 1)), referrer);
		},
		reader: (day, ip, userAgent = '') =>
			readers.get(`${day} ${ip} ${userAgent}`, () =>
				fieldsOf({
					visitor: visitors.identify(site.id, day, { ip, userAgent }),
					hostname: site.domain,
					...describeAgent(userAgent),
					country: countries.lookup(ip)
				})
			)
	};
}

function fieldsOf(parts: Partial<EventParts>): string {
	return JSON.stringify(parts).slice(1, -1);
}

function outcomeOf(
	line: string,
	parse: LogParser,
	context: EventContext,
	shared: SharedTexts
): Outcome {
	if (line === '') return null;
	if (line.length > MAX_LINE) return { unreadable: 'longer than 64 kB' };
	const parsed = parse(line);
	if (parsed === null) return null;
	if (!parsed.ok) return { unreadable: parsed.reason };
	const { hit } = parsed;
	const page = pageOf(hit, context.isKnownPost, context.keepParams);
	if ('skip' in page) return page;
	const { zone } = context.site;
	const day = localDay(zone, hit.ts);
	return {
		event: { ts: hit.ts, day, hour: localHour(zone, hit.ts), name: 'pageview', page: page.path },
		rest: `${shared.reader(day, hit.ip, hit.userAgent)},${shared.origin(hit.target, hit.referrer)}`
	};
}
