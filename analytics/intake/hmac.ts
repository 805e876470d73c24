import { hash } from 'node:crypto';

const BLOCK = 64;

/** HMAC-SHA-256 under one key, as hexadecimal digits. */
export type Hmac = (message: string) => string;

/**
 * Prepares a key of at most 64 bytes (RFC 2104: H(key^opad, H(key^ipad, message))). Node's `createHmac` builds a key
 * object on every call, which took 70 of the 90 microseconds of an event.
 */
export function hmacWith(key: Buffer): Hmac {
	if (key.length > BLOCK) throw new RangeError('The key is longer than a block.');
	const inner = pad(key, 0x36);
	const outer = Buffer.concat([pad(key, 0x5c), Buffer.alloc(32)]);
	return (message) => {
		const digest = hash('sha256', Buffer.concat([inner, Buffer.from(message)]), 'buffer');
		digest.copy(outer, BLOCK);
		return hash('sha256', outer, 'hex');
	};
}

function pad(key: Buffer, byte: number): Buffer {
	const padded = Buffer.alloc(BLOCK, byte);
	for (const [index, value] of key.entries()) padded[index] = value ^ byte;
	return padded;
}
