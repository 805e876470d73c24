/** Who owns the installations that tests start. */
export const OWNER = {
	name: 'Olive Owner',
	email: 'olive@example.com',
	password: 'a long enough password'
} as const;

const SET_UP = /\/setup\?token=([\w-]+)/;

/** Sends a form as a browser does; redirects are not followed. */
export const sendForm = (
	url: string,
	fields: Readonly<Record<string, string>>,
	cookie = ''
): Promise<Response> =>
	fetch(url, {
		method: 'POST',
		redirect: 'manual',
		headers: {
			accept: 'text/html',
			'content-type': 'application/x-www-form-urlencoded',
			origin: new URL(url).origin,
			cookie
		},
		body: new URLSearchParams(fields).toString()
	});

/** What a browser would send back of the cookies of an answer. */
export const cookieOf = (answer: Response): string =>
	answer.headers
		.getSetCookie()
		.filter((line) => !/;\s*max-age=0\b/i.test(line))
		.map((line) => line.split(';', 1)[0])
		.join('; ');

/** The token that a server prints for its set-up: what a process prints arrives when it likes. */
export const printedToken = async (stderr: () => string): Promise<string> => {
	const deadline = Date.now() + 10_000;
	while (Date.now() < deadline) {
		const token = SET_UP.exec(stderr())?.[1];
		if (token !== undefined) return token;
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	throw new Error('The server printed no token to set it up with.');
};

/**
 * Makes the owner's account of a fresh installation by its own form, or signs the owner in where the account is there,
 * and answers the session's cookie: an empty one where nobody needs any.
 */
const ownerCookie = async (url: string, stderr: () => string): Promise<string> => {
	const asked = await fetch(`${url}/sign-in`, { redirect: 'manual' });
	const leadsTo = asked.headers.get('location');
	if (leadsTo === '/') return '';
	const answer =
		leadsTo === '/setup'
			? await sendForm(`${url}/setup`, {
					...OWNER,
					token: await printedToken(stderr)
				})
			: await sendForm(`${url}/sign-in?/password`, {
					email: OWNER.email,
					password: OWNER.password
				});
	if (answer.status !== 303)
		throw new Error(`The owner was not let in: ${answer.status} ${await answer.text()}`);
	return cookieOf(answer);
};

const sessions = new Map<string, () => Promise<string>>();

/** Keeps an owner's session for a server, from the first time that somebody needs it. */
export const keepSession = (url: string, stderr: () => string): (() => Promise<string>) => {
	let cookie: Promise<string> | null = null;
	const session = (): Promise<string> => (cookie ??= ownerCookie(url, stderr));
	sessions.set(url, session);
	return session;
};

/** What readers and their blogs ask for: no cookie belongs there. */
const READERS = /^\/(health$|js\/|count\b|api\/(event|send|batch)\b)/;

/** The cookie to ask for an address with: that of the owner, where it is a screen or the API of a server that a test started. */
export const sessionFor = async (address: string): Promise<string> => {
	if (!URL.canParse(address)) return '';
	const { origin, pathname } = new URL(address);
	return READERS.test(pathname) ? '' : ((await sessions.get(origin)?.()) ?? '');
};
