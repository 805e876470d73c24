import { z } from 'zod';
import type { AuthOptions, BetterAuth } from './better-auth.ts';
import { isThere, OPEN_ID } from './open-id.ts';
import type { People, Person } from './people.ts';

/** Headers of a request that tell who sent it. */
type Asking = Headers;

/** Lines to send back as `Set-Cookie`. */
export type SetCookies = readonly string[];

export interface Session {
	readonly id: string;
	readonly person: Person;
}

/** What came of something that better-auth may refuse. */
type Done<T> =
	{ readonly ok: true; readonly value: T; readonly cookies: SetCookies } | { readonly ok: false };

/** What better-auth does for Byline. It is loaded when it is first asked: most commands never do. */
export interface Auth {
	/** Whose session a request belongs to; null for nobody's. One in use is prolonged unless `prolongs` is false. */
	readonly session: (
		asking: Asking,
		options?: { readonly prolongs?: boolean }
	) => Promise<{ readonly session: Session | null; readonly cookies: SetCookies }>;
	/** `second_factor`: the password was right, and a code is asked for next. */
	readonly signIn: (
		given: { readonly email: string; readonly password: string },
		asking: Asking
	) => Promise<
		| { readonly outcome: 'signed_in' | 'second_factor'; readonly cookies: SetCookies }
		| { readonly outcome: 'refused' }
	>;
	/** The code of the app, or, where it has more than six digits, one for recovery. */
	readonly secondFactor: (code: string, asking: Asking) => Promise<Done<Person>>;
	readonly signOut: (asking: Asking) => Promise<SetCookies>;
	/** Makes an account; the address must be new. */
	readonly addPerson: (given: {
		readonly name: string;
		readonly email: string;
		readonly password: string;
	}) => Promise<Person>;
	readonly rename: (asking: Asking, name: string) => Promise<void>;
	readonly isPassword: (asking: Asking, password: string) => Promise<boolean>;
	/** Ends all other sessions. Not ok where the current password is another. */
	readonly changePassword: (
		asking: Asking,
		given: { readonly current: string; readonly next: string }
	) => Promise<Done<null>>;
	/** Sets a password without asking for the one before. Sessions are the caller's to end. */
	readonly setPassword: (person: string, password: string) => Promise<void>;
	readonly twoFactor: {
		/** Begins: the address of the secret for an app, and codes for recovery. Not ok where the password is another. */
		readonly begin: (
			asking: Asking,
			password: string
		) => Promise<Done<{ readonly uri: string; readonly codes: readonly string[] }>>;
		/** Switches it on with the first code of the app. */
		readonly confirm: (asking: Asking, code: string) => Promise<Done<null>>;
		readonly off: (asking: Asking, password: string) => Promise<Done<null>>;
		/** Codes for recovery in place of those before. */
		readonly newCodes: (asking: Asking, password: string) => Promise<Done<readonly string[]>>;
	};
	readonly passkey: {
		readonly registerOptions: (asking: Asking) => Promise<Done<unknown>>;
		readonly register: (asking: Asking, name: string, response: unknown) => Promise<Done<null>>;
		readonly signInOptions: (asking: Asking) => Promise<Done<unknown>>;
		readonly signIn: (asking: Asking, response: unknown) => Promise<Done<Person>>;
	};
	readonly openId: {
		/** Where to send the browser; `to` is the path that it comes back to. */
		readonly begin: (asking: Asking, to: string) => Promise<Done<string>>;
		/** Answers the provider's way back; null where the provider cannot be reached. */
		readonly callback: (request: Request) => Promise<Response | null>;
	};
}

