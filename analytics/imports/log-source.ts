import { describeAgent } from '../enrich/device.ts';
import { openBoundedCache } from '../enrich/bounded-cache.ts';
import { openBoundedNumbers } from '../enrich/bounded-numbers.ts';
import { describeSource } from '../enrich/source.ts';
import { localDay, localHour } from '../time/local.ts';
import { pageOf } from './access-log-line.ts';
import type {
	ClientFields,
	EventContext,
	EventSource,
	ImportedEvent,
	Outcome
} from './event-source.ts';
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
			const shared = openSharedParts(context);
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

type Reader = Pick<ImportedEvent, 'visitor' | 'client'>;

/** What hits have in common. */
interface SharedParts {
	/** JSON of where a hit came from. */
	readonly origin: (target: string, referrer: string | undefined) => string;
	/** Who came, on a day. */
	readonly reader: (day: string, ip: string, userAgent: string | undefined) => Reader;
}

function openSharedParts({ site, visitors, countries }: EventContext): SharedParts {
	const ownHosts = [site.domain];
	const origins = openBoundedCache<string>(RECENT);
	const readers = openBoundedCache<Reader>(RECENT);
	const numberOf = openBoundedNumbers(RECENT);
	const originOf = (params: URLSearchParams, referrer: string): string =>
		JSON.stringify(describeSource({ params, referrer, ownHosts }));
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
			readers.get(`${numberOf(userAgent)} ${ip} ${day}`, () => ({
				visitor: visitors.identify(site.id, day, { ip, userAgent }),
				client: JSON.stringify({
					hostname: site.domain,
					...describeAgent(userAgent),
					country: countries.lookup(ip)
				} satisfies ClientFields)
			}))
	};
}

function outcomeOf(
	line: string,
	parse: LogParser,
	context: EventContext,
	shared: SharedParts
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
	const { visitor, client } = shared.reader(day, hit.ip, hit.userAgent);
	return {
		event: {
			ts: hit.ts,
			day,
			hour: localHour(zone, hit.ts),
			visitor,
			name: 'pageview',
			page: page.path,
			origin: shared.origin(hit.target, hit.referrer),
			client
		}
	};
}
