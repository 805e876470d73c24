import { z } from 'zod';
import { Failure } from './failure.ts';
import { parseFetchExceptions } from './posts/fetch/exceptions.ts';
import { parseTrustedProxies } from './intake/client-address.ts';

interface Setting<T> {
	readonly schema: z.ZodType<T>;
	/** What an unset or empty variable means. */
	readonly fallback: T;
	/** One line for `--help` and the docs. */
	readonly help: string;
	/** What a value may be, for the message about a wrong one. */
	readonly allowed: string;
}

const setting = <T>(
	schema: z.ZodType<T>,
	fallback: T,
	allowed: string,
	help: string
): Setting<T> => ({
	schema,
	fallback,
	allowed,
	help
});

const integer = (min: number, max: number): z.ZodType<number> =>
	z.string().regex(/^\d+$/).transform(Number).pipe(z.number().int().min(min).max(max));

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** Every setting, read from the environment. */
export const SETTINGS = {
	PORT: setting(integer(0, 65535), 3000, 'a port from 0 to 65535', 'Port to listen on.'),
	HOST: setting(
		z.string().regex(/^[A-Za-z0-9.:_-]+$/),
		'0.0.0.0',
		'an address or host name',
		'Address to listen on: 0.0.0.0 is all of this machine. The demo, which has no accounts, takes 127.0.0.1.'
	),
	DATA_DIR: setting(z.string().min(1), './data', 'a folder', 'Folder that holds everything kept.'),
	ORIGIN: setting(
		z.union([
			z.literal(''),
			z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin)
		]),
		'',
		'an http or https address such as https://stats.example.com',
		'Public address of the dashboard, where a proxy stands before it.'
	),
	SMTP_URL: setting(
		z.union([z.literal(''), z.url({ protocol: /^smtps?$/ })]),
		'',
		'an address such as smtps://user:password@mail.example.com',
		'Mail server for invitations and new passwords; needs ORIGIN. Without it, links are shown to be handed over.'
	),
	MAIL_FROM: setting(
		z.string().max(200),
		'',
		'an address such as Byline <byline@example.com>',
		'Sender of mail; byline@ the host of ORIGIN where nothing is set.'
	),
	OIDC_ISSUER: setting(
		z.union([z.literal(''), z.url({ protocol: /^https?$/ })]),
		'',
		'an http or https address such as https://login.example.com',
		'OpenID Connect provider that people may sign in with; needs ORIGIN, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET. Register ORIGIN/api/auth/callback/openid there as the address to come back to. Accounts are found by verified e-mail address, none are made.'
	),
	OIDC_CLIENT_ID: setting(z.string(), '', 'text', 'Name of Byline at that provider.'),
	OIDC_CLIENT_SECRET: setting(z.string(), '', 'text', 'Secret of Byline at that provider.'),
	OIDC_NAME: setting(
		z.string().max(60),
		'OpenID Connect',
		'text of up to 60 characters',
		'What the button to sign in with it says.'
	),
	MEMORY_LIMIT: setting(
		z.string().regex(/^\d+(\.\d+)?(MB|GB|MiB|GiB)$/),
		'1GB',
		'a size such as 512MB or 2GB',
		'Most memory the event store may use.'
	),
	THREADS: setting(integer(1, 256), 2, 'a number from 1 to 256', 'Threads of the event store.'),
	WRITE_INTERVAL_MS: setting(
		integer(10, 60_000),
		300,
		'milliseconds from 10 to 60000',
		'Pause before taken events are written to the event store; under load it grows to a second.'
	),
	QUERY_TIME_LIMIT_S: setting(
		integer(1, 3600),
		30,
		'seconds from 1 to 3600',
		'Longest that one question of a report may take before it is stopped.'
	),
	JOURNAL_SEGMENT_MB: setting(
		integer(1, 4096),
		64,
		'megabytes from 1 to 4096',
		'Size at which a journal segment is closed and a new one begun.'
	),
	JOURNAL_KEEP: setting(
		flag,
		false,
		'true or false',
		'Keep journal segments that are stored, compressed, in journal/kept. They are never deleted.'
	),
	BACKLOG_MB: setting(
		integer(1, 65_536),
		512,
		'megabytes from 1 to 65536',
		'Journal not yet written to the event store above which new events are refused with 503.'
	),
	DISK_FLOOR_MB: setting(
		integer(0, 1_048_576),
		100,
		'megabytes from 0 to 1048576',
		'Free disk space below which new events are refused with 503.'
	),
	UPLOAD_MB: setting(
		integer(1, 1_048_576),
		8_192,
		'megabytes from 1 to 1048576',
		'Most that is taken at once of files to import, through the browser.'
	),
	TRUSTED_PROXIES: setting(
		z.string().refine((text) => parseTrustedProxies(text) !== null),
		'',
		'addresses, CIDR ranges, loopback or private, separated by commas',
		'Proxies whose X-Forwarded-For names the reader. None is trusted unless named.'
	),
	RATE_LIMIT_PER_ADDRESS: setting(
		integer(0, 1_000_000),
		500,
		'events a second from 0 to 1000000',
		'Events a second taken from one address (IPv6: one /64), bursts of ten times that; 0 is no limit.'
	),
	RATE_LIMIT_PER_SITE: setting(
		integer(0, 1_000_000),
		200_000,
		'events a second from 0 to 1000000',
		'Events a second taken for one site, bursts of ten times that; 0 is no limit.'
	),
	FETCH_ALLOW: setting(
		z.string().refine((text) => parseFetchExceptions(text) !== null),
		'',
		'hosts, addresses, CIDR ranges, loopback or private, separated by commas',
		'Where a blog may be read from beyond public addresses of its own hosts: an intranet, or a host that serves its feed.'
	),
	FETCH_ALLOWED_ONLY: setting(
		flag,
		false,
		'true or false',
		'Read blogs only where FETCH_ALLOW says so; for a server that is to ask no other.'
	),
	LOG_DAYS: setting(
		integer(30, 36_500),
		730,
		'days from 30 to 36500',
		'How long the log of what people did (Settings › Log) is kept.'
	),
	ALLOW_HEADLESS: setting(
		flag,
		false,
		'true or false',
		'Count headless browsers too; for tests against a real browser.'
	),
	LOG_LEVEL: setting(
		z.enum(['silent', 'error', 'warn', 'info', 'debug']),
		'info',
		'silent, error, warn, info or debug',
		'How much is written to standard error.'
	)
} as const;

