import { error } from '@sveltejs/kit';
import type { Site } from '#analytics';
import {
	detectFormats,
	importDetail,
	importNotes,
	parityOf,
	parseImportSummary,
	SKIP_LABELS,
	type ImportJob,
	type ImportOutcome,
	type ImportRecord,
	type Upload
} from '#analytics/server';
import { IMPORT_FORMATS } from '#lib/import-formats.ts';
import type { JobProgress } from '#lib/job-progress.ts';
import { record } from '#lib/server/access/record.ts';
import { viewer } from '#lib/server/access/viewer.ts';
import { engine } from '#lib/server/engine.ts';
import { WrongField } from '#lib/server/settings-change.ts';

type Summary = NonNullable<ReturnType<typeof parseImportSummary>>;

/** What a file was found to hold, or what an import brought. */
export interface ImportFindings {
	readonly lines: number;
	readonly pageViews: number;
	readonly from: string | null;
	readonly to: string | null;
	/** What was left out and why, the most first. */
	readonly skipped: readonly { readonly label: string; readonly count: number }[];
	readonly unreadable: number;
	readonly errors: readonly string[];
	/** What people should know of it, a sentence each. */
	readonly notes: readonly string[];
}

function findingsOf(summary: Summary, notes: readonly string[]): ImportFindings {
	const { lines, pageViews, from, to, skipped, unreadable, errors } = summary;
	const labels: Readonly<Record<string, string>> = SKIP_LABELS;
	return {
		lines,
		pageViews,
		from,
		to,
		notes,
		unreadable,
		skipped: Object.entries(skipped)
			.map(([reason, count]) => ({ label: labels[reason] ?? reason, count }))
			.sort((a, b) => b.count - a.count),
		errors: errors.map(
			({ file, line, reason }) => `${withoutFolder(file)}, line ${line}: ${reason}`
		)
	};
}

