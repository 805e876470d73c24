import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Engine } from '../engine.ts';
import { Failure, messageOf } from '../failure.ts';
import { AUTHOR_BAND } from '../posts/author-band.ts';
import { PRIVACY_SIGNALS } from '../posts/privacy-signals.ts';
import { siteRules } from '../posts/identity/site-rules.ts';
import type { Site } from '../posts/site.ts';
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
	await engine.identity.read(site, catalogue);
	await engine.store.files.read(site.id, folder);
	for (const alias of aliases) engine.addAlias(site, alias);
	for (const { event_name: name, ...goal } of goals) engine.putGoal(site, name, goal);
	engine.setPrivacySignals(site, rest.privacy_signals);
	engine.registry.setAuthorBand(site, rest.author_band);
	await engine.store.settle();
	await engine.rollUp();
	await engine.store.checkpoint();
	return site;
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
