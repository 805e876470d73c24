import { createHmac, randomBytes } from 'node:crypto';
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
import { z } from 'zod';
import { subscriberOf } from './client-address.ts';

/** A salt is destroyed this long after it was made; the promise is 48 hours. */
const LIFE_MS = 47 * 3_600_000;

const saltFile = z.record(z.string(), z.object({ salt: z.base64(), made: z.number() }));

/** What tells one visitor from another: it is hashed at once and never kept. */
export interface Fingerprint {
	readonly ip: string;
	readonly userAgent: string;
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

/**
 * Opens the file of daily salts. `use` keeps live events and imports apart: a day read from a log later gets a salt
 * of its own, since the live one is gone by then.
 */
export function openSalts(
	file: string,
	now: () => number
): { readonly live: Visitors; readonly imported: Visitors } {
	const salts = new Map(
		existsSync(file) ? Object.entries(saltFile.parse(JSON.parse(readFileSync(file, 'utf8')))) : []
	);

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
		for (const [name, { made }] of salts) if (now() - made > LIFE_MS) salts.delete(name);
		if (salts.size < before) save();
	}

	function saltOf(name: string): Buffer {
		const known = salts.get(name);
		if (known !== undefined) return Buffer.from(known.salt, 'base64');
		const salt = randomBytes(16);
		salts.set(name, { salt: salt.toString('base64'), made: now() });
		save();
		return salt;
	}

	const visitors = (use: string): Visitors => ({
		identify: (site, day, { ip, userAgent }) =>
			createHmac('sha256', saltOf(`${use}|${site}|${day}`))
				.update(`${site}\n${subscriberOf(ip)}\n${userAgent}`)
				.digest('hex')
				.slice(0, 16),
		expire
	});

	expire();
	return { live: visitors('live'), imported: visitors('import') };
}
