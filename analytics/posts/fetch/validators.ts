import { createHash } from 'node:crypto';

/** What a server gave to ask later whether something changed. */
export interface Validators {
	readonly etag?: string | undefined;
	readonly lastModified?: string | undefined;
	/** The address that gave them, as a digest: it may hold a key. */
	readonly of: string;
}

const LONGEST = 500;

/**
 * The validators of an answer, or null where it has none that can be relied on: what is dated within a second of its
 * answer may have changed once more under the same date (RFC 9110, 8.8.2.2).
 */
export function validatorsOf(
	headers: Readonly<Record<string, string | undefined>>,
	url: string,
	now: number
): Validators | null {
	const etag = textOf(headers['etag']);
	const dated = textOf(headers['last-modified']);
	const answeredAt = Date.parse(headers['date'] ?? '') || now;
	const isSettled = dated !== undefined && answeredAt - Date.parse(dated) >= 1_000;
	const lastModified = isSettled ? dated : undefined;
	return etag === undefined && lastModified === undefined
		? null
		: { etag, lastModified, of: digestOf(url) };
}

/** The headers that ask an address whether it changed; none where the validators are another's. */
export function conditions(
	validators: Validators | undefined,
	url: string
): Readonly<Record<string, string>> {
	if (validators?.of !== digestOf(url)) return {};
	const { etag, lastModified } = validators;
	return {
		...(etag === undefined ? {} : { 'if-none-match': etag }),
		...(lastModified === undefined ? {} : { 'if-modified-since': lastModified })
	};
}

function textOf(header: string | undefined): string | undefined {
	const text = header?.trim() ?? '';
	return text === '' || text.length > LONGEST ? undefined : text;
}

function digestOf(url: string): string {
	return createHash('sha256').update(url).digest('base64url').slice(0, 22);
}
