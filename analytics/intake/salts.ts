import { randomBytes } from 'node:crypto';
import {
	chmodSync,
	closeSync,
	existsSync,
	fsyncSync,
	openSync,
	readFileSync,
	renameSync,
	writeSync
} from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { openBoundedCache } from '../enrich/bounded-cache.ts';
import { openBoundedNumbers } from '../enrich/bounded-numbers.ts';
import { Failure } from '../failure.ts';
import { subscriberOf } from './client-address.ts';
import { hmacWith, type Hmac } from './hmac.ts';

/** A salt is destroyed this long after it was made; the promise is 48 hours. */
const LIFE_MS = 47 * 3_600_000;
/** One made further in the future was made by a clock that was wrong, and would outlive the promise. */
const AHEAD_MS = 3_600_000;

const RECENT = 8_192;

const saltFile = z.record(z.string(), z.object({ salt: z.base64(), made: z.number() }));

/** What tells one visitor from another: it is hashed at once and never kept. */
export interface Fingerprint {
	readonly ip: string;
	readonly userAgent: string;
}

interface Identified extends Fingerprint {
	readonly site: number;
	readonly day: string;
	readonly visitor: string;
}

/** Turns fingerprints into visitors of one day. */
export interface Visitors {
	/**
	 * 16 hexadecimal digits: the first 64 bits of HMAC-SHA-256(salt of the day, site, address, User-Agent), an IPv6
	 * address cut to its /64.
	 */
	readonly identify: (site: number, day: string, fingerprint: Fingerprint) => string;
	/** Destroys salts that are past their life. */
	readonly expire: () => void;
}

/** Visitors of live events, of imports, and of events that a program sends later than they happened. */
export interface Salts {
	readonly live: Visitors;
	readonly imported: Visitors;
	/** Those of the live events of a day as long as its salt is there; later those of imports. */
	readonly late: Pick<Visitors, 'identify'>;
	/** Destroys the salts of a site. */
	readonly forget: (site: number) => void;
}

/**
 * Opens the file of daily salts. `use` keeps live events and imports apart: a day read from a log later gets a salt
 * of its own, since the live one is gone by then.
 */
export function openSalts(file: string, now: () => number): Salts {
	const salts = new Map(existsSync(file) ? Object.entries(readSalts(file)) : []);

	const hmacs = new Map<string, Hmac>();
	// A visit is several events within minutes. Only in memory, and no longer than the salts.
	let recent = openBoundedCache<string>(RECENT);
	const numberOf = openBoundedNumbers(RECENT);

	function save(): void {
		const temporary = `${file}.new`;
		const handle = openSync(temporary, 'w', 0o600);
		writeSync(handle, JSON.stringify(Object.fromEntries(salts)));
		fsyncSync(handle);
		closeSync(handle);
		chmodSync(temporary, 0o600);
		renameSync(temporary, file);
	}

	function expire(): void {
		const before = salts.size;
		for (const [name, { made }] of salts)
			if (now() - made > LIFE_MS || made - now() > AHEAD_MS) {
				salts.delete(name);
				hmacs.delete(name);
			}
		if (salts.size === before) return;
		recent = openBoundedCache(RECENT);
		save();
	}

	function hmacOf(name: string): Hmac {
		const ready = hmacs.get(name);
		if (ready !== undefined) return ready;
		let salt = salts.get(name)?.salt;
		if (salt === undefined) {
			salt = randomBytes(16).toString('base64');
			salts.set(name, { salt, made: now() });
			try {
				save();
			} catch (thrown) {
				// A salt that is not on disk would count everyone again after a restart.
				salts.delete(name);
				throw thrown;
			}
		}
		const hmac = hmacWith(Buffer.from(salt, 'base64'));
		hmacs.set(name, hmac);
		return hmac;
	}

	function visitorsOf(use: string): Visitors {
		let last: Identified | null = null;
		return {
			identify: (site, day, { ip, userAgent }) => {
				// A batch is one sender's.
				if (
					last?.site === site &&
					last.day === day &&
					last.ip === ip &&
					last.userAgent === userAgent
				)
					return last.visitor;
				const number = numberOf(userAgent);
				const visitor = recent.get(`${use}|${site}|${day}|${ip}|${number}`, () =>
					hmacOf(`${use}|${site}|${day}`)(`${site}\n${subscriberOf(ip)}\n${userAgent}`).slice(0, 16)
				);
				last = { site, day, ip, userAgent, visitor };
				return visitor;
			},
			expire: () => {
				last = null;
				expire();
			}
		};
	}

	expire();
	const live = visitorsOf('live');
	const imported = visitorsOf('import');
	return {
		live,
		imported,
		late: {
			identify: (site, day, fingerprint) => {
				const visitors = salts.has(`live|${site}|${day}`) ? live : imported;
				return visitors.identify(site, day, fingerprint);
			}
		},
		forget: (site) => {
			for (const name of salts.keys())
				if (name.split('|')[1] === String(site)) {
					salts.delete(name);
					hmacs.delete(name);
				}
			recent = openBoundedCache(RECENT);
			save();
		}
	};
}

function readSalts(file: string): z.infer<typeof saltFile> {
	const text = readFileSync(file, 'utf8');
	try {
		return saltFile.parse(JSON.parse(text));
	} catch (cause) {
		throw new Failure(
			'bad_file',
			`${basename(file)} in it is damaged; without that file it opens, and readers of today count as new`,
			{ cause }
		);
	}
}
