import { z } from 'zod';
import { Failure } from '../failure.ts';
import type { Goal, GoalKind } from '../events/goals.ts';
import type { DropCount } from '../intake/drop-ledger.ts';
import { AUTHOR_BAND, type AuthorBand } from '../posts/author-band.ts';
import { PRIVACY_SIGNALS, type PrivacySignals } from '../posts/privacy-signals.ts';
import type { Site } from '../posts/site.ts';
import { atomically } from './atomically.ts';
import { openSqlite } from './open-sqlite.ts';
import { openSeenPages, type SeenPages } from './seen-pages.ts';
import { openSegments, SEGMENTS_MIGRATION, type Segments } from './segments.ts';
import { NO_SYNC, syncState, type SyncState } from '../posts/sync/sync-state.ts';
import { openCatalogue, type Catalogue } from './catalogue.ts';
import {
	COMMENT_COUNTS_MIGRATION,
	openCommentCounts,
	type CommentCounts
} from './comment-counts.ts';
import { IDENTITY_MIGRATION } from './identity-changes.ts';

export type { PutSummary } from './catalogue.ts';

/** Sites and their catalogues: the small transactional data, in SQLite. */
export interface Registry {
	readonly sites: () => readonly Site[];
	/** @throws Failure `bad_argument` when the domain is taken. */
	readonly addSite: (domain: string, zone: string, now: number) => Site;
	/** Deletes all that is kept of a site here. Its number is never given again. */
	readonly removeSite: (site: Site, now: number) => void;
	/** Numbers of sites that were removed. */
	readonly removedSites: () => readonly RemovedSite[];
	/** Notes that nothing of a removed site is left anywhere. */
	readonly finishRemoval: (site: number, now: number) => void;
	/** Other names of sites: further hosts, and ids that other systems gave them. */
	readonly aliases: () => readonly SiteAlias[];
	/** @throws Failure `bad_argument` when the name is a site's, or another site's alias. */
	readonly addAlias: (site: Site, alias: string) => void;
	/** False where there was none. */
	readonly removeAlias: (alias: string) => boolean;
	readonly goals: () => readonly SiteGoal[];
	/** Adds or replaces what an event name means on a site. */
	readonly putGoal: (site: Site, eventName: string, goal: Goal) => void;
	/** False where there was none. */
	readonly removeGoal: (site: Site, eventName: string) => boolean;
	/** What each site does with privacy signals, by site id. */
	readonly privacySignals: () => ReadonlyMap<number, PrivacySignals>;
	readonly setPrivacySignals: (site: Site, value: PrivacySignals) => void;
	/** Whether authors see the typical band of each site, by site id. */
	readonly authorBand: () => ReadonlyMap<number, AuthorBand>;
	readonly setAuthorBand: (site: Site, value: AuthorBand) => void;
	readonly segments: Segments;
	readonly catalogue: Catalogue;
	readonly commentCounts: CommentCounts;
	readonly seenPages: SeenPages;
	/** How a site's catalogue is kept up to date, and how that went. */
	readonly sync: (site: Site) => SyncState;
	readonly setSync: (site: Site, state: SyncState) => void;
	/** Adds to the counts of dropped events. */
	readonly addDrops: (counts: readonly DropCount[]) => void;
	/** Events dropped since an instant, of a site's id or of 0, the newest hour first. */
	readonly drops: (site: number, since: number) => readonly StoredDrops[];
	/** Forgets counts of hours before an instant. */
	readonly forgetDrops: (before: number) => void;
	readonly close: () => void;
}

export interface RemovedSite {
	readonly site: number;
	/** Whether nothing of it is left anywhere. */
	readonly isDone: boolean;
}

export interface SiteAlias {
	readonly site: number;
	readonly alias: string;
}

export interface SiteGoal extends Goal {
	readonly site: number;
	readonly eventName: string;
}

/** Like `DropCount`; an older version may have known other reasons. */
export interface StoredDrops {
	readonly hour: number;
	readonly reason: string;
	readonly count: number;
}

