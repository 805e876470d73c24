import {
	appendFileSync,
	copyFileSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommand } from '../../analytics/commands/commands.ts';
import { openEngine, type Engine } from '../../analytics/engine.ts';
import { takeBody } from '../../analytics/intake/intake.ts';
import { encodeLine } from '../../analytics/intake/journal-line.ts';
import type { Site } from '../../analytics/posts/site.ts';
import type { Row } from '../../analytics/reports/result.ts';
import { parseSettings } from '../../analytics/settings.ts';
import { openRegistry } from '../../analytics/stores/registry.ts';
import { CHROME } from '../http/client.ts';
import { temporaryFolder } from '../support/temp.ts';

const READER = { ip: '203.0.113.9', userAgent: CHROME };
/** Stands in every text that the site to go has, and nowhere else. */
const GONE = 'zqgone';
const KEPT = 'zqkept';

const folder = temporaryFolder('removal');
const scratch = temporaryFolder('removal-files');
afterAll(() => {
	folder.remove();
	scratch.remove();
});

const open = (): Promise<Engine> =>
	openEngine({
		settings: parseSettings({
			DATA_DIR: folder.path,
			JOURNAL_KEEP: 'true',
			FETCH_ALLOWED_ONLY: 'true'
		})
	});

/** Files below a folder, by their paths. */
function filesIn(path: string): readonly string[] {
	return readdirSync(path).flatMap((name) => {
		const child = join(path, name);
		return statSync(child).isDirectory() ? filesIn(child) : [child];
	});
}

/** Names of the files of the data folder that have a text, also compressed. The audit log may name the domain. */
function holding(text: string): readonly string[] {
	return filesIn(folder.path).filter((path) => {
		const bytes = readFileSync(path);
		const plain = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1');
		const isAudited = path.includes('accounts.sqlite');
		return (isAudited ? plain.replaceAll(`${text}.example.com`, '') : plain).includes(text);
	});
}

async function send(engine: Engine, events: readonly object[]): Promise<void> {
	for (const event of events) {
		const answer = await takeBody(JSON.stringify(event), READER, engine.intake);
		expect(answer).toMatchObject({ status: 202, body: 'ok' });
	}
}

/** Views, a click, a subscribe and a custom event of a site, each text of which has the mark. */
function eventsOf(mark: string, count: number): readonly object[] {
	return Array.from({ length: count }, (_, index) => ({
		u: `https://${mark}.example.com/${mark}-${index}?utm_campaign=${mark}campaign${index}`,
		d: `${mark}.example.com`,
		r: `https://${mark}referrer.example/${index}`,
		n: ['pageview', 'cta_click', 'subscribe', `${mark}custom`][index % 4],
		c: { id: `${mark}cta`, placement: `${mark}place`, variant: mark },
		f: `${mark}form`,
		p: { [`${mark}prop`]: `${mark}value${index}` }
	}));
}

async function addSite(engine: Engine, mark: string): Promise<Site> {
	const site = engine.addSite(`${mark}.example.com`, 'UTC');
	engine.addAlias(site, `${mark}alias.example.com`);
	engine.putGoal(site, `${mark}goal`, { kind: 'subscribe', name: `${mark}form` });
	const limits = { name: `${mark}key`, authors: null, expiresAt: null } as const;
	engine.accounts.apiKeys.add(site.id, { ...limits, scopes: ['events'] }, Date.now());
	const link = { screen: null, filters: [`page:is:/${mark}`], hosts: [], password: '' } as const;
	await engine.accounts.shareLinks.add(site.id, { ...limits, ...link }, Date.now());
	engine.segments.add(site, { name: `${mark} segment`, filters: [`page is /${mark}`] }, Date.now());
	await engine.putPosts(site, [
		{
			path: `/${mark}-0`,
			formerPaths: [`/${mark}-former`],
			title: `${mark} title`,
			authors: [`${mark} author`],
			topics: [`${mark} topic`],
			publishedAt: Date.UTC(2026, 0, 1),
			wordCount: 500,
			commentCount: null
		}
	]);
	const log = join(scratch.path, `${mark}.log`);
	const days = Array.from({ length: 20 }, (_, day) => String(day + 1).padStart(2, '0'));
	writeFileSync(
		log,
		days
			.map(
				(day) =>
					`198.51.100.${day} - - [${day}/Mar/2026:10:00:00 +0000] "GET /${mark}-log-${day} HTTP/1.1" 200 512 "-" "${CHROME}"\n`
			)
			.join('')
	);
	await command(engine, 'import', 'access-log', log, '--site', site.domain);
	await command(engine, 'export', 'pages', '--site', site.domain, '--filter', `page:is:/${mark}`);
	await engine.uploads.receive(
		site.id,
		(async function* () {
			await Promise.resolve();
			yield {
				name: `${mark}-upload.csv`,
				bytes: (async function* () {
					await Promise.resolve();
					yield Buffer.from(`${mark}upload`);
				})()
			};
		})(),
		{ maxBytes: 1e6, keepFreeBytes: 0 }
	);
	return site;
}