/** Where files are kept is nobody's to read in a message. */
function withoutFolder(message: string): string {
	return message.replaceAll(/(?:[^\s:]*\/)?uploads\/[0-9a-f-]{36}\/files\//g, '');
}

const keyOfRemoval = (id: number): string => `remove ${id}`;

/** All imports of a site, and files that wait to become one. */
export async function importsView(site: Site) {
	const { importJobs, store, uploads } = engine();
	const [records, waiting] = await Promise.all([
		store.imports.list(site.id),
		uploads.list(site.id)
	]);
	const imports = records.map((record) => recordView(record));
	return {
		imports,
		uploads: waiting.map((upload) => ({
			...shown(upload),
			state: uploadState(upload, importJobs.job(upload.id))
		})),
		isBusy: importJobs.jobs(site.id).some(isGoing)
	};
}

function recordView(record: ImportRecord) {
	const { id, format, files, rows, from, to, state, started } = record;
	const removal = engine().importJobs.job(keyOfRemoval(id));
	return {
		id,
		format,
		files,
		rows,
		from,
		to,
		startedAt: new Date(started).toISOString(),
		state:
			removal !== null && isGoing(removal)
				? ('removing' as const)
				: state !== 'running'
					? state
					: engine().store.imports.isRunning(id)
						? ('running' as const)
						: ('unfinished' as const)
	};
}

/** One import with its record, what it read, and how it compares with what Byline counted itself. */
export async function importView(site: Site, given: string) {
	const record = await recordOf(site, given);
	const { store, importJobs } = engine();
	const [summary, parity] = await Promise.all([
		store.imports.summary(record.id),
		record.state === 'done' ? parityOf(store, record) : []
	]);
	const parsed = parseImportSummary(summary);
	const removal = importJobs.job(keyOfRemoval(record.id));
	return {
		record: recordView(record),
		findings:
			parsed === null || record.state !== 'done'
				? null
				: findingsOf(parsed, await importNotes(store, site, record.format, parsed)),
		parity: parity.map(({ metric, path, imported, byline, difference, cause }) => ({
			metric: String(metric),
			path: typeof path === 'string' ? path : null,
			imported: Number(imported),
			byline: Number(byline),
			difference: Number(difference),
			cause: typeof cause === 'string' ? cause : null
		})),
		problem: removal?.state === 'failed' ? (removal.message ?? '') : ''
	};
}

/** The record of one import. */
export async function importRecordView(site: Site, given: string) {
	return recordView(await recordOf(site, given));
}

async function recordOf(site: Site, given: string): Promise<ImportRecord> {
	const records = await engine().store.imports.list(site.id);
	const record = records.find(({ id }) => String(id) === given);
	if (record === undefined) error(404, `There is no import "${given}" of ${site.domain}.`);
	return record;
}

/** Begins to take an import back. @throws Failure `bad_argument` while it runs. */
export async function startRemoval(site: Site, given: string): Promise<void> {
	const imported = await recordOf(site, given);
	const { id } = imported;
	const actor = viewer().person?.id ?? null;
	const removed = engine().importJobs.remove(keyOfRemoval(id), site.id, id);
	void removed?.then(({ state }) => {
		if (state === 'done') record('import_removed', { site, actor, detail: importDetail(imported) });
	});
}

/** Files that were sent, and how far the work on them is. */
export async function uploadView(site: Site, id: string) {
	const { importJobs, uploads } = engine();
	const upload = await uploads.get(site.id, id);
	const found = importJobs.job(id);
	const job = found?.site === site.id ? found : null;
	if (upload === null && job === null) return null;
	return {
		upload: upload === null ? null : shown(upload),
		state: uploadState(upload, job),
		kind: job?.kind ?? null,
		progress: job === null || !isGoing(job) ? null : progressOf(job),
		message: withoutFolder(job?.message ?? ''),
		outcome: job?.outcome ? outcomeOf(job.outcome) : null
	};
}

type UploadState = 'sent' | 'found' | 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

function uploadState(upload: Upload | null, job: ImportJob | null): UploadState {
	if (job === null) return upload?.isBegun === true ? 'cancelled' : 'sent';
	if (job.kind === 'preview' && job.state === 'done') return 'found';
	// A preview that was stopped leaves nothing to go on with.
	if (job.kind === 'preview' && job.state === 'cancelled')
		return upload?.isBegun === true ? 'cancelled' : 'sent';
	return job.state;
}

function isGoing({ state }: ImportJob): boolean {
	return state === 'waiting' || state === 'running';
}

function progressOf({ state, lines, share, startedAt }: ImportJob): JobProgress {
	return {
		isWaiting: state === 'waiting',
		lines,
		share,
		seconds: startedAt === null ? 0 : (Date.now() - startedAt) / 1_000
	};
}

function outcomeOf({ id, summary, stored, resumed, posts, otherPages, notes }: ImportOutcome) {
	return { id, stored, resumed, posts, otherPages, findings: findingsOf(summary, notes) };
}

function shown({ id, createdAt, files, format, isBegun }: Upload) {
	return { id, createdAt: new Date(createdAt).toISOString(), files, format, isBegun };
}

/** Looks at files without importing any; where no format is named, the files tell theirs. */
export async function startPreview(site: Site, upload: Upload, format: string): Promise<void> {
	const { importJobs, uploads } = engine();
	const named = format === '' ? await formatOf(upload) : checkedFormat(format);
	const known = await uploads.change(upload, { format: named });
	if (named === '') return;
	void importJobs.start(upload.id, {
		site,
		format: named,
		paths: uploads.paths(known),
		isPreview: true
	});
}

/** The format that all files can be of; empty where there is none. */
async function formatOf(upload: Upload): Promise<string> {
	const found = await Promise.all(engine().uploads.paths(upload).map(detectFormats));
	return found[0]?.find((name) => found.every((names) => names.includes(name))) ?? '';
}

function checkedFormat(given: string): string {
	if (!IMPORT_FORMATS.some(({ name }) => name === given))
		throw new WrongField('format', `"${given}" is no format.`);
	return given;
}

/** Begins an import, or goes on with one that was cut off. Its files go when it is done. */
export async function startImport(site: Site, upload: Upload): Promise<void> {
	const { importJobs, uploads } = engine();
	const format = checkedFormat(upload.format);
	const begun = await uploads.change(upload, { isBegun: true });
	const done = importJobs.start(upload.id, {
		site,
		format,
		paths: uploads.paths(begun),
		isPreview: false
	});
	void done?.then(({ state }) => (state === 'done' ? uploads.remove(upload) : undefined));
}

/** Stops what goes on with files that were sent. */
export function cancelWork(upload: Upload): void {
	engine().importJobs.cancel(upload.id);
}

/** Forgets files that were sent. @throws WrongField while they are worked on. */
export async function discardUpload(upload: Upload): Promise<void> {
	const { importJobs, uploads } = engine();
	const job = importJobs.job(upload.id);
	if (job !== null && isGoing(job)) throw new WrongField('', 'Cancel it first.');
	await uploads.remove(upload);
	importJobs.forget(upload.id);
}

/** The upload of a form. @throws WrongField where it is gone. */
export async function uploadOf(site: Site, id: string): Promise<Upload> {
	const upload = await engine().uploads.get(site.id, id);
	if (upload === null) throw new WrongField('', 'These files are not here any more.');
	return upload;
}
