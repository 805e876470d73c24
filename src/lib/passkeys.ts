/** Whether this browser can work with passkeys on this page: it needs https, or localhost. */
export function hasPasskeys(): boolean {
	return (
		typeof PublicKeyCredential !== 'undefined' &&
		'parseRequestOptionsFromJSON' in PublicKeyCredential &&
		'parseCreationOptionsFromJSON' in PublicKeyCredential
	);
}

/** Sends JSON and answers JSON. @throws Error with what the server says is wrong. */
export async function askJson(
	path: string,
	body: object
): Promise<Readonly<Record<string, unknown>>> {
	const answer = await fetch(path, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body)
	});
	const told: unknown = await answer.json();
	if (!isRecord(told)) throw new Error('The server gave no answer.');
	if (answer.ok) return told;
	const errors: readonly unknown[] = Array.isArray(told['errors']) ? told['errors'] : [];
	const first = errors[0];
	throw new Error(
		isRecord(first) && typeof first['message'] === 'string'
			? first['message']
			: 'That did not work.'
	);
}

/** What the browser answers a challenge with, as JSON; null where the person turned it down. */
export async function answerChallenge(
	ask: () => Promise<Credential | null>
): Promise<object | null> {
	try {
		const credential = await ask();
		return credential instanceof PublicKeyCredential ? credential.toJSON() : null;
	} catch (thrown) {
		if (thrown instanceof DOMException && thrown.name === 'NotAllowedError') return null;
		throw thrown;
	}
}

type Challenge = PublicKeyCredentialRequestOptionsJSON & PublicKeyCredentialCreationOptionsJSON;

/** The challenge in an answer of the server; the browser reads what is inside. @throws Error where there is none */
export function challengeIn({ options }: Readonly<Record<string, unknown>>): Challenge {
	if (!isChallenge(options)) throw new Error('The server gave no challenge.');
	return options;
}

function isChallenge(value: unknown): value is Challenge {
	return isRecord(value) && typeof value['challenge'] === 'string';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
