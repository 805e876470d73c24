import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { MERGE_REASONS, type IdentityChange } from '../posts/identity/identity-change.ts';
import { NO_RULES, siteRules, type SiteRules } from '../posts/identity/site-rules.ts';

export const IDENTITY_MIGRATION = `
	create table identity_changes (
		id integer primary key autoincrement, site_id integer not null references sites (id),
		kind text not null check (kind in ('merge', 'split', 'topic', 'author')),
		details text not null, made_at integer not null, undone_at integer
	) strict;
	create index identity_changes_site on identity_changes (site_id);
	create table site_rules (site_id integer primary key references sites (id), rules text not null) strict;
	create table seen_pages (
		site_id integer not null references sites (id), page text not null, tries integer not null,
		tried_at integer not null, problem text, primary key (site_id, page)
	) strict, without rowid;`;

const details = z.discriminatedUnion('kind', [
	z.object({
		kind: z.literal('merge'),
		post: z.number(),
		other: z.number(),
		reason: z.enum(MERGE_REASONS)
	}),
	z.object({ kind: z.literal('split'), post: z.number(), other: z.number(), path: z.string() }),
	z.object({ kind: z.enum(['topic', 'author']), from: z.string(), to: z.string() })
]);

/** A change before it has been recorded. */
export type ChangeDetails = Readonly<z.infer<typeof details>>;

/** A change as a file of a whole site has it. */
export const writtenChange = z.intersection(
	details,
	z.object({ madeAt: z.number(), undoneAt: z.number().nullable() })
);

const changeRow = z
	.object({
		id: z.number(),
		details: z.string().transform((json) => details.parse(JSON.parse(json))),
		made_at: z.number(),
		undone_at: z.number().nullable()
	})
	.transform(({ id, details: change, made_at: madeAt, undone_at: undoneAt }): IdentityChange => ({
		...change,
		id,
		madeAt,
		undoneAt
	}));
const rulesRow = z.object({
	rules: z.string().transform((json) => {
		// A rule that came later is not there yet.
		const kept = z.record(z.string(), z.unknown()).parse(JSON.parse(json));
		return siteRules.parse({ ...NO_RULES, ...kept });
	})
});

/** What was decided about which posts and names are the same, and the rules of each site. */
export interface IdentityChanges {
	/** In the order in which they were made. */
	readonly list: (site: number) => readonly IdentityChange[];
	readonly add: (
		site: number,
		change: ChangeDetails,
		at: number,
		undoneAt?: number | null
	) => number;
	readonly undo: (id: number, at: number) => void;
	readonly rules: (site: number) => SiteRules;
	readonly setRules: (site: number, rules: SiteRules) => void;
}

export function openIdentityChanges(database: DatabaseSync): IdentityChanges {
	const select = database.prepare(
		'select id, details, made_at, undone_at from identity_changes where site_id = ? order by id'
	);
	const insert = database.prepare(
		`insert into identity_changes (site_id, kind, details, made_at, undone_at)
		 values (?, ?, ?, ?, ?) returning id`
	);
	const update = database.prepare('update identity_changes set undone_at = ? where id = ?');
	const selectRules = database.prepare('select rules from site_rules where site_id = ?');
	const upsertRules = database.prepare(
		`insert into site_rules (site_id, rules) values (?, ?)
		 on conflict do update set rules = excluded.rules`
	);
	return {
		list: (site) => z.array(changeRow).parse(select.all(site)),
		add: (site, change, at, undoneAt = null) => {
			const row = insert.get(site, change.kind, JSON.stringify(change), at, undoneAt);
			return z.object({ id: z.number() }).parse(row).id;
		},
		undo: (id, at) => {
			update.run(at, id);
		},
		rules: (site) => {
			const row = selectRules.get(site);
			return row === undefined ? NO_RULES : rulesRow.parse(row).rules;
		},
		setRules: (site, rules) => {
			upsertRules.run(site, JSON.stringify(rules));
		}
	};
}