async function command(engine: Engine, ...args: readonly string[]): Promise<string> {
	let said = '';
	const code = await runCommand(args, engine, {
		out: (text) => (said += text),
		note: (text) => (said += text),
		isTerminal: false,
		folder: scratch.path
	});
	expect({ said, code }).toMatchObject({ code: 0 });
	return said;
}

interface Figures {
	readonly views: number;
	/** Rows of pages that only the import has. */
	readonly imported: readonly Row[];
	readonly posts: readonly Row[];
}

async function figuresOf(engine: Engine, mark: string): Promise<Figures> {
	await engine.drain();
	const site = engine.reports.site(`${mark}.example.com`);
	const outcome =
		site === null
			? null
			: await engine.reports.resolve(site, new URLSearchParams('period=all&compare=none'));
	if (outcome?.ok !== true) throw new Error(`There are no figures of ${mark}.`);
	const pages = await engine.reports.report('pages', outcome.query);
	const posts = await engine.reports.report('posts', outcome.query);
	return {
		views: pages.rows.reduce((sum, row) => sum + Number(row['page_views']), 0),
		imported: pages.rows.filter((row) => String(row['path']).includes('-log-')),
		posts: posts.rows
	};
}

describe('a site that is removed', () => {
	let engine: Engine;
	let gone: Site;
	let before: Figures;

	beforeAll(async () => {
		engine = await open();
		await addSite(engine, KEPT);
		gone = await addSite(engine, GONE);
		await send(engine, [...eventsOf(GONE, 200), ...eventsOf(KEPT, 200)]);
		await engine.rollUp();
		await engine.close();
		// Damage: one line that still says whose it is, and one that does not.
		const quarantine = join(folder.path, 'journal', 'quarantine');
		mkdirSync(quarantine, { recursive: true });
		for (const [id, mark] of [
			[1, KEPT],
			[2, GONE]
		] as const) {
			const line = `~${encodeLine(JSON.stringify({ id: 'x', site: id, page: `/${mark}damaged` })).trimEnd()}`;
			appendFileSync(
				join(quarantine, '000000000001.log'),
				`# byte 0, ${line.length} bytes\n${line}\n`
			);
		}
		appendFileSync(join(quarantine, '000000000001.log'), `# byte 9, 12 bytes\n${GONE}broken\n`);
		engine = await open();
		await send(engine, eventsOf(GONE, 50));
		// What a killed process left of an export.
		mkdirSync(join(folder.path, 'tmp', `export-${gone.id}-x`));
		writeFileSync(join(folder.path, 'tmp', `export-${gone.id}-x`, 'events.csv'), `${GONE}export`);
		before = await figuresOf(engine, KEPT);
		await engine.store.checkpoint();
	});
	afterAll(() => engine.close());

	test('stood in the store, the registry, the journal and files of its own', () => {
		const names = holding(GONE).map((path) => path.slice(folder.path.length + 1));
		for (const part of [
			/^events\.duckdb$/,
			/^byline\.sqlite/,
			/^journal\/\d+\.log$/,
			/^journal\/quarantine\//,
			/^accounts\.sqlite/,
			/^uploads\//,
			/^tmp\/export-/
		])
			expect(names).toContainEqual(expect.stringMatching(part));
		expect(readFileSync(join(folder.path, 'salts.json'), 'utf8')).toContain(`|${gone.id}|`);
	});

	test('is refused without a word of assent', async () => {
		let said = '';
		const io = {
			out: (text: string) => (said += text),
			note: (text: string) => (said += text),
			isTerminal: false,
			folder: scratch.path
		};
		expect(await runCommand(['site', 'remove', gone.domain], engine, io)).toBe(1);
		expect(said).toContain('Add --yes to do it.');
		expect(engine.reports.site(gone.domain)).not.toBe(null);
	});

	test('is gone from intake at once, and from every byte of the data folder soon', async () => {
		const removing = command(engine, 'site', 'remove', gone.domain, '--yes');
		await expect.poll(() => engine.reports.site(gone.domain)).toBe(null);
		const late = await takeBody(JSON.stringify(eventsOf(GONE, 1)[0]), READER, engine.intake);
		expect(late.headers).toMatchObject({ 'x-byline-dropped': 'unknown_site' });
		// Others are counted meanwhile.
		await send(engine, eventsOf(KEPT, 40));
		expect(await removing).toBe(`Removed ${gone.domain}.\n`);
		expect(holding(GONE)).toEqual([]);
		expect(readFileSync(join(folder.path, 'salts.json'), 'utf8')).not.toContain(`|${gone.id}|`);
	});

	test('leaves the other one as it was', async () => {
		expect(holding(`${KEPT}damaged`)).toHaveLength(1);
		expect(await engine.uploads.list(1)).toHaveLength(1);
		expect(holding(`${KEPT}campaign`)).toContainEqual(
			expect.stringMatching(/\/kept\/\d+\.log\.gz$/)
		);
		const after = await figuresOf(engine, KEPT);
		expect(after.views).toBe(before.views + 10);
		expect(after.imported).toHaveLength(20);
		expect(after.imported).toEqual(before.imported);
		expect(after.posts).toMatchObject([{ title: `${KEPT} title`, topics: [`${KEPT} topic`] }]);
		await command(engine, 'verify', '--site', `${KEPT}.example.com`);
	});

	test('stays away over a restart and a rebuild, and its number is not given again', async () => {
		await engine.close();
		expect(holding(GONE)).toEqual([]);
		engine = await open();
		expect(engine.registry.sites().map(({ domain }) => domain)).toEqual([`${KEPT}.example.com`]);
		await command(engine, 'rebuild', '--site', `${KEPT}.example.com`);
		const again = engine.addSite(gone.domain, 'UTC');
		expect(again.id).toBeGreaterThan(gone.id);
		expect(await figuresOf(engine, GONE)).toEqual({ views: 0, imported: [], posts: [] });
		expect(engine.segments.list(again)).toEqual([]);
		expect(holding(`${GONE}campaign`)).toEqual([]);
		await send(engine, eventsOf(GONE, 20));
		expect((await figuresOf(engine, GONE)).views).toBe(5);
	});

	test('goes at the next start where that was cut off, and where an older copy of the store has it', async () => {
		const site = engine.reports.site(gone.domain);
		if (site === null) throw new Error('It was just added.');
		await engine.close();
		const store = join(folder.path, 'events.duckdb');
		copyFileSync(store, join(scratch.path, 'older'));
		const registry = openRegistry(join(folder.path, 'byline.sqlite'));
		registry.removeSite(site, Date.now());
		registry.close();
		expect(holding(`${GONE}campaign`)).toContain(store);
		engine = await open();
		expect(holding(GONE)).toEqual([]);
		await engine.close();
		copyFileSync(join(scratch.path, 'older'), store);
		expect(holding(`${GONE}campaign`)).toEqual([store]);
		engine = await open();
		expect(holding(GONE)).toEqual([]);
		expect((await figuresOf(engine, KEPT)).views).toBe(before.views + 10);
	});
});