const MIGRATIONS = [
	`create table sites (
		id integer primary key, domain text not null unique, zone text not null, created_at integer not null
	) strict;
	create table posts (
		id integer primary key, site_id integer not null references sites (id), path text not null,
		former_paths text not null, title text not null, authors text not null, topics text not null,
		published_at integer, word_count integer, comment_count integer, unique (site_id, path)
	) strict;
	create table drops (
		site_id integer not null, hour integer not null, reason text not null, count integer not null,
		primary key (site_id, hour, reason)
	) strict;`,
	`create table site_aliases (
		alias text primary key, site_id integer not null references sites (id)
	) strict;
	create table site_goals (
		site_id integer not null references sites (id), event_name text not null,
		kind text not null check (kind in ('subscribe', 'cta_click')), name text,
		primary key (site_id, event_name)
	) strict;`,
	`alter table sites add column privacy_signals text not null default 'ignore'
		check (privacy_signals in ('ignore', 'honour'));`,
	SEGMENTS_MIGRATION,
	`create table post_fields (
		post_id integer not null references posts (id), field text not null, source text not null,
		value text not null, primary key (post_id, field, source)
	) strict, without rowid;
	insert into post_fields
		select id, 'title', 'file', json_quote(title) from posts where title <> path
		union all select id, 'authors', 'file', authors from posts where authors <> '[]'
		union all select id, 'topics', 'file', topics from posts where topics <> '[]'
		union all select id, 'publishedAt', 'file', json_quote(published_at) from posts where published_at is not null
		union all select id, 'wordCount', 'file', json_quote(word_count) from posts where word_count is not null
		union all select id, 'commentCount', 'file', json_quote(comment_count) from posts where comment_count is not null;
	create table site_sync (site_id integer primary key references sites (id), state text not null) strict;`,
	IDENTITY_MIGRATION,
	`create table removed_sites (
		site_id integer primary key, removed_at integer not null, done_at integer
	) strict;`,
	`alter table sites add column author_band text not null default 'show'
		check (author_band in ('show', 'hide'));`,
	COMMENT_COUNTS_MIGRATION
];

/** In an order that references allow. */
const SITE_ROWS: readonly string[] = [
	'delete from post_fields where post_id in (select id from posts where site_id = ?)',
	...[
		'posts',
		'comment_counts',
		'drops',
		'site_aliases',
		'site_goals',
		'segments',
		'site_sync',
		'identity_changes',
		'site_rules',
		'seen_pages'
	].map((table) => `delete from ${table} where site_id = ?`),
	'delete from sites where id = ?'
];

const GOAL_KINDS = ['subscribe', 'cta_click'] as const satisfies readonly GoalKind[];
const aliasRow = z
	.object({ site_id: z.number(), alias: z.string() })
	.transform((row): SiteAlias => ({ site: row.site_id, alias: row.alias }));
const goalRow = z
	.object({
		site_id: z.number(),
		event_name: z.string(),
		kind: z.enum(GOAL_KINDS),
		name: z.string().nullable()
	})
	.transform((row): SiteGoal => ({
		site: row.site_id,
		eventName: row.event_name,
		kind: row.kind,
		name: row.name
	}));

const syncRow = z.object({
	state: z.string().transform((json) => syncState.parse(JSON.parse(json)))
});
const signalsRow = z.object({ id: z.number(), privacy_signals: z.enum(PRIVACY_SIGNALS) });
const bandRow = z.object({ id: z.number(), author_band: z.enum(AUTHOR_BAND) });
const dropRow = z.object({ hour: z.number(), reason: z.string(), count: z.number() });
const removedRow = z
	.object({ site_id: z.number(), done_at: z.number().nullable() })
	.transform((row): RemovedSite => ({ site: row.site_id, isDone: row.done_at !== null }));
const siteRow = z.object({ id: z.number(), domain: z.string(), zone: z.string() });

