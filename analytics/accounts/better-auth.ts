import type { DatabaseSync } from 'node:sqlite';
import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type { Settings } from '../settings.ts';
import { originOf } from './origin-of.ts';
import { discoveryUrl, OPEN_ID } from './open-id.ts';
import { PASSWORD_LENGTH } from './password-length.ts';

const DAY_S = 86_400;

export interface AuthOptions {
	readonly database: DatabaseSync;
	readonly secret: string;
	readonly settings: Settings;
	readonly onTrouble: (message: string) => void;
	/** Asks the provider of OpenID Connect what it is, before anything is answered. */
	readonly withOpenId?: boolean;
}

/** better-auth as Byline uses it: called by its functions, with none of its routes open but the way back from OpenID. */
export function createBetterAuth({
	database,
	secret,
	settings,
	onTrouble,
	withOpenId = false
}: AuthOptions) {
	const origin = originOf(settings);
	return betterAuth({
		appName: 'Byline',
		baseURL: origin,
		secret,
		database,
		emailAndPassword: {
			enabled: true,
			disableSignUp: true,
			minPasswordLength: PASSWORD_LENGTH.least,
			maxPasswordLength: PASSWORD_LENGTH.most
		},
		databaseHooks: { account: { create: WITHOUT_TOKENS, update: WITHOUT_TOKENS } },
		session: { expiresIn: 30 * DAY_S, updateAge: DAY_S },
		advanced: {
			cookiePrefix: 'byline',
			useSecureCookies: origin.startsWith('https:'),
			// No address is kept, whoever's it is.
			ipAddress: { disableIpTracking: true }
		},
		telemetry: { enabled: false },
		logger: {
			level: 'error',
			log: (_, message) => onTrouble(`Accounts: ${message}`)
		},
		onAPIError: { errorURL: '/sign-in' },
		plugins: [
			twoFactor({ issuer: 'Byline' }),
			passkey({ rpName: 'Byline', origin }),
			genericOAuth({ config: withOpenId ? openIdConfig(settings) : [] })
		]
	});
}

/** What a provider gives to ask it for more later: nothing is ever asked, so nothing is kept. */
const WITHOUT_TOKENS = {
	before: () => Promise.resolve({ data: { accessToken: null, refreshToken: null, idToken: null } })
};

/** Whoever the provider knows by a verified address must have an account here: it makes none. */
function openIdConfig({ OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET }: Settings) {
	if (OIDC_ISSUER === '') return [];
	return [
		{
			providerId: OPEN_ID,
			discoveryUrl: discoveryUrl(OIDC_ISSUER),
			requireIdTokenVerification: true,
			clientId: OIDC_CLIENT_ID,
			clientSecret: OIDC_CLIENT_SECRET,
			scopes: ['openid', 'email', 'profile'],
			pkce: true,
			disableSignUp: true
		}
	];
}

export type BetterAuth = ReturnType<typeof createBetterAuth>;
