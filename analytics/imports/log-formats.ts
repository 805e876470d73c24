import { Failure } from '../failure.ts';
import { parseLogLine } from './access-log-line.ts';
import { parseCaddyLine } from './caddy-line.ts';
import { MAX_LINE } from './lines-of.ts';
import { openW3cLog, type LogParser } from './w3c-log.ts';

/** Access logs by the name that a command gives them. */
export const LOG_FORMATS = {
	combined: { label: 'combined or common log of Apache or nginx', open: () => parseLogLine },
	caddy: { label: 'JSON log of Caddy', open: () => parseCaddyLine },
	iis: { label: 'W3C log of IIS', open: openW3cLog },
	cloudfront: { label: 'standard log of CloudFront', open: openW3cLog }
} as const satisfies Record<string, { readonly label: string; readonly open: () => LogParser }>;

export type LogFormatId = keyof typeof LOG_FORMATS;

const NAMES: Readonly<Record<string, LogFormatId | 'any'>> = {
	'access-log': 'any',
	combined: 'combined',
	common: 'combined',
	apache: 'combined',
	nginx: 'combined',
	caddy: 'caddy',
	iis: 'iis',
	cloudfront: 'cloudfront'
};

/** Names of access logs that a command may give. */
export const LOG_NAMES: readonly string[] = Object.keys(NAMES);

/** What the beginning of a log must be for it to be taken: as many lines are looked at. */
export const LOOKED_AT = 200;

/**
 * The format of a log by its first lines: the named one, or the first that reads any of them.
 * @throws Failure `bad_file` where none does: the file is something else.
 */
export function detectLog(name: string, path: string, lines: readonly string[]): LogFormatId {
	const named = NAMES[name];
	const all: readonly LogFormatId[] = ['combined', 'caddy', 'iis', 'cloudfront'];
	const candidates = named === undefined || named === 'any' ? all : [named];
	let reason = 'it holds no line';
	let at = 0;
	for (const candidate of candidates) {
		const parse: LogParser = LOG_FORMATS[candidate].open();
		for (const [index, line] of lines.entries()) {
			if (line === '') continue;
			const parsed =
				line.length > MAX_LINE
					? ({ ok: false, reason: 'longer than 64 kB' } as const)
					: parse(line);
			if (parsed?.ok === true) {
				const isTabbed = candidate === 'iis' && line.includes('\t');
				return named === 'any' && isTabbed ? 'cloudfront' : candidate;
			}
			if (parsed !== null && at === 0) {
				at = index + 1;
				reason = parsed.reason;
			}
		}
	}
	throw new Failure(
		'bad_file',
		`${path}:${Math.max(1, at)}: this is no ${candidates.map((id) => LOG_FORMATS[id].label).join(', ')}: ${reason}.`
	);
}