/** Opens the registry file, migrating it where needed. */
export function openRegistry(file: string): Registry {
	const database = openSqlite(file);
	const { user_version: version } = z
		.object({ user_version: z.number() })
		.parse(database.prepare('pragma user_version').get());
	MIGRATIONS.slice(version).forEach((statements, index) => {
		database.exec(`begin; ${statements} pragma user_version = ${version + index + 1}; commit;`);
	});

	const selectSites = database.prepare('select id, domain, zone from sites order by id');
	const insertSite = database.prepare(
		`insert into sites (id, domain, zone, created_at) values (
			(select coalesce(max(id), 0) + 1 from (select id from sites union all select site_id from removed_sites)),
			?, ?, ?
		) returning id, domain, zone`
	);
	const insertRemoved = database.prepare(
		'insert into removed_sites (site_id, removed_at) values (?, ?)'
	);
	const selectRemoved = database.prepare('select site_id, done_at from removed_sites');
	const finishRemoved = database.prepare('update removed_sites set done_at = ? where site_id = ?');

	const selectSync = database.prepare('select state from site_sync where site_id = ?');
	const upsertSync = database.prepare(
		`insert into site_sync (site_id, state) values (?, ?)
		 on conflict do update set state = excluded.state`
	);

	const insertDrop = database.prepare(
		`insert into drops (site_id, hour, reason, count) values (?, ?, ?, ?)
		 on conflict do update set count = count + excluded.count`
	);
	const selectDrops = database.prepare(
		'select hour, reason, count from drops where site_id = ? and hour >= ? order by hour desc, reason'
	);

	const deleteDrops = database.prepare('delete from drops where hour < ?');

	const selectAliases = database.prepare('select site_id, alias from site_aliases order by alias');
	const insertAlias = database.prepare('insert into site_aliases (alias, site_id) values (?, ?)');
	const deleteAlias = database.prepare('delete from site_aliases where alias = ?');
	const selectGoals = database.prepare(
		'select site_id, event_name, kind, name from site_goals order by site_id, event_name'
	);
	const upsertGoal = database.prepare(
		`insert into site_goals (site_id, event_name, kind, name) values (?, ?, ?, ?)
		 on conflict do update set kind = excluded.kind, name = excluded.name`
	);
	const deleteGoal = database.prepare(
		'delete from site_goals where site_id = ? and event_name = ?'
	);

	const selectSignals = database.prepare('select id, privacy_signals from sites');
	const updateSignals = database.prepare('update sites set privacy_signals = ? where id = ?');

	const selectBand = database.prepare('select id, author_band from sites');
	const updateBand = database.prepare('update sites set author_band = ? where id = ?');

	const aliases = (): readonly SiteAlias[] => z.array(aliasRow).parse(selectAliases.all());
	const sites = (): readonly Site[] => z.array(siteRow).parse(selectSites.all());

	return {
		sites,
		catalogue: openCatalogue(database),
		commentCounts: openCommentCounts(database),
		seenPages: openSeenPages(database),
		addSite: (domain, zone, now) => {
			if (sites().some((site) => site.domain === domain))
				throw new Failure('bad_argument', `The site ${domain} exists already.`);
			if (aliases().some(({ alias }) => alias === domain))
				throw new Failure('bad_argument', `${domain} is an alias of a site already.`);
			return siteRow.parse(insertSite.get(domain, zone, now));
		},
		removeSite: ({ id }, now) => {
			atomically(database, () => {
				for (const statement of SITE_ROWS) database.prepare(statement).run(id);
				insertRemoved.run(id, now);
			});
		},
		removedSites: () => z.array(removedRow).parse(selectRemoved.all()),
		finishRemoval: (site, now) => {
			// Else what was deleted could still be read in free pages and in the log.
			database.exec('vacuum; pragma wal_checkpoint(truncate);');
			finishRemoved.run(now, site);
		},
		aliases,
		addAlias: (site, alias) => {
			const known = sites();
			const other = known.find(({ domain }) => domain === alias);
			if (other !== undefined) throw new Failure('bad_argument', `${alias} is a site of its own.`);
			const taken = aliases().find((entry) => entry.alias === alias);
			if (taken?.site === site.id) return;
			if (taken !== undefined) {
				const owner = known.find(({ id }) => id === taken.site);
				throw new Failure(
					'bad_argument',
					`${alias} is an alias of ${owner?.domain ?? ''} already.`
				);
			}
			insertAlias.run(alias, site.id);
		},
		removeAlias: (alias) => deleteAlias.run(alias).changes > 0,
		goals: () => z.array(goalRow).parse(selectGoals.all()),
		putGoal: (site, eventName, { kind, name }) => {
			upsertGoal.run(site.id, eventName, kind, name);
		},
		segments: openSegments(database),
		removeGoal: (site, eventName) => deleteGoal.run(site.id, eventName).changes > 0,
		privacySignals: () => {
			const rows = z.array(signalsRow).parse(selectSignals.all());
			return new Map(rows.map((row) => [row.id, row.privacy_signals]));
		},
		setPrivacySignals: (site, value) => {
			updateSignals.run(value, site.id);
		},
		authorBand: () => {
			const rows = z.array(bandRow).parse(selectBand.all());
			return new Map(rows.map((row) => [row.id, row.author_band]));
		},
		setAuthorBand: (site, value) => {
			updateBand.run(value, site.id);
		},
		sync: (site) => {
			const row = selectSync.get(site.id);
			return row === undefined ? NO_SYNC : syncRow.parse(row).state;
		},
		setSync: (site, state) => {
			upsertSync.run(site.id, JSON.stringify(state));
		},
		addDrops: (counts) => {
			for (const { site, hour, reason, count } of counts) insertDrop.run(site, hour, reason, count);
		},
		drops: (site, since) => z.array(dropRow).parse(selectDrops.all(site, since)),
		forgetDrops: (before) => {
			deleteDrops.run(before);
		},
		close: () => database.close()
	};
}