type SettingName = keyof typeof SETTINGS;

/** All settings with their parsed values. */
export type Settings = {
	readonly [K in SettingName]: (typeof SETTINGS)[K] extends Setting<infer T> ? T : never;
};

/**
 * Reads the settings from an environment.
 * @throws Failure `bad_setting` naming the setting, the value given and what is allowed.
 */
export function parseSettings(env: Readonly<Record<string, string | undefined>>): Settings {
	const entries = Object.entries(SETTINGS).map(([name, { schema, fallback, allowed }]) => {
		const text = env[name];
		if (text === undefined || text === '') return [name, fallback] as const;
		const parsed = (schema as z.ZodType<unknown>).safeParse(text);
		if (!parsed.success)
			throw new Failure('bad_setting', `Setting ${name} is "${text}", but must be ${allowed}.`);
		return [name, parsed.data] as const;
	});
	refuseHalf(Object.fromEntries(entries));
	// One entry per setting, each parsed by its own schema: more than Object.fromEntries can tell.
	// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion
	return Object.fromEntries(entries) as unknown as Settings;
}

/** What a setting is of no use without: links in mail must not be made of what a request calls the server. */
const NEEDS: Readonly<Partial<Record<SettingName, readonly SettingName[]>>> = {
	SMTP_URL: ['ORIGIN'],
	OIDC_ISSUER: ['ORIGIN', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET']
};

function refuseHalf(values: Readonly<Record<string, unknown>>): void {
	for (const [name, needed] of Object.entries(NEEDS))
		for (const other of values[name] === '' ? [] : needed)
			if (values[other] === '')
				throw new Failure('bad_setting', `Setting ${name} needs ${other}, which is not set.`);
}
