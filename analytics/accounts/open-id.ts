/** How the provider of the settings is called in the tables, and in the address that it leads back to. */
export const OPEN_ID = 'openid';

/** How long a provider may take to say what it is. */
const TIMEOUT_MS = 5_000;

export function discoveryUrl(issuer: string): string {
	return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
}

/** Whether a provider says what it is. better-auth waits for that without an end. */
export async function isThere(issuer: string): Promise<boolean> {
	try {
		const answer = await fetch(discoveryUrl(issuer), { signal: AbortSignal.timeout(TIMEOUT_MS) });
		await answer.body?.cancel();
		return answer.ok;
	} catch {
		return false;
	}
}
