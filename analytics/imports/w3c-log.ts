import type { ParsedLogLine } from './access-log-line.ts';

const TIME = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d+)?$/;
const FIELDS = '#Fields:';
const NEEDED = ['date', 'time', 'c-ip', 'cs-method', 'cs-uri-stem'];

/** Reads one line; null for a directive or comment, which begins with `#`. */
export type LogParser = (line: string) => ParsedLogLine | null;

/**
 * A parser of the W3C extended format, as IIS (fields apart by spaces, `+` for a space) and CloudFront (by tabs,
 * percent-encoded) write it. Each `#Fields:` line changes what the lines after it mean. Times are UTC.
 */
export function openW3cLog(): LogParser {
	let fields: ReadonlyMap<string, number> | null = null;
	let missing: readonly string[] = [];

	return (line) => {
		if (line.startsWith('#')) {
			if (line.startsWith(FIELDS)) {
				const names = line.slice(FIELDS.length).trim().split(/\s+/);
				fields = new Map(names.map((name, at) => [name.toLowerCase(), at]));
				missing = NEEDED.filter((name) => !names.includes(name));
			}
			return null;
		}
		if (fields === null) return failed('no #Fields line before it');
		if (missing.length > 0) return failed(`#Fields names no ${missing.join(', ')}`);
		const known = fields;
		const isTabbed = line.includes('\t');
		const values = line.split(isTabbed ? '\t' : ' ');
		if (values.length < known.size)
			return failed(`${values.length} fields where #Fields names ${known.size}`);
		const raw = (name: string): string | undefined => {
			const value = values[known.get(name) ?? -1];
			return value === undefined || value === '-' || value === '' ? undefined : value;
		};
		const text = (name: string): string | undefined => {
			const value = raw(name);
			return value === undefined
				? undefined
				: isTabbed
					? decoded(decoded(value))
					: value.replaceAll('+', ' ');
		};
		const time = `${raw('date') ?? ''} ${raw('time') ?? ''}`;
		const ts = TIME.test(time) ? Date.parse(`${time.replace(' ', 'T')}Z`) : Number.NaN;
		if (Number.isNaN(ts)) return failed(`not a time: ${JSON.stringify(time.slice(0, 30))}`);
		const ip = (text('x-forwarded-for') ?? raw('c-ip') ?? '').split(',', 1)[0]?.trim() ?? '';
		if (ip === '') return failed('no client address');
		const status = Number(raw('sc-status') ?? 0);
		if (!Number.isInteger(status))
			return failed(`not a status: ${JSON.stringify(raw('sc-status'))}`);
		const query = raw('cs-uri-query');
		return {
			ok: true,
			hit: {
				ip,
				ts: Math.floor(ts / 1000) * 1000,
				method: raw('cs-method') ?? '',
				target: `${raw('cs-uri-stem') ?? ''}${query === undefined ? '' : `?${query}`}`,
				// CloudFront writes 000 where the reader left before an answer.
				status,
				referrer: text('cs(referer)'),
				userAgent: text('cs(user-agent)'),
				agentLogged: known.has('cs(user-agent)')
			}
		};
	};
}

function failed(reason: string): ParsedLogLine {
	return { ok: false, reason };
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
