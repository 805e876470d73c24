import { randomUUID } from 'node:crypto';
import { existsSync, renameSync, statfsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { openAccounts, type Accounts } from './accounts/open-accounts.ts';
import type { BackupManifest } from './backup/manifest.ts';
import { writeBackup } from './backup/write-backup.ts';
import type { Reports } from './engine-contract.ts';
import { openCountries } from './enrich/country.ts';
import { openReferrerSpam } from './enrich/referrer-spam.ts';
import { emptyFolder, inFolder, makeFolder } from './data-folder.ts';
import { Failure, messageOf } from './failure.ts';
import { DEFAULT_GOALS, type Goal } from './events/goals.ts';
import { umamiIdOf } from './events/umami.ts';
import { openDropLedger } from './intake/drop-ledger.ts';
import { summariseDrops, WEEK_MS, type SiteDrops } from './intake/drop-summary.ts';
import { parseTrustedProxies } from './intake/client-address.ts';
import { openImportJobs, type ImportJobs } from './imports/import-jobs.ts';
import { removeImport } from './imports/remove-import.ts';
import { openRemoval } from './remove-site.ts';
import { runImport } from './imports/run-import.ts';
import { openUploads, type Uploads } from './imports/uploads.ts';
import type { IntakeContext } from './intake/intake.ts';
import { allLines, allSegments } from './intake/all-lines.ts';
import { openJournal } from './intake/journal.ts';
import { openRateLimit } from './intake/rate-limit.ts';
import { openSalts, type Visitors } from './intake/salts.ts';
import { startWriter } from './intake/writer.ts';
import { openLive, type Live } from './live/open-live.ts';
import { Cron } from 'croner';
import { fetchExceptions } from './posts/fetch/exceptions.ts';
import type { StatedPost } from './posts/stated-post.ts';
import { openFollow, type Follow } from './posts/identity/follow.ts';
import { followSegments } from './posts/identity/follow-segments.ts';
import { openIdentity, type Identity } from './posts/identity/open-identity.ts';
import { openSeenPages } from './posts/sync/seen-pages.ts';
import {
	openSync,
	type CatalogueSource,
	type SyncProgress,
	type SyncResult
} from './posts/sync/sync.ts';
import { isDue } from './posts/sync/sync-state.ts';
import type { Post, PostInput } from './posts/post.ts';
import type { PrivacySignals } from './posts/privacy-signals.ts';
import type { Site } from './posts/site.ts';
import { openReports } from './reports/open-reports.ts';
import type { Settings } from './settings.ts';
import type { Catalogue } from './stores/catalogue.ts';
import { openDuckDbStore } from './stores/duckdb/duckdb-store.ts';
import type { EventStore } from './stores/event-store.ts';
import { openRegistry, type PutSummary, type Registry } from './stores/registry.ts';
import type { Segments } from './stores/segments.ts';
import { localDay } from './time/local.ts';

const MEGABYTE = 1024 * 1024;
const DAY_MS = 86_400_000;
const DISK_CHECK_MS = 5_000;
const HOUSEKEEPING_MS = 60_000;
const ROLL_UP_MS = 60_000;
const SYNC_CHECKS = '*/5 * * * *';
const SEEN_PAGES = '*/15 * * * * *';

/** Everything that is open in one process: the store, the journal, the registry. Exactly one per process. */
export interface Engine {
	readonly settings: Settings;
	readonly reports: Reports;
	/** How sites stand, told as it changes. */
	readonly live: Live;
	readonly intake: IntakeContext;
	readonly store: EventStore;
	readonly registry: Pick<
		Registry,
		| 'sites'
		| 'aliases'
		| 'goals'
		| 'privacySignals'
		| 'authorBand'
		| 'setAuthorBand'
		| 'commentCounts'
		| 'sync'
		| 'setSync'
	> &
		Pick<Catalogue, 'provenance' | 'stated'>;
	/** Who may see what. */
	readonly accounts: Accounts;
	/** Which posts, topics and authors are the same. */
	readonly identity: Identity;
	/** What was not counted in the last seven days. */
	readonly drops: (site: Site) => SiteDrops;
	readonly importedVisitors: Visitors;
	/** @throws Failure `bad_argument` when the domain is taken. */
	readonly addSite: (domain: string, zone: string) => Site;
	/**
	 * Deletes a site and all that is kept of it, for good. It is gone from reports and intake at once; resolves when its
	 * bytes are gone too, with names of files in the data folder that cannot be read and may still hold some.
	 * @throws Failure `bad_argument` while an import of it runs.
	 */
	readonly removeSite: (site: Site) => Promise<readonly string[]>;
	/** Another name of a site takes effect at once. @throws Failure `bad_argument` when it is taken. */
	readonly addAlias: (site: Site, alias: string) => void;
	/** False where there was none. */
	readonly removeAlias: (alias: string) => boolean;
	/** What an event name means on a site, for events from now on. */
	readonly putGoal: (site: Site, eventName: string, goal: Goal) => void;
	/** False where there was none. */
	readonly removeGoal: (site: Site, eventName: string) => boolean;
	/** For events from now on. */
	readonly setPrivacySignals: (site: Site, value: PrivacySignals) => void;
	/** Named sets of filters, kept for each site. */
	readonly segments: Segments;
	readonly posts: (site: Site) => readonly Post[];
	/** Updates the catalogue and derives anew what it changes. */
	readonly putPosts: (site: Site, posts: readonly PostInput[]) => Promise<PutSummary>;
	/** Adds what sources say of posts, field by field, and derives anew what it changes. */
	readonly putStated: (site: Site, posts: readonly StatedPost[]) => Promise<PutSummary>;
	/** Reads the catalogue anew from where the blog publishes it. @throws Failure `fetch`, `bad_file` */
	readonly syncPosts: (site: Site, source?: CatalogueSource) => Promise<SyncResult>;
	/** Reads the catalogues whose time has come, by their schedules; a server does so by itself. */
	readonly syncDuePosts: () => Promise<void>;
	/** Reads pages that readers saw first of late for what they say of themselves; a server does so by itself. */
	readonly readSeenPages: (site: Site) => Promise<void>;
	/** How far that is; null while it does not go on. */
	readonly syncProgress: (site: Site) => SyncProgress | null;
	/** What a home page names as its catalogue; null where it names none. @throws Failure `fetch` */
	readonly discoverPosts: (site: Site, home: string) => Promise<CatalogueSource | null>;
	/** Imports that go on while nobody waits for them. */
	readonly importJobs: ImportJobs;
	/** Files that were sent here and wait to be imported. */
	readonly uploads: Uploads;
	/** Copies the data folder into a new one. @throws Failure `bad_argument` */
	readonly backup: (folder: string, onFile: (bytes: number) => void) => Promise<BackupManifest>;
	/** Sums up all days but the running ones whose facts have changed; a server does so each minute. */
	readonly rollUp: (onDays?: (days: number) => void) => Promise<void>;
	/**
	 * Reads all events that came over the network from the journal again; their days wait to be settled. Returns their
	 * number. @throws Failure `journal` where it lacks some of those stored.
	 */
	readonly replayJournal: (onEvents: (events: number, share: number) => void) => Promise<number>;
	/** Everything taken so far is in the facts afterwards. */
	readonly drain: () => Promise<void>;
	readonly close: () => Promise<void>;
}

export interface EngineOptions {
	readonly settings: Settings;
	/** Epoch milliseconds. */
	readonly now?: () => number;
	/** Hears of trouble that does not stop the engine. */
	readonly onTrouble?: (message: string) => void;
}

/**
 * Opens the engine on `DATA_DIR`, replaying what the journal holds beyond the store.
 * @throws Failure `data_folder` when the folder cannot be used, `data_folder_busy` when another process has it open.
 */
export async function openEngine({
	settings,
	now = Date.now,
	onTrouble = () => undefined
}: EngineOptions): Promise<Engine> {
	const folder = settings.DATA_DIR;
	prepareFolder(folder);
	const store = await openStore(settings, now, onTrouble);
	inFolder(folder, () => emptyFolder(join(folder, 'tmp')));
	const registry = inFolder(folder, () => openRegistry(join(folder, 'byline.sqlite')));
	// The store is only as new as its last checkpoint, or was just made.
	const { catalogue } = registry;
	for (const site of registry.sites())
		await store.putCatalogue(site, catalogue.posts(site), catalogue.rules(site));
	await store.settle();
	const accounts = inFolder(folder, () => openAccounts({ settings, now, onTrouble }));
	const salts = inFolder(folder, () => openSalts(join(folder, 'salts.json'), now));
	const journal = await openJournal(
		join(folder, 'journal'),
		settings.JOURNAL_SEGMENT_MB * MEGABYTE,
		await store.position(),
		{ keep: settings.JOURNAL_KEEP, onTrouble }
	);
	const removed = new Set(registry.removedSites().map(({ site }) => site));
	const writer = await startWriter({
		journal,
		store,
		removed,
		intervalMs: settings.WRITE_INTERVAL_MS,
		onTrouble
	});
	await writer.drain();
	// A visitor with very many events waits for a step that may never come.
	await store.settle();
	// What an earlier run stored but had no reason yet to delete; else starting costs no checkpoint.
	if (journal.holdsBefore(await store.position())) await writer.compact();

	const uploads = openUploads(join(folder, 'uploads'), now);
	const removal = openRemoval({
		folder,
		store,
		registry,
		journal,
		writer,
		salts,
		uploads,
		accounts,
		now
	});
	// What was cut off, and what an older copy of the store brought back.
	for (const { site, isDone } of registry.removedSites())
		if (!isDone || (await store.holdsSite(site))) await removal.finish(site);

	let sites = registry.sites();
	let byName = sitesByName(registry);
	let goals = goalsBySite(registry);
	let privacySignals = registry.privacySignals();
	let isClosing = false;
	const catalogues = new Map<
		number,
		{ readonly posts: readonly Post[]; readonly follow: Follow }
	>();
	const drops = openDropLedger();
	const spam = inFolder(folder, () =>
		openReferrerSpam(join(folder, 'referrer-spam.txt'), onTrouble)
	);

	function catalogueOf(site: Site) {
		const known = catalogues.get(site.id);
		if (known !== undefined) return known;
		const resolved = catalogue.resolved(site);
		const read = {
			posts: resolved.posts.map(({ post }) => post),
			follow: openFollow(resolved, catalogue.changes(site))
		};
		catalogues.set(site.id, read);
		return read;
	}
	const posts = (site: Site): readonly Post[] => catalogueOf(site).posts;
	const followOf = (site: Site): Follow => catalogueOf(site).follow;

	const keptParams = new Map<number, readonly string[]>();
	function keepParamsOf(site: number): readonly string[] {
		const known = keptParams.get(site);
		if (known !== undefined) return known;
		const { params } = catalogue.rules({ id: site });
		keptParams.set(site, params);
		return params;
	}

	async function stored<T>(site: Site, change: T): Promise<T> {
		catalogues.delete(site.id);
		keptParams.delete(site.id);
		registry.commentCounts.record(site, localDay(site.zone, now()), posts(site));
		await store.putCatalogue(site, posts(site), catalogue.rules(site));
		await store.settle();
		return change;
	}
	const putStated = (site: Site, inputs: readonly StatedPost[]): Promise<PutSummary> =>
		stored(site, catalogue.putStated(site, inputs));
	const syncs = openSync({
		registry: { sync: registry.sync, setSync: registry.setSync, aliases: registry.aliases, posts },
		keepParams: (site) => keepParamsOf(site.id),
		// A post that was split off knows nothing of itself until a source speaks of it again.
		decisions: (site) => [
			catalogue.rules(site),
			catalogue
				.changes(site)
				.flatMap((each) => (each.kind === 'split' ? [each.id, each.undoneAt] : []))
		],
		putStated,
		exceptions: fetchExceptions(settings),
		now
	});
	const syncDuePosts = async (): Promise<void> => {
		for (const site of sites)
			if (isDue(registry.sync(site), now()) && !isClosing)
				await syncs
					.sync(site)
					.catch((thrown: unknown) =>
						onTrouble(`The catalogue of ${site.domain}: ${messageOf(thrown)}`)
					);
	};
	const syncing = new Cron(SYNC_CHECKS, { protect: true, unref: true }, syncDuePosts);

	const seenPages = openSeenPages({
		store,
		registry,
		putStated,
		exceptions: fetchExceptions(settings),
		now,
		isClosing: () => isClosing
	});
	let readAt = store.version();
	const readingPages = new Cron(SEEN_PAGES, { protect: true, unref: true }, async () => {
		const version = store.version();
		if (version === readAt) return;
		readAt = version;
		for (const site of sites)
			await seenPages(site).catch((thrown: unknown) =>
				onTrouble(`Pages of ${site.domain}: ${messageOf(thrown)}`)
			);
	});

	let diskCheckedAt = Number.NEGATIVE_INFINITY;
	let diskIsLow = false;
	function closedBecause(): string | null {
		const at = performance.now();
		if (at - diskCheckedAt > DISK_CHECK_MS) {
			diskCheckedAt = at;
			const { bavail, bsize } = statfsSync(folder);
			diskIsLow = bavail * bsize < settings.DISK_FLOOR_MB * MEGABYTE;
		}
		if (diskIsLow) return 'The disk is almost full.';
		if (writer.backlog() > settings.BACKLOG_MB * MEGABYTE)
			return 'Too many events wait to be written.';
		return null;
	}

	function housekeep(): void {
		registry.addDrops(drops.take());
		// One week is shown.
		registry.forgetDrops(now() - 5 * WEEK_MS);
		accounts.audit.expire(now() - settings.LOG_DAYS * DAY_MS);
		salts.live.expire();
		spam.refresh();
	}
	const housekeeping = setInterval(housekeep, HOUSEKEEPING_MS);
	housekeeping.unref();

	let rolling: Promise<void> = Promise.resolve();
	async function rollAll(onDays: (days: number) => void): Promise<void> {
		for (const site of registry.sites()) {
			// The running day keeps changing, so its figures come from its facts.
			const today = localDay(site.zone, now());
			while (!isClosing) {
				const days = await store.rollUp(site.id, today);
				if (days === 0) break;
				onDays(days);
			}
		}
	}
	function rollUp(onDays: (days: number) => void = () => undefined): Promise<void> {
		const run = rolling.then(() => rollAll(onDays));
		rolling = run.catch(() => undefined);
		return run;
	}
	const rollingUp = setInterval(
		() => void rollUp().catch((thrown: unknown) => onTrouble(messageOf(thrown))),
		ROLL_UP_MS
	);
	rollingUp.unref();

	const reports = openReports({
		store,
		sites: () => sites,
		posts,
		followOf,
		commentGrowth: registry.commentCounts.growth,
		now
	});
	const live = openLive({
		ask: (site, scope) => reports.within(() => scope).siteNow(site),
		version: store.version,
		onTrouble
	});

	const importJobs = openImportJobs({
		run: (asked) => runImport(engine, asked),
		remove: (id) => removeImport(engine, id),
		now
	});

	const engine: Engine = {
		settings,
		store,
		live,
		accounts,
		registry: {
			sites: () => sites,
			aliases: registry.aliases,
			goals: registry.goals,
			privacySignals: registry.privacySignals,
			authorBand: registry.authorBand,
			setAuthorBand: registry.setAuthorBand,
			commentCounts: registry.commentCounts,
			provenance: catalogue.provenance,
			stated: catalogue.stated,
			sync: registry.sync,
			setSync: registry.setSync
		},
		drops: (site) => {
			registry.addDrops(drops.take());
			const since = now() - WEEK_MS;
			return {
				ofSite: summariseDrops(registry.drops(site.id, since), now()),
				ofNone: summariseDrops(registry.drops(0, since), now())
			};
		},
		importedVisitors: salts.imported,
		reports,
		intake: {
			siteOf: (domain) => byName.get(domain),
			onlySite: () => (sites.length === 1 ? sites[0] : undefined),
			goalOf: (site, name) => goals.get(site)?.get(name) ?? DEFAULT_GOALS.get(name),
			honoursPrivacySignals: (site) => privacySignals.get(site) === 'honour',
			keepParamsOf,
			countries: openCountries(),
			visitors: salts.live,
			keySite: (text) => {
				const key = accounts.apiKeys.use(text, now());
				return key?.scopes.includes('events') === true ? key.site : null;
			},
			lateVisitors: salts.late,
			allowHeadless: settings.ALLOW_HEADLESS,
			spam,
			now,
			newId: randomUUID,
			journal,
			drops,
			closedBecause,
			onTaken: writer.wake,
			isTrustedProxy: parseTrustedProxies(settings.TRUSTED_PROXIES) ?? (() => false),
			addressLimit: openRateLimit(settings.RATE_LIMIT_PER_ADDRESS),
			siteLimit: openRateLimit(settings.RATE_LIMIT_PER_SITE)
		},
		addSite: (domain, zone) => {
			const site = registry.addSite(domain, zone, now());
			sites = registry.sites();
			byName = sitesByName(registry);
			return site;
		},
		removeSite: async (site) => {
			await removal.refuseWhileImporting(site);
			registry.removeSite(site, now());
			removed.add(site.id);
			catalogues.delete(site.id);
			sites = registry.sites();
			byName = sitesByName(registry);
			goals = goalsBySite(registry);
			privacySignals = registry.privacySignals();
			return removal.finish(site.id);
		},
		addAlias: (site, alias) => {
			registry.addAlias(site, alias);
			byName = sitesByName(registry);
		},
		removeAlias: (alias) => {
			const removed = registry.removeAlias(alias);
			byName = sitesByName(registry);
			return removed;
		},
		putGoal: (site, eventName, goal) => {
			registry.putGoal(site, eventName, goal);
			goals = goalsBySite(registry);
		},
		removeGoal: (site, eventName) => {
			const removed = registry.removeGoal(site, eventName);
			goals = goalsBySite(registry);
			return removed;
		},
		setPrivacySignals: (site, value) => {
			registry.setPrivacySignals(site, value);
			privacySignals = registry.privacySignals();
		},
		segments: followSegments(registry.segments, followOf),
		identity: openIdentity(catalogue, stored, followOf, now),
		posts,
		putPosts: (site, inputs) => stored(site, catalogue.putPosts(site, inputs)),
		putStated,
		syncPosts: syncs.sync,
		syncDuePosts,
		syncProgress: syncs.progress,
		readSeenPages: seenPages,
		discoverPosts: syncs.discover,
		importJobs,
		uploads,
		replayJournal: async (onEvents) => {
			await writer.drain();
			const segments = await allSegments(join(folder, 'journal'));
			return store.replay(async function* (position) {
				for await (const { lines, share } of allLines(segments, position)) {
					yield lines;
					onEvents(lines.length, share);
				}
			});
		},
		backup: async (target, onFile) => {
			// Counts of drops are kept in memory for a while.
			housekeep();
			await writer.drain();
			return writeBackup({ dataDir: folder, store, now: now(), onFile }, target);
		},
		drain: async () => {
			await writer.drain();
			await store.settle();
		},
		rollUp,
		close: async () => {
			syncing.stop();
			readingPages.stop();
			await Promise.all([syncs.close(), importJobs.close()]);
			clearInterval(housekeeping);
			clearInterval(rollingUp);
			isClosing = true;
			live.close();
			await rolling;
			await writer.drain().catch((thrown: unknown) => onTrouble(messageOf(thrown)));
			await writer.stop();
			housekeep();
			await journal.close();
			registry.close();
			accounts.close();
			await store.close();
		}
	};
	return engine;
}

/** Opens the event store; a damaged file is set aside, and what the journal still holds is read into a new one. */
async function openStore(
	settings: Settings,
	now: () => number,
	onTrouble: (message: string) => void
): Promise<EventStore> {
	const file = join(settings.DATA_DIR, 'events.duckdb');
	const open = (): Promise<EventStore> =>
		openDuckDbStore({
			file,
			memoryLimit: settings.MEMORY_LIMIT,
			threads: settings.THREADS,
			tempDirectory: join(settings.DATA_DIR, 'tmp'),
			timeLimitMs: settings.QUERY_TIME_LIMIT_S * 1_000
		});
	try {
		return await open();
	} catch (thrown) {
		if (!(thrown instanceof Failure && thrown.code === 'store_damaged')) throw thrown;
		const aside = `${file}.damaged-${new Date(now()).toISOString().replace(/[:.]/g, '-')}`;
		renameSync(file, aside);
		if (existsSync(`${file}.wal`)) renameSync(`${file}.wal`, `${aside}.wal`);
		onTrouble(
			`${thrown.message} It was set aside as ${basename(aside)}. A new one is made from the journal; what is older is in that file, in a backup, or in journal/kept, which "rebuild --from-journal" reads.`
		);
		return await open();
	}
}

/** Every name that a sender may use for a site: its domain, its aliases, its id for Umami's clients. */
function sitesByName(registry: Registry): ReadonlyMap<string, Site> {
	const sites = registry.sites();
	const byId = new Map(sites.map((site) => [site.id, site]));
	const names = new Map(sites.map((site) => [umamiIdOf(site.domain), site]));
	for (const { site: id, alias } of registry.aliases()) {
		const site = byId.get(id);
		if (site !== undefined) names.set(alias, site);
	}
	for (const site of sites) names.set(site.domain, site);
	return names;
}

function goalsBySite(registry: Registry): ReadonlyMap<number, ReadonlyMap<string, Goal>> {
	const bySite = new Map<number, Map<string, Goal>>();
	for (const { site, eventName, kind, name } of registry.goals()) {
		const goals = bySite.get(site) ?? new Map<string, Goal>();
		bySite.set(site, goals.set(eventName, { kind, name }));
	}
	return bySite;
}

function prepareFolder(folder: string): void {
	inFolder(folder, () => {
		makeFolder(folder);
		makeFolder(join(folder, 'tmp'));
	});
}
