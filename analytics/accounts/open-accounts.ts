import { chmodSync, closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../settings.ts';
import { openSqlite } from '../stores/open-sqlite.ts';
import { openApiKeys, type ApiKeys } from './api-keys.ts';
import { openAttempts, type Attempts } from './attempts.ts';
import { openAudit, type Audit } from './audit.ts';
import { openInvitations, type Invitations } from './invitations.ts';
import { openMail, type SendMail } from './mail.ts';
import { openMemberships, type Memberships } from './memberships.ts';
import { migrateAccounts } from './migrate.ts';
import { openAuth, type Auth } from './open-auth.ts';
import { openPasskeys, type Passkeys } from './passkeys.ts';
import { openPeople, type People, type Person } from './people.ts';
import { openResets, type Resets } from './resets.ts';
import { readSecret } from './secret.ts';
import { openSessions, type Sessions } from './sessions.ts';
import { openSetUp, type SetUp } from './set-up.ts';
import { openShareLinks, type ShareLinks } from './share-links.ts';

/** Who may see what: people, their sessions and roles, and what they did. */
export interface Accounts {
	readonly people: People;
	readonly memberships: Memberships;
	readonly audit: Audit;
	readonly apiKeys: ApiKeys;
	readonly shareLinks: ShareLinks;
	readonly auth: Auth;
	readonly sessions: Sessions;
	readonly passkeys: Passkeys;
	readonly invitations: Invitations;
	readonly resets: Resets;
	readonly sendMail: SendMail;
	/** Takes an account away with all that is known of the person; what they did stays, without their name. */
	readonly erase: (person: Person) => void;
	readonly setUp: SetUp;
	/** Guesses at passwords, codes and links. */
	readonly attempts: Attempts;
	/** Forgets who may see a site, and its keys and links; what was done stays written down. */
	readonly removeSite: (site: number) => void;
	readonly close: () => void;
}

interface AccountsOptions {
	readonly settings: Settings;
	readonly now: () => number;
	readonly onTrouble: (message: string) => void;
}

/** Opens `accounts.sqlite` in the data folder, which only its owner may read. */
export function openAccounts({ settings, now, onTrouble }: AccountsOptions): Accounts {
	const file = join(settings.DATA_DIR, 'accounts.sqlite');
	// SQLite gives the files beside it the mode of the first.
	closeSync(openSync(file, 'a', 0o600));
	chmodSync(file, 0o600);
	const database = openSqlite(file);
	database.exec('pragma secure_delete = on;');
	migrateAccounts(database);
	const secret = readSecret(join(settings.DATA_DIR, 'secret'));
	const people = openPeople(database);
	const memberships = openMemberships(database);
	const apiKeys = openApiKeys(database);
	const invitations = openInvitations(database, now);
	const audit = openAudit(database);
	const shareLinks = openShareLinks(database);
	return {
		people,
		memberships,
		apiKeys,
		shareLinks,
		removeSite: (site) => {
			for (const each of [memberships, invitations, apiKeys, shareLinks, audit])
				each.removeSite(site);
			// Else what was deleted could still be read in free pages and in the log.
			database.exec('vacuum; pragma wal_checkpoint(truncate);');
		},
		audit,
		sessions: openSessions(database, now),
		passkeys: openPasskeys(database),
		invitations,
		resets: openResets(database, now),
		sendMail: openMail(settings, onTrouble),
		erase: ({ id, email }) => {
			audit.forget(id, email);
			invitations.forget(email);
			people.remove(id);
		},
		auth: openAuth({ database, secret, settings, onTrouble, people }),
		setUp: openSetUp(() => people.count() > 0),
		attempts: openAttempts(now),
		close: () => database.close()
	};
}
