import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Guards the first account: only who reads the terminal can make it. */
export interface SetUp {
	/** The token to print; null once somebody owns the installation. It lives as long as the process. */
	readonly token: () => string | null;
	/** Whether a token is the one printed, and nobody owns the installation yet. */
	readonly accepts: (token: string) => boolean;
	/**
	 * Makes the owner, for one bearer of the token at a time: undefined where the token is not, or no longer, good. After
	 * a failure the token is good again.
	 */
	readonly claim: <T>(token: string, make: () => Promise<T>) => Promise<T | undefined>;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

export function openSetUp(isClaimed: () => boolean): SetUp {
	const token = randomBytes(16).toString('base64url');
	let isMaking = false;
	const accepts = (given: string): boolean =>
		!isMaking && !isClaimed() && timingSafeEqual(digest(given), digest(token));
	return {
		token: () => (isClaimed() ? null : token),
		accepts,
		claim: async (given, make) => {
			if (!accepts(given)) return undefined;
			isMaking = true;
			try {
				return await make();
			} finally {
				isMaking = false;
			}
		}
	};
}
