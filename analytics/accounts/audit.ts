import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

/** What is written down when it happens. */
export const ACTS = [
	'installation_claimed',
	'signed_in',
	'sign_in_failed',
	'signed_out',
	'sessions_ended',
	'password_changed',
	'password_reset_asked',
	'password_reset',
	'two_factor_on',
	'two_factor_off',
	'passkey_added',
	'passkey_removed',
	'person_invited',
	'invitation_withdrawn',
	'invitation_accepted',
	'role_changed',
	'role_removed',
	'person_exported',
	'person_erased',
	'site_added',
	'site_deleted',
	'exported',
	'import_removed',
	'key_added',
	'key_removed',
	'link_added',
	'link_removed'
] as const;

export type Act = (typeof ACTS)[number];

export interface AuditEntry {
	readonly at: number;
	/** The person who did it, by id; `terminal`; null where nobody is known. */
	readonly actor: string | null;
	/** The site it was about, by id; null where it was about none. */
	readonly site: number | null;
	readonly act: Act;
	readonly detail: Readonly<Record<string, string>>;
}

export interface Audit {
	readonly record: (entry: AuditEntry) => void;
	/** The newest first: of one site, or, where `site` is null, of all and of none. */
	readonly list: (
		site: number | null,
		page: { readonly limit: number; readonly offset: number }
	) => readonly (AuditEntry & { readonly id: number })[];
	/** What a person did. */
	readonly of: (person: string) => readonly AuditEntry[];
	/** Leaves that it was done and takes away by whom. */
	readonly forget: (person: string, email: string) => void;
	/** Leaves what was done about a site and takes away what could tell of its figures and posts. */
	readonly removeSite: (site: number) => void;
	/** Takes away what is older than a moment. */
	readonly expire: (before: number) => void;
}

/** Most that a detail may hold: what somebody asked for can be of any length. */
const MOST_SIGNS = 500;

/** Who it was where that person is erased. */
const ERASED = 'erased';

const auditRow = z
	.object({
		id: z.number(),
		at: z.number(),
		actor: z.string().nullable(),
		site_id: z.number().nullable(),
		act: z.enum(ACTS),
		detail: z.string()
	})
	.transform(({ site_id: site, detail, ...row }) => ({
		...row,
		site,
		detail: z.record(z.string(), z.string()).parse(JSON.parse(detail))
	}));
const auditRows = z.array(auditRow);

/** Reads and writes what was done, in an open, migrated file. */
export function openAudit(database: DatabaseSync): Audit {
	const insert = database.prepare(
		'insert into audit (at, actor, site_id, act, detail) values (?, ?, ?, ?, ?)'
	);
	const select = database.prepare(
		`select id, at, actor, site_id, act, detail from audit
		 where ?1 is null or site_id = ?1 order by id desc limit ?2 offset ?3`
	);
	const selectOf = database.prepare(
		'select id, at, actor, site_id, act, detail from audit where actor = ? order by id'
	);
	const eraseActor = database.prepare('update audit set actor = ? where actor = ?');
	const eraseDetail = database.prepare(
		`update audit set detail = json_set(detail, '$.email', ?)
		 where json_extract(detail, '$.email') = ?`
	);
	const eraseOld = database.prepare('delete from audit where at < ?');
	const stripSite = database.prepare(
		`update audit set detail = json_remove(detail, '$.query', '$.shows') where site_id = ?`
	);
	return {
		record: ({ at, actor, site, act, detail }) => {
			const bounded = Object.entries(detail).map(([name, text]) => [name, shortened(text)]);
			insert.run(at, actor, site, act, JSON.stringify(Object.fromEntries(bounded)));
		},
		list: (site, { limit, offset }) => auditRows.parse(select.all(site, limit, offset)),
		of: (person) => auditRows.parse(selectOf.all(person)),
		forget: (person, email) => {
			eraseActor.run(ERASED, person);
			eraseDetail.run(ERASED, email);
		},
		removeSite: (site) => {
			stripSite.run(site);
		},
		expire: (before) => {
			eraseOld.run(before);
		}
	};
}

function shortened(text: string): string {
	return text.length <= MOST_SIGNS ? text : `${text.slice(0, MOST_SIGNS - 1).toWellFormed()}…`;
}
