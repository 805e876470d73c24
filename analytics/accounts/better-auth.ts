import type { DatabaseSync } from 'node:sqlite';
import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type { Settings } from '../settings.ts';
import { PASSWORD_LENGTH } from './password-length.ts';

const DAY_S = 86_400;

export interface AuthOptions {
	readonly database: DatabaseSync;
	readonly secret: string;
	readonly settings: Settings;
	readonly onTrouble: (message: string) => void;
}

/** Where people reach the dashboard, as far as it is known before they do. */
function originOf({ ORIGIN, PORT }: Settings): string {
	return ORIGIN === '' ? `http://localhost:${PORT}` : ORIGIN;
}

/** better-auth as Byline uses it: called by its functions, with none of its routes open but the way back from OpenID. */
export function createBetterAuth({ database, secret, settings, onTrouble }: AuthOptions) {
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
		plugins: [twoFactor({ issuer: 'Byline' }), passkey({ rpName: 'Byline' })]
	});
}

export type BetterAuth = ReturnType<typeof createBetterAuth>;
