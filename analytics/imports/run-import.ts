import { basename } from 'node:path';
import type { Engine } from '../engine.ts';
import { Failure } from '../failure.ts';
import { plainName } from '../plain-name.ts';
import { foldPage } from '../posts/identity/fold-page.ts';
import { pagePosts } from '../posts/identity/page-posts.ts';
import type { Site } from '../posts/site.ts';
import { formatNamed } from './formats.ts';
import { hashFiles, openImportFile } from './import-file.ts';
import { importNotes } from './import-notes.ts';
import { readFigures } from './read-figures.ts';
import { emptySummary, readEvents, type ImportSummary } from './read-events.ts';

/** What is asked of an import. */
export interface ImportAsked {
	readonly site: Site;
	/** Name of a format. */
	readonly format: string;
	readonly paths: readonly string[];
	readonly isPreview: boolean;
	readonly onProgress: (lines: number, share: number) => void;
	/** Hears the number of the import once it is recorded. */
	readonly onBegin?: (id: number) => void;
	/** Stops it; the same files again continue it. */
	readonly signal?: AbortSignal;
}

export interface ImportOutcome {
	/** Null for a preview. */
	readonly id: number | null;
	readonly summary: ImportSummary;
	/** Rows that were not there before. */
	readonly stored: number;
	/** The line behind which a cut-off import went on; 0 where it began. */
	readonly resumed: number;
	/** Posts of the catalogue that were viewed. */
	readonly posts: number;
	/** Other pages that were viewed. */
	readonly otherPages: number;
	/** What people should know of it, a sentence each. */
	readonly notes: readonly string[];
}

type ImportEngine = Pick<Engine, 'store' | 'posts' | 'identity' | 'importedVisitors' | 'intake'>;

/**
 * Imports files: reads them to their end before any row counts, so that a file which turns out to be wrong leaves
 * nothing behind, and continues an import of the same files that was cut off. Its days are in reports afterwards, from
 * their facts; a server sums them up within the minute.
 * @throws Failure `bad_file`, `bad_argument`
 */
export async function runImport(engine: ImportEngine, asked: ImportAsked): Promise<ImportOutcome> {
	const { site, format: name, paths, isPreview, onProgress, signal } = asked;
	const format = formatNamed(name);
	if (paths.length === 0) throw new Failure('bad_argument', 'Say which files to import.');
	const files = await Promise.all(paths.map(openImportFile));
	const { imports } = engine.store;
	const rules = engine.identity.rules(site);
	const pagesOfPosts = pagePosts(engine.posts(site), rules);
	const known = (path: string): number | undefined => pagesOfPosts.get(foldPage(path, rules));
	const viewed = new Set<number>();
	const otherPages = new Set<string>();
	const onPage = (path: string): void => {
		const post = known(path);
		if (post !== undefined) viewed.add(post);
		else if (otherPages.size < 1_000_000) otherPages.add(path);
	};
	const summary = emptySummary();
	const now = engine.intake.now();
	const record = isPreview
		? null
		: await imports.begin(
				{
					site: site.id,
					format: name,
					files: paths.map((path) => plainName(basename(path))),
					contents: await hashFiles(files)
				},
				now
			);
	if (record !== null) asked.onBegin?.(record.id);
	const outcome = async (stored: number): Promise<ImportOutcome> => ({
		id: record?.id ?? null,
		summary,
		stored,
		resumed: record?.through ?? 0,
		posts: viewed.size,
		otherPages: otherPages.size,
		notes: await importNotes(engine.store, site, name, summary)
	});
	try {
		if (format.kind === 'events') {
			const blocks = readEvents(
				{
					files,
					source: format.source,
					site,
					visitors: engine.importedVisitors,
					countries: engine.intake.countries,
					isKnownPost: (path) => known(path) !== undefined,
					keepParams: rules.params,
					onProgress: (lines, share) => {
						signal?.throwIfAborted();
						onProgress(lines, share);
					},
					onPage
				},
				summary
			);
			// The store writes one block while the next one is read.
			let writing: Promise<void> = Promise.resolve();
			try {
				for await (const block of blocks) {
					signal?.throwIfAborted();
					await writing;
					if (record !== null && block.through > record.through)
						writing = handled(imports.stage(record, block, now));
				}
			} finally {
				await writing;
			}
		} else {
			// All or nothing is quick enough here: what was put aside before is read again.
			if (record !== null && record.state !== 'done') await imports.dropFigures(record.id);
			const isNew = record !== null && record.state !== 'done';
			for await (const rows of readFigures(
				{ files, tables: format.tables, keepParams: rules.params, onPage },
				summary
			)) {
				signal?.throwIfAborted();
				if (isNew) await imports.stageFigures(record, rows);
			}
			if (record?.state === 'done') return await outcome(0);
		}
		if (record === null) return await outcome(0);
		const stored = await imports.finish(record.id, JSON.stringify(summary), now);
		// Events on disk take no memory while facts are derived from them.
		await engine.store.checkpoint();
		await engine.store.settle();
		await engine.store.checkpoint();
		return await outcome(stored);
	} catch (thrown) {
		if (record !== null) imports.leave(record.id);
		// A wrong file leaves nothing behind; whatever else stopped it, the same command continues it.
		if (record !== null && thrown instanceof Failure && thrown.code === 'bad_file')
			await imports.abandon(record.id, now);
		throw thrown;
	} finally {
		if (record !== null) imports.leave(record.id);
	}
}

/** A promise that is awaited later: until then its failure is nobody's. */
function handled(promise: Promise<void>): Promise<void> {
	promise.catch(() => undefined);
	return promise;
}
