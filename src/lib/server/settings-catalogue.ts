import type { Site } from '#analytics';
import {
	parseCatalogueFile,
	withSource,
	type CatalogueSource,
	type SyncState
} from '#analytics/server';
import { engine } from '#lib/server/engine.ts';
import { WrongField, textOf } from '#lib/server/settings-change.ts';

const HOUR = 60 * 60 * 1_000;
const LISTED = 50;

/** Where a catalogue may be read from, and what its address is an address of. */
const SOURCES = [
	{ kind: 'auto', label: 'What the home page names', address: 'Home page' },
	{ kind: 'feed', label: 'Feed: RSS, Atom or JSON Feed', address: 'Address of the feed' },
	{ kind: 'sitemap', label: 'Sitemap', address: 'Address of the sitemap' },
	{ kind: 'wordpress', label: 'WordPress', address: 'Address of the blog' },
	{ kind: 'ghost', label: 'Ghost', address: 'Address of the blog' }
] as const satisfies readonly {
	readonly kind: SyncState['kind'];
	readonly label: string;
	readonly address: string;
}[];

/** Hours between two times, as a form offers them. */
const SCHEDULES = [0, 1, 3, 6, 12, 24, 168] as const;

/** How a site's catalogue is kept up to date, as its screen shows it. The key of an API stays here. */
export function catalogueView(site: Site) {
	const { registry, syncProgress } = engine();
	const { key, ...state } = registry.sync(site);
	const progress = syncProgress(site);
	const next =
		state.everyHours === 0
			? null
			: Math.max(Date.now(), (state.lastAt ?? 0) + state.everyHours * HOUR);
	return {
		sources: SOURCES,
		schedules: withOwn(state.everyHours),
		state: {
			kind: state.kind,
			url: state.url,
			hasKey: key !== '',
			everyHours: state.everyHours,
			lastAt: isoOf(state.lastAt),
			nextAt: isoOf(next),
			added: state.added,
			updated: state.updated,
			unchanged: state.unchanged,
			errors: [...new Set(state.errors)]
		},
		progress:
			progress === null
				? null
				: {
						documents: progress.documents,
						pages: progress.pages,
						isWaiting: progress.startedAt === null
					},
		posts: postsView(site)
	};
}

/** Posts of the catalogue, and those that lack what reports are made of. */
function postsView(site: Site) {
	const posts = engine().posts(site);
	const lacking = posts
		.map(({ id, path, title, authors, topics, publishedAt, wordCount }) => ({
			id,
			title,
			path,
			lacks: [
				...(title === path ? ['title'] : []),
				...(publishedAt === null ? ['date'] : []),
				...(authors.length === 0 ? ['author'] : []),
				...(topics.length === 0 ? ['topic'] : []),
				...(wordCount === null ? ['word count'] : [])
			]
		}))
		.filter(({ lacks }) => lacks.length > 0)
		.sort((a, b) => b.lacks.length - a.lacks.length || b.id - a.id);
	return { count: posts.length, lacking: lacking.length, listed: lacking.slice(0, LISTED) };
}

/** A schedule that the command line set is one of the choices too. */
function withOwn(everyHours: number): readonly number[] {
	return [...new Set([...SCHEDULES, everyHours])].sort((a, b) => a - b);
}

function isoOf(time: number | null): string | null {
	return time === null ? null : new Date(time).toISOString();
}

/**
 * Keeps where the catalogue comes from and how often it is read.
 * @throws WrongField
 */
export function saveSource(site: Site, form: FormData): void {
	const { registry } = engine();
	const before = registry.sync(site);
	const kind = kindOf(textOf(form.get('kind')));
	const url = addressOf(site, textOf(form.get('url')), kind);
	const every = textOf(form.get('every'));
	if (!/^\d{1,3}$/.test(every) || Number(every) > 168)
		throw new WrongField('every', `"${every}" is no number of hours from 0 to 168.`);
	const given = textOf(form.get('key'));
	const key = given === '' && kind === before.kind && url === before.url ? before.key : given;
	if (kind === 'ghost' && key === '')
		throw new WrongField('key', 'Ghost needs the key of its Content API.');
	const kept = kind === 'ghost' ? key : '';
	registry.setSync(site, withSource(before, { kind, url, key: kept, everyHours: Number(every) }));
}

function kindOf(given: string): SyncState['kind'] {
	const found = SOURCES.find(({ kind }) => kind === given);
	if (found === undefined) throw new WrongField('kind', `"${given}" is no source of a catalogue.`);
	return found.kind;
}

function addressOf(site: Site, given: string, kind: SyncState['kind']): string {
	if (given === '' && kind === 'auto') return '';
	const text = given === '' ? `https://${site.domain}/` : given;
	const url = URL.parse(text);
	if (given === '' && (kind === 'feed' || kind === 'sitemap'))
		throw new WrongField('url', 'An address is needed.');
	if (url === null || !/^https?:$/.test(url.protocol) || text.length > 2_000)
		throw new WrongField('url', `"${text.slice(0, 200)}" is no http or https address.`);
	return text;
}

/** Begins to read the catalogue; what goes wrong is kept with it. False where that goes on already. */
export function startSync(site: Site): boolean {
	if (engine().syncProgress(site) !== null) return false;
	engine()
		.syncPosts(site)
		.catch(() => undefined);
	return true;
}

/** What the home page names as its catalogue. @throws WrongField, Failure `fetch` */
export async function discoverSource(site: Site, form: FormData): Promise<CatalogueSource> {
	const home = addressOf(site, textOf(form.get('home')), 'wordpress');
	const found = await engine().discoverPosts(site, home);
	if (found === null) throw new WrongField('home', `${home} names no feed and has no sitemap.`);
	return found;
}

/** Adds the posts of a catalogue file. @throws WrongField, Failure `bad_file` */
export async function takeCatalogueFile(site: Site, form: FormData) {
	const file = form.get('file');
	if (!(file instanceof File) || file.size === 0)
		throw new WrongField('file', 'Choose a file that is not empty.');
	const bytes = Buffer.from(await file.arrayBuffer());
	return engine().putPosts(
		site,
		await parseCatalogueFile(file.name, bytes, site.zone, engine().identity.rules(site).params)
	);
}
