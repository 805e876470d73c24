import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Engine } from '../engine.ts';
import { Failure, messageOf } from '../failure.ts';
import { AUTHOR_BAND } from '../posts/author-band.ts';
import { PRIVACY_SIGNALS } from '../posts/privacy-signals.ts';
import { siteRules } from '../posts/identity/site-rules.ts';
import type { Site } from '../posts/site.ts';
import { NO_SYNC, syncState, type SyncState } from '../posts/sync/sync-state.ts';
import { encodeFilter, parseFilter } from '../query/filter.ts';
import type { WrittenCatalogue } from '../stores/catalogue.ts';
import { writtenChange } from '../stores/identity-changes.ts';
import { postStatement } from '../stores/post-fields.ts';
import { WHOLE_SITE } from '../stores/site-files.ts';

const MANIFEST = 'manifest.json';
const VERSION = 2;

const manifest = z.object({
	byline_site: z.literal(VERSION),
	domain: z.string(),
	zone: z.string(),
	privacy_signals: z.enum(PRIVACY_SIGNALS),
	author_band: z.enum(AUTHOR_BAND).default('show'),
	aliases: z.array(z.string()),
	goals: z.array(
		z.object({
			event_name: z.string(),
			kind: z.enum(['subscribe', 'cta_click']),
			name: z.string().nullable()
		})
	),
	/** Posts as they are listed with what each source says of them, and what was decided about them. */
	catalogue: z.object({
		posts: z.array(
			z.object({
				id: z.number(),
				path: z.string(),
				formerPaths: z.array(z.string()),
				statements: z.array(postStatement)
			})
		),
		changes: z.array(writtenChange),
		rules: siteRules
	}),
	/** How many comments posts had, by the day of a change; earlier exports have none. */
	comment_counts: z
		.array(
			z.object({
				post: z.number(),
				day: z.iso.date(),
				count: z.number().int(),
				growth: z.number().int()
			})
		)
		.default([]),
	/** Named sets of filters for everybody, since people stay where they are; earlier exports have none. */
	segments: z.array(z.object({ name: z.string(), filters: z.array(z.string()) })).default([]),
	/** Where the catalogue comes from, without how the last time went. */
	sync: syncState.pick({ kind: true, url: true, everyHours: true }).nullable().default(null),
	events: z.number()
});

/** Writes all of a site into a new folder: a manifest and a Parquet file for each table. Returns the number of events. */
export async function writeSite(engine: Engine, site: Site, folder: string): Promise<number> {
	try {
		await mkdir(folder);
	} catch (thrown) {
		throw new Failure('bad_argument', `${folder} cannot be made: ${messageOf(thrown)}`);
	}
	const { registry, store } = engine;
	await engine.drain();
	const rows = new Map<string, number>();
	for (const table of WHOLE_SITE)
		rows.set(
			table,
			await store.files.write(site.id, table, join(folder, `${table}.parquet`), 'parquet')
		);
	const events = rows.get('events') ?? 0;
	const content: z.infer<typeof manifest> = {
		byline_site: VERSION,
		domain: site.domain,
		zone: site.zone,
		privacy_signals: registry.privacySignals().get(site.id) ?? 'ignore',
		author_band: registry.authorBand().get(site.id) ?? 'show',
		aliases: registry
			.aliases()
			.filter((entry) => entry.site === site.id)
			.map(({ alias }) => alias),
		goals: registry
			.goals()
			.filter((goal) => goal.site === site.id)
			.map(({ eventName, kind, name }) => ({ event_name: eventName, kind, name })),
		catalogue: writable(engine.identity.write(site)),
		comment_counts: [...registry.commentCounts.list(site)],
		segments: engine.segments
			.list(site)
			.map(({ name, filters }) => ({ name, filters: [...filters] })),
		sync: syncOf(registry.sync(site)),
		events
	};
	// Last: a folder without it is no export.
	await writeFile(join(folder, MANIFEST), `${JSON.stringify(content, null, '\t')}\n`);
	return events;
}

/** Makes the site of such a folder. @throws Failure `bad_file`; `bad_argument` where the domain is taken. */
export async function readSite(engine: Engine, folder: string): Promise<Site> {
	const { domain, zone, catalogue, goals, aliases, ...rest } = await manifestOf(folder);
	const site = engine.addSite(domain, zone);
	try {
		const posts = await engine.identity.read(site, catalogue);
		engine.registry.commentCounts.restore(
			site,
			rest.comment_counts.flatMap((row) => {
				const post = posts.get(row.post);
				return post === undefined ? [] : [{ ...row, post }];
			})
		);
		await engine.store.files.read(site.id, folder);
		for (const { name, filters } of rest.segments)
			engine.segments.add(
				site,
				{ name, filters: filters.map((text) => renumbered(text, posts)) },
				engine.intake.now()
			);
	} catch (thrown) {
		// Nothing half imported.
		await engine.removeSite(site);
		throw thrown;
	}
	if (rest.sync !== null) engine.registry.setSync(site, { ...NO_SYNC, ...rest.sync });
	for (const alias of aliases) engine.addAlias(site, alias);
	for (const { event_name: name, ...goal } of goals) engine.putGoal(site, name, goal);
	engine.setPrivacySignals(site, rest.privacy_signals);
	engine.registry.setAuthorBand(site, rest.author_band);
	await engine.store.settle();
	await engine.rollUp();
	await engine.store.checkpoint();
	return site;
}

/** A key of an API stays where it was entered. */
function syncOf({ kind, url, everyHours }: SyncState): z.infer<typeof manifest>['sync'] {
	return { kind, url, everyHours: kind === 'ghost' ? 0 : everyHours };
}

/** A filter with the numbers that posts have here. */
function renumbered(text: string, posts: ReadonlyMap<number, number>): string {
	const filter = parseFilter(text);
	if (filter === null || filter.dimension !== 'post') return text;
	const values = filter.values.map((value) => String(posts.get(Number(value)) ?? value));
	return encodeFilter({ ...filter, values });
}

/** Lists that zod's types may change. */
function writable({
	posts,
	changes,
	rules
}: WrittenCatalogue): z.infer<typeof manifest>['catalogue'] {
	return {
		posts: posts.map((post) => ({
			...post,
			formerPaths: [...post.formerPaths],
			statements: [...post.statements]
		})),
		changes: [...changes],
		rules
	};
}

async function manifestOf(folder: string): Promise<z.infer<typeof manifest>> {
	const path = join(folder, MANIFEST);
	try {
		return manifest.parse(JSON.parse(await readFile(path, 'utf8')));
	} catch (thrown) {
		throw new Failure(
			'bad_file',
			thrown instanceof z.ZodError
				? `${path} is no manifest of a site: ${thrown.issues[0]?.path.join('.') ?? ''} ${thrown.issues[0]?.message ?? ''}.`
				: `${path} cannot be read: ${messageOf(thrown)}`
		);
	}
}
