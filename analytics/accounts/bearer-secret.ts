import { createHash, randomBytes } from 'node:crypto';

/** What only its bearer knows: here only its digest is kept, and a beginning to recognise it by. */
export interface Secret {
	/** Shown once and never again. */
	readonly text: string;
	readonly digest: Buffer;
	readonly prefix: string;
}

const PREFIX_LENGTH = 4;

/**
 * A new secret of so many random bytes behind a mark that says what it is. The prefix that is kept has 24 of its bits,
 * so at least 160 have to be left.
 */
export function newSecret(
	mark: string,
	bytes: number,
	random: (size: number) => Buffer = randomBytes
): Secret {
	const text = mark + random(bytes).toString('base64url');
	return { text, digest: digestOf(text), prefix: text.slice(0, mark.length + PREFIX_LENGTH) };
}

/** SHA-256. No salt and no slow hash: nobody guesses 128 random bits. */
export function digestOf(secret: string): Buffer {
	return createHash('sha256').update(secret).digest();
}