/** Opens what better-auth does over an open, migrated file. */
export function openAuth(
	options: Omit<AuthOptions, 'withOpenId'> & { readonly people: People }
): Auth {
	let loading: Promise<BetterAuth> | null = null;
	const load = (): Promise<BetterAuth> =>
		(loading ??= import('./better-auth.ts').then(({ createBetterAuth }) =>
			createBetterAuth(options)
		));
	let withOpenId: BetterAuth | null = null;
	/** Apart from the rest, which a provider that is away must not hold up. Null where it is. */
	const loadOpenId = async (): Promise<BetterAuth | null> => {
		if (withOpenId === null && (await isThere(options.settings.OIDC_ISSUER))) {
			const { createBetterAuth } = await import('./better-auth.ts');
			withOpenId ??= createBetterAuth({ ...options, withOpenId: true });
		}
		return withOpenId;
	};
	const { people } = options;

	/** An answer of better-auth, or that it refused; anything that is no refusal is thrown. */
	async function attempt<T, V>(
		ask: (auth: BetterAuth) => Promise<{ readonly headers: Headers; readonly response: T }>,
		read: (response: T) => V,
		loadIt: () => Promise<BetterAuth | null> = load
	): Promise<Done<V>> {
		const auth = await loadIt();
		if (auth === null) return { ok: false };
		try {
			const { headers, response } = await ask(auth);
			return { ok: true, value: read(response), cookies: headers.getSetCookie() };
		} catch (thrown) {
			if (isRefusal(thrown)) return { ok: false };
			throw thrown;
		}
	}
	const nothing = (): null => null;
	const personOf = ({ user }: { readonly user: { readonly id: string } }): Person => {
		const person = people.get(user.id);
		if (person === null) throw new Error('There is no such account.');
		return person;
	};
	const returnHeaders = true;

	return {
		session: async (headers, { prolongs = true } = {}) => {
			if (!headers.has('cookie')) return { session: null, cookies: [] };
			const { api } = await load();
			const query = { disableRefresh: !prolongs };
			const answer = await api.getSession({ headers, query, returnHeaders });
			const { response } = answer;
			const person = response === null ? null : people.get(response.user.id);
			return {
				session: response === null || person === null ? null : { id: response.session.id, person },
				cookies: answer.headers.getSetCookie()
			};
		},
		signIn: async (body, headers) => {
			const { api } = await load();
			const answer = await api.signInEmail({ body, headers, asResponse: true });
			if (!answer.ok) return { outcome: 'refused' };
			const told: unknown = await answer.json();
			return {
				outcome: asksForCode(told) ? 'second_factor' : 'signed_in',
				cookies: answer.headers.getSetCookie()
			};
		},
		secondFactor: (given, headers) => {
			const code = given.replace(/\s/g, '');
			return /^\d{6}$/.test(code)
				? attempt(({ api }) => api.verifyTOTP({ body: { code }, headers, returnHeaders }), personOf)
				: attempt(
						({ api }) => api.verifyBackupCode({ body: { code }, headers, returnHeaders }),
						personOf
					);
		},
		signOut: async (headers) => {
			const { api } = await load();
			const answer = await api.signOut({ headers, returnHeaders });
			return answer.headers.getSetCookie();
		},
		addPerson: async ({ name, email, password }) => {
			const { $context } = await load();
			const { internalAdapter, password: passwords } = await $context;
			const hash = await passwords.hash(password);
			const { id } = await internalAdapter.createUser(
				{ name, email: email.toLowerCase(), emailVerified: true },
				{ method: 'email-password' }
			);
			await internalAdapter.linkAccount({
				userId: id,
				accountId: id,
				providerId: 'credential',
				password: hash
			});
			return personOf({ user: { id } });
		},
		rename: async (headers, name) => {
			const { api } = await load();
			await api.updateUser({ body: { name }, headers });
		},
		isPassword: async (headers, password) => {
			const answer = await attempt(
				({ api }) => api.verifyPassword({ body: { password }, headers, returnHeaders }),
				nothing
			);
			return answer.ok;
		},
		changePassword: (headers, { current, next }) =>
			attempt(
				({ api }) =>
					api.changePassword({
						body: { currentPassword: current, newPassword: next, revokeOtherSessions: true },
						headers,
						returnHeaders
					}),
				nothing
			),
		setPassword: async (person, password) => {
			const { $context } = await load();
			const { internalAdapter, password: passwords } = await $context;
			const hash = await passwords.hash(password);
			const accounts = await internalAdapter.findAccounts(person);
			if (accounts.some(({ providerId }) => providerId === 'credential'))
				await internalAdapter.updatePassword(person, hash);
			else
				await internalAdapter.linkAccount({
					userId: person,
					accountId: person,
					providerId: 'credential',
					password: hash
				});
		},
		twoFactor: {
			begin: (headers, password) =>
				attempt(
					({ api }) => api.enableTwoFactor({ body: { password }, headers, returnHeaders }),
					(response) => {
						if (!('totpURI' in response)) throw new Error('There is no secret for an app.');
						return { uri: response.totpURI, codes: response.backupCodes };
					}
				),
			confirm: (headers, code) =>
				attempt(
					({ api }) =>
						api.verifyTOTP({ body: { code: code.replace(/\s/g, '') }, headers, returnHeaders }),
					nothing
				),
			off: (headers, password) =>
				attempt(
					({ api }) => api.disableTwoFactor({ body: { password }, headers, returnHeaders }),
					nothing
				),
			newCodes: (headers, password) =>
				attempt(
					({ api }) => api.generateBackupCodes({ body: { password }, headers, returnHeaders }),
					({ backupCodes }) => backupCodes
				)
		},
		passkey: {
			registerOptions: (headers) =>
				attempt(
					({ api }) => api.generatePasskeyRegistrationOptions({ headers, returnHeaders }),
					(response): unknown => response
				),
			register: (headers, name, response) =>
				attempt(
					({ api }) =>
						api.verifyPasskeyRegistration({ body: { name, response }, headers, returnHeaders }),
					nothing
				),
			signInOptions: (headers) =>
				attempt(
					({ api }) => api.generatePasskeyAuthenticationOptions({ headers, returnHeaders }),
					(response): unknown => response
				),
			signIn: async (headers, given) => {
				const parsed = assertion.safeParse(given);
				if (!parsed.success) return { ok: false };
				const { userHandle, ...rest } = parsed.data.response;
				const response = {
					...parsed.data,
					response: userHandle === undefined ? rest : { ...rest, userHandle }
				};
				return attempt(
					({ api }) =>
						api.verifyPasskeyAuthentication({ body: { response }, headers, returnHeaders }),
					(answer) => personOf(signedIn.parse(answer))
				);
			}
		},
		openId: {
			begin: (headers, to) =>
				attempt(
					({ api }) =>
						api.signInSocial({
							body: {
								provider: OPEN_ID,
								callbackURL: to,
								errorCallbackURL: '/sign-in',
								disableRedirect: true
							},
							headers,
							returnHeaders
						}),
					({ url }) => url ?? '',
					loadOpenId
				),
			callback: async (request) => (await loadOpenId())?.handler(request) ?? null
		}
	};
}

/** What a browser answers a challenge with. */
const assertion = z.object({
	id: z.string(),
	rawId: z.string(),
	type: z.literal('public-key'),
	response: z.object({
		clientDataJSON: z.string(),
		authenticatorData: z.string(),
		signature: z.string(),
		userHandle: z.string().optional()
	}),
	clientExtensionResults: z.object({})
});

const signedIn = z
	.object({ session: z.object({ userId: z.string() }) })
	.transform(({ session }) => ({ user: { id: session.userId } }));

/** What better-auth says no with, as against a defect. */
function isRefusal(thrown: unknown): boolean {
	if (typeof thrown !== 'object' || thrown === null || !('statusCode' in thrown)) return false;
	const { statusCode } = thrown;
	return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500;
}

function asksForCode(told: unknown): boolean {
	return typeof told === 'object' && told !== null && 'twoFactorRedirect' in told;
}
