import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { domainToASCII } from 'node:url';
import { getDomain } from 'tldts';
import { messageOf, systemCode } from '../failure.ts';
import { REFERRER_SPAM_HOSTS } from './referrer-spam-hosts.ts';

/** Tells whether a referrer is one that only advertises itself. */
export interface ReferrerSpam {
	/** Whether a host or a domain above it is listed; see `referrerNames`. */
	readonly has: (names: readonly string[]) => boolean;
	/** Reads the operator's file anew where it changed. */
	readonly refresh: () => void;
}

interface Line {
	readonly number: number;
	readonly text: string;
}

const REPORTED_LINES = 10;
const REPORTED_CHARACTERS = 80;

/**
 * The built-in list and the one in `file`: one domain a line, `#` begins a comment. No file is an empty one. A line
 * that is no domain is reported and skipped; while the file cannot be read, what it held before stays in force.
 */
export function openReferrerSpam(file: string, onTrouble: (message: string) => void): ReferrerSpam {
	let own: ReadonlySet<string> = new Set();
	let version: string | null = '';
	let told = '';

	function refresh(): void {
		try {
			const stat = statSync(file, { throwIfNoEntry: false });
			const found = stat === undefined ? '' : `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
			if (found === version) return;
			own = stat === undefined ? new Set() : readList(file, onTrouble);
			version = found;
			told = '';
		} catch (thrown) {
			version = null;
			const reason = systemCode(thrown) ?? messageOf(thrown);
			if (reason !== told) onTrouble(`${basename(file)} cannot be read: ${reason}.`);
			told = reason;
		}
	}

	refresh();
	return {
		has: (names) => names.some((name) => REFERRER_SPAM_HOSTS.has(name) || own.has(name)),
		refresh
	};
}

function readList(file: string, onTrouble: (message: string) => void): ReadonlySet<string> {
	const domains = new Set<string>();
	const wrong: Line[] = [];
	readFileSync(file, 'utf8')
		.replace(/^\ufeff/, '')
		.split(/\r\n|\r|\n/)
		.forEach((line, index) => {
			const text = line.replace(/#.*/, '').trim();
			if (text === '') return;
			const domain = domainOf(text);
			if (domain === null) wrong.push({ number: index + 1, text });
			else domains.add(domain);
		});
	for (const { number, text } of wrong.slice(0, REPORTED_LINES))
		onTrouble(
			`${basename(file)}, line ${number}: ${JSON.stringify(text.slice(0, REPORTED_CHARACTERS))} is no domain such as spam.example; it is skipped.`
		);
	const more = wrong.length - REPORTED_LINES;
	if (more > 0) onTrouble(`${basename(file)}: ${more} more lines are no domain and skipped.`);
	return domains;
}

/** As referrers name it: lower-case ASCII without `www.`. Null for what is no domain, or a suffix such as `co.uk`. */
function domainOf(text: string): string | null {
	const host = domainToASCII(text.toLowerCase().replace(/\.$/, ''));
	const name = host.startsWith('www.') ? host.slice(4) : host;
	return name.length <= 253 && DOMAIN.test(name) && getDomain(name) !== null ? name : null;
}

const DOMAIN = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}$/;
