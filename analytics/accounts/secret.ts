import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Failure } from '../failure.ts';

const BYTES = 32;

/** The secret that signs cookies and encrypts what two-factor needs; made, for its owner alone, at the first start. */
export function readSecret(file: string): string {
	if (!existsSync(file))
		writeFileSync(file, randomBytes(BYTES).toString('base64url'), { mode: 0o600, flag: 'wx' });
	chmodSync(file, 0o600);
	const secret = readFileSync(file, 'utf8').trim();
	if (Buffer.from(secret, 'base64url').length < BYTES)
		throw new Failure(
			'bad_file',
			`${basename(file)} in it is damaged; without that file it opens, and everybody has to sign in anew`
		);
	return secret;
}
