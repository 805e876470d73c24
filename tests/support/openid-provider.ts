import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** Who signs in at the provider next. */
interface Claims {
	readonly sub: string;
	readonly email: string;
	readonly email_verified: boolean;
}

export interface OpenIdProvider {
	readonly issuer: string;
	claims: Claims;
	/** Whether the e-mail address stands in the token itself, or is only told when asked for. */
	emailInToken: boolean;
	/** Signs with a key that the provider does not tell of. */
	forged: boolean;
	/** Leaves every question open from now on. */
	silent: boolean;
	/** Paths that were asked for, in order. */
	readonly asked: string[];
	/** Tokens that it gave away. */
	readonly given: string[];
	readonly stop: () => Promise<void>;
}

export const CLIENT = { id: 'byline', secret: 'a secret of this client' } as const;
const NAME = 'key-1';

/** An OpenID Connect provider that lets everybody in at once as whoever `claims` says. */
export const startOpenIdProvider = async (): Promise<OpenIdProvider> => {
	const key = newKey();
	const forger = newKey();
	const grants = new Map<string, URLSearchParams>();
	const tokens = new Set<string>();
	const server = createServer((request, response) => {
		void answer(request, response);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('No port was given.');
	const issuer = `http://127.0.0.1:${address.port}`;
	const provider: OpenIdProvider = {
		issuer,
		claims: { sub: 'nobody', email: 'nobody@example.com', email_verified: true },
		emailInToken: true,
		forged: false,
		silent: false,
		asked: [],
		given: [],
		stop: async () => {
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		}
	};

	const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
		const url = new URL(request.url ?? '/', issuer);
		provider.asked.push(url.pathname);
		if (provider.silent) return;
		const json = (value: unknown, status = 200): void => {
			response.writeHead(status, { 'content-type': 'application/json' });
			response.end(JSON.stringify(value));
		};
		switch (url.pathname) {
			case '/.well-known/openid-configuration':
				return json(discovery(issuer));
			case '/keys': {
				const jwk = key.publicKey.export({ format: 'jwk' });
				return json({ keys: [{ ...jwk, kid: NAME, alg: 'RS256', use: 'sig' }] });
			}
			case '/authorize': {
				const code = randomUUID();
				grants.set(code, url.searchParams);
				const back = new URL(url.searchParams.get('redirect_uri') ?? '');
				back.searchParams.set('code', code);
				back.searchParams.set('state', url.searchParams.get('state') ?? '');
				response.writeHead(302, { location: back.href }).end();
				return;
			}
			case '/token': {
				const given = new URLSearchParams(await textOf(request));
				const code = given.get('code') ?? '';
				const grant = grants.get(code);
				grants.delete(code);
				if (grant === undefined || !isGood(grant, given))
					return json({ error: 'invalid_grant' }, 400);
				const access = randomUUID();
				const refresh = randomUUID();
				tokens.add(access);
				const now = Math.floor(Date.now() / 1_000);
				const { sub } = provider.claims;
				const idToken = signed(provider.forged ? forger.privateKey : key.privateKey, {
					...(provider.emailInToken ? provider.claims : { sub }),
					iss: issuer,
					aud: CLIENT.id,
					iat: now,
					exp: now + 300,
					nonce: grant.get('nonce')
				});
				provider.given.push(access, refresh, idToken);
				return json({
					access_token: access,
					refresh_token: refresh,
					token_type: 'Bearer',
					expires_in: 300,
					id_token: idToken
				});
			}
			case '/userinfo': {
				const bearer = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
				return tokens.has(bearer) ? json(provider.claims) : json({ error: 'invalid_token' }, 401);
			}
			default:
				return json({ error: 'not_found' }, 404);
		}
	};
	return provider;
};

const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
type Key = ReturnType<typeof newKey>['privateKey'];

const discovery = (issuer: string) => ({
	issuer,
	authorization_endpoint: `${issuer}/authorize`,
	token_endpoint: `${issuer}/token`,
	userinfo_endpoint: `${issuer}/userinfo`,
	jwks_uri: `${issuer}/keys`,
	response_types_supported: ['code'],
	subject_types_supported: ['public'],
	id_token_signing_alg_values_supported: ['RS256'],
	token_endpoint_auth_methods_supported: ['client_secret_post'],
	code_challenge_methods_supported: ['S256']
});

const isGood = (grant: URLSearchParams, given: URLSearchParams): boolean =>
	given.get('grant_type') === 'authorization_code' &&
	given.get('client_id') === CLIENT.id &&
	given.get('client_secret') === CLIENT.secret &&
	given.get('redirect_uri') === grant.get('redirect_uri') &&
	grant.get('code_challenge_method') === 'S256' &&
	grant.get('code_challenge') ===
		createHash('sha256')
			.update(given.get('code_verifier') ?? '')
			.digest('base64url');

const signed = (key: Key, claims: object): string => {
	const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
	const text = `${part({ alg: 'RS256', typ: 'JWT', kid: NAME })}.${part(claims)}`;
	return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
};

const textOf = async (request: IncomingMessage): Promise<string> => {
	let text = '';
	request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
	await once(request, 'end');
	return text;
};
