import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { REPORT_IDS, type Site } from '#analytics';
import { catalogueCsv, catalogueJson, FACTS, writeSite } from '#analytics/server';
import { engine } from '#lib/server/engine.ts';
import { REPORT_LABELS, TABLE_LABELS, type Table } from '#lib/server/export-words.ts';

const TABLES: readonly Table[] = ['events', ...FACTS];
const TYPES = {
	csv: 'text/csv; charset=utf-8',
	parquet: 'application/vnd.apache.parquet'
} as const;

/** Everything of a site that can be taken away, as links name it. */
export function exportsView(site: Site) {
	return {
		reports: REPORT_IDS.map((id) => ({
			label: REPORT_LABELS[id],
			href: `/api/reports/${id}.csv?${new URLSearchParams({ site: site.domain, period: 'all', compare: 'none' }).toString()}`
		})),
		tables: TABLES.map((id) => ({ id, label: TABLE_LABELS[id] })),
		posts: engine().posts(site).length
	};
}

/** Which export a name stands for, for the log. */
export function exportDetail(name: string): Readonly<Record<string, string>> {
	if (name.startsWith('catalogue.')) return { export: 'catalogue' };
	if (name === 'site.zip') return { export: 'site' };
	const [table = '', format = ''] = name.split('.');
	return { export: `table ${table}`, format };
}

/** A file that was written for one reader; it goes when it was read or the reader left. */
interface ExportFile {
	readonly type: string;
	readonly bytes: number | null;
	readonly body: ReadableStream<Uint8Array> | string;
}

let before: Promise<unknown> = Promise.resolve();

/** Files are written one after the other: each fills a disk for a while. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
	const run = before.then(work);
	before = run.catch(() => undefined);
	return run;
}

/** One of the files that `exportsView` names; null for any other name. */
export async function exportFile(site: Site, name: string): Promise<ExportFile | null> {
	if (name === 'catalogue.json')
		return {
			type: 'application/json; charset=utf-8',
			bytes: null,
			body: catalogueJson(engine().posts(site))
		};
	if (name === 'catalogue.csv')
		return {
			type: TYPES.csv,
			bytes: null,
			body: [...catalogueCsv(engine().posts(site))].join('')
		};
	if (name === 'site.zip') return inTurn(() => siteZip(site));
	const [id, format] = name.split('.');
	const table = TABLES.find((known) => known === id);
	if (table === undefined || (format !== 'csv' && format !== 'parquet')) return null;
	return inTurn(async () => {
		const folder = await newFolder(site);
		const file = join(folder, name);
		await cleaningUp(folder, async () => {
			await engine().drain();
			await engine().store.files.write(site.id, table, file, format);
		});
		const { size } = await stat(file);
		return { type: TYPES[format], bytes: size, body: streamOf(createReadStream(file), folder) };
	});
}

/** The folder that `import site` reads, packed: Parquet is compressed already. */
async function siteZip(site: Site): Promise<ExportFile> {
	const folder = await newFolder(site);
	const files = join(folder, site.domain.replace(/[^a-z0-9.-]/gi, '_'));
	await cleaningUp(folder, () => writeSite(engine(), site, files));
	const zip = new ZipFile();
	for (const name of await readdir(files))
		zip.addFile(join(files, name), `${site.domain}/${name}`, { compress: false });
	zip.end();
	return {
		type: 'application/zip',
		bytes: null,
		body: streamOf(Readable.from(zip.outputStream), folder)
	};
}

async function newFolder({ id }: Site): Promise<string> {
	const folder = join(engine().settings.DATA_DIR, 'tmp', `export-${id}-${randomUUID()}`);
	await mkdir(folder, { recursive: true });
	return folder;
}

async function cleaningUp(folder: string, work: () => Promise<unknown>): Promise<void> {
	try {
		await work();
	} catch (thrown) {
		await rm(folder, { recursive: true, force: true });
		throw thrown;
	}
}

function streamOf(source: Readable, folder: string): ReadableStream<Uint8Array> {
	source.once('close', () => void rm(folder, { recursive: true, force: true }));
	const pieces: AsyncIterator<unknown> = source[Symbol.asyncIterator]();
	return new ReadableStream<Uint8Array>({
		pull: async (controller) => {
			const next = await pieces.next();
			if (next.done === true) controller.close();
			else if (next.value instanceof Uint8Array) controller.enqueue(next.value);
		},
		cancel: () => {
			source.destroy();
		}
	});
}
