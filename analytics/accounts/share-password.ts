import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** 16 MB and some 50 ms a try. */
const COST = { N: 16_384, r: 8, p: 1 } as const;
const SALT_BYTES = 16;
const KEY_BYTES = 32;

/** A salt and scrypt of the password with it. */
export async function hashPassword(password: string): Promise<Buffer> {
	const salt = randomBytes(SALT_BYTES);
	return Buffer.concat([salt, await derive(password, salt)]);
}

export async function isPassword(password: string, hash: Uint8Array): Promise<boolean> {
	const expected = hash.subarray(SALT_BYTES);
	const given = await derive(password, hash.subarray(0, SALT_BYTES));
	return expected.length === given.length && timingSafeEqual(expected, given);
}

/** What a browser that gave the password is known by; another password makes another. */
export function proofOf(hash: Uint8Array): string {
	return createHmac('sha256', hash).update('guest').digest('base64url');
}

export function isProof(proof: string, hash: Uint8Array): boolean {
	const expected = Buffer.from(proofOf(hash));
	const given = Buffer.from(proof);
	return expected.length === given.length && timingSafeEqual(expected, given);
}

function derive(password: string, salt: Uint8Array): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		scrypt(password.normalize('NFKC'), salt, KEY_BYTES, COST, (error, key) => {
			if (error === null) resolve(key);
			else reject(error);
		});
	});
}
