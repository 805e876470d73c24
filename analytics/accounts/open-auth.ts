import type { AuthOptions, BetterAuth } from './better-auth.ts';
import type { People, Person } from './people.ts';

/** Headers of a request that tell who sent it. */
export type Asking = Headers;

/** Lines to send back as `Set-Cookie`. */
export type SetCookies = readonly string[];

export interface Session {
	readonly id: string;
	readonly person: Person;
}

/** What better-auth does for Byline. It is loaded when it is first asked: most commands never do. */
export interface Auth {
	/** Whose session a request belongs to; null for nobody's. */
	readonly session: (
		asking: Asking
	) => Promise<{ readonly session: Session | null; readonly cookies: SetCookies }>;
	/** `second_factor`: the password was right, and a code is asked for next. */
	readonly signIn: (
		given: { readonly email: string; readonly password: string },
		asking: Asking
	) => Promise<
		| { readonly outcome: 'signed_in' | 'second_factor'; readonly cookies: SetCookies }
		| { readonly outcome: 'refused' }
	>;
	readonly signOut: (asking: Asking) => Promise<SetCookies>;
	/** Makes an account; the address must be new. */
	readonly addPerson: (given: {
		readonly name: string;
		readonly email: string;
		readonly password: string;
	}) => Promise<Person>;
}

/** Opens what better-auth does over an open, migrated file. */
export function openAuth(options: AuthOptions & { readonly people: People }): Auth {
	let loading: Promise<BetterAuth> | null = null;
	const load = (): Promise<BetterAuth> =>
		(loading ??= import('./better-auth.ts').then(({ createBetterAuth }) =>
			createBetterAuth(options)
		));
	const { people } = options;

	return {
		session: async (asking) => {
			if (!asking.has('cookie')) return { session: null, cookies: [] };
			const { api } = await load();
			const { response, headers } = await api.getSession({ headers: asking, returnHeaders: true });
			const person = response === null ? null : people.get(response.user.id);
			return {
				session: response === null || person === null ? null : { id: response.session.id, person },
				cookies: headers.getSetCookie()
			};
		},
		signIn: async (body, asking) => {
			const { api } = await load();
			const answer = await api.signInEmail({ body, headers: asking, asResponse: true });
			if (!answer.ok) return { outcome: 'refused' };
			const told: unknown = await answer.json();
			return {
				outcome: asksForCode(told) ? 'second_factor' : 'signed_in',
				cookies: answer.headers.getSetCookie()
			};
		},
		signOut: async (asking) => {
			const { api } = await load();
			const { headers } = await api.signOut({ headers: asking, returnHeaders: true });
			return headers.getSetCookie();
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
			const person = people.get(id);
			if (person === null) throw new Error('The account was not written.');
			return person;
		}
	};
}

function asksForCode(told: unknown): boolean {
	return typeof told === 'object' && told !== null && 'twoFactorRedirect' in told;
}
