import { API_KEYS_MIGRATION } from './api-keys.ts';
import { SHARE_LINKS_MIGRATION } from './share-links.ts';
import { INVITATIONS_MIGRATION } from './invitations.ts';
import { RESETS_MIGRATION } from './resets.ts';

/**
 * The tables of `accounts.sqlite`, in numbered steps. Those of better-auth stand here too, as its own tool writes them
 * (a test compares): then a start needs neither that library nor a look at the schema.
 */
export const ACCOUNT_MIGRATIONS: readonly string[] = [
	`create table "user" (
		"id" text not null primary key, "name" text not null, "email" text not null unique,
		"emailVerified" integer not null, "image" text, "createdAt" date not null, "updatedAt" date not null,
		"twoFactorEnabled" integer
	);
	create table "session" (
		"id" text not null primary key, "expiresAt" date not null, "token" text not null unique,
		"createdAt" date not null, "updatedAt" date not null, "ipAddress" text, "userAgent" text,
		"userId" text not null references "user" ("id") on delete cascade
	);
	create table "account" (
		"id" text not null primary key, "accountId" text not null, "providerId" text not null,
		"userId" text not null references "user" ("id") on delete cascade, "accessToken" text, "refreshToken" text,
		"idToken" text, "accessTokenExpiresAt" date, "refreshTokenExpiresAt" date, "scope" text, "password" text,
		"createdAt" date not null, "updatedAt" date not null
	);
	create table "verification" (
		"id" text not null primary key, "identifier" text not null, "value" text not null, "expiresAt" date not null,
		"createdAt" date not null, "updatedAt" date not null
	);
	create table "twoFactor" (
		"id" text not null primary key, "secret" text not null, "backupCodes" text not null,
		"userId" text not null references "user" ("id") on delete cascade, "verified" integer,
		"failedVerificationCount" integer, "lockedUntil" date
	);
	create table "passkey" (
		"id" text not null primary key, "name" text, "publicKey" text not null,
		"userId" text not null references "user" ("id") on delete cascade, "credentialID" text not null,
		"counter" integer not null, "deviceType" text not null, "backedUp" integer not null, "transports" text,
		"createdAt" date, "aaguid" text
	);
	create index "session_userId_idx" on "session" ("userId");
	create index "account_userId_idx" on "account" ("userId");
	create index "verification_identifier_idx" on "verification" ("identifier");
	create index "twoFactor_secret_idx" on "twoFactor" ("secret");
	create index "twoFactor_userId_idx" on "twoFactor" ("userId");
	create index "passkey_userId_idx" on "passkey" ("userId");
	create index "passkey_credentialID_idx" on "passkey" ("credentialID");`,
	`create table memberships (
		person text not null references "user" ("id") on delete cascade, site_id integer not null,
		role text not null check (role in ('owner', 'editor', 'viewer', 'author')), authors text not null,
		primary key (person, site_id)
	) strict, without rowid;
	create table audit (
		id integer primary key, at integer not null, actor text, site_id integer, act text not null,
		detail text not null
	) strict;
	create index audit_site on audit (site_id, id);`,
	API_KEYS_MIGRATION,
	SHARE_LINKS_MIGRATION,
	`${INVITATIONS_MIGRATION} ${RESETS_MIGRATION}`,
	'create index audit_at on audit (at);',
	// An older version kept what the OpenID provider gave for itself.
	'update "account" set "accessToken" = null, "refreshToken" = null, "idToken" = null;'
];
