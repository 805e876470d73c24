import { createHash, randomBytes } from 'node:crypto';

/** A link's secret, of which only the hash is kept. */
export function newToken(): { readonly token: string; readonly hash: string } {
	const token = randomBytes(16).toString('base64url');
	return { token, hash: hashOfToken(token) };
}

/** 128 random bits need no slow hash. */
export function hashOfToken(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}
