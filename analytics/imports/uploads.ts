import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { cleanText } from '../events/wire.ts';
import { Failure } from '../failure.ts';

const RECORD = 'upload.json';
const FILES = 'files';
const MAX_FILES = 100;
const KEPT_MS = 7 * 24 * 60 * 60 * 1_000;
const MEGABYTE = 1024 ** 2;

const record = z.object({
	id: z.string(),
	site: z.number(),
	/** Epoch milliseconds. */
	createdAt: z.number(),
	files: z.array(z.object({ name: z.string(), bytes: z.number() })),
	/** Name of the format that was chosen or found; empty where none was. */
	format: z.string(),
	/** Whether the import was begun: then what is kept of it can be continued. */
	isBegun: z.boolean()
});

/** Files that were sent to be imported. */
export type Upload = Readonly<z.infer<typeof record>>;

/** A file as it comes in. */
export interface IncomingFile {
	readonly name: string;
	readonly bytes: AsyncIterable<Uint8Array>;
}

/** Files on their way into imports, in a folder of their own each. */
export interface Uploads {
	/**
	 * Writes files to disk as they come. Nothing is kept of what fails.
	 * @throws Failure `bad_file` for what is empty, too large, or more than the disk takes.
	 */
	readonly receive: (
		site: number,
		files: AsyncIterable<IncomingFile>,
		limits: { readonly maxBytes: number; readonly keepFreeBytes: number }
	) => Promise<Upload>;
	/** The newest first. What nobody began to import goes after a week. */
	readonly list: (site: number) => Promise<readonly Upload[]>;
	readonly get: (site: number, id: string) => Promise<Upload | null>;
	readonly change: (
		upload: Upload,
		more: Partial<Pick<Upload, 'format' | 'isBegun'>>
	) => Promise<Upload>;
	readonly remove: (upload: Upload) => Promise<void>;
	/** Those of a site that is removed. */
	readonly removeAll: (site: number) => Promise<void>;
	/** Where its files are, in the order in which they came. */
	readonly paths: (upload: Upload) => readonly string[];
}

/** Opens the folder of uploads; it is made when the first file comes. */
export function openUploads(folder: string, now: () => number): Uploads {
	const folderOf = (id: string): string => join(folder, id);

	async function save(upload: Upload): Promise<Upload> {
		const path = join(folderOf(upload.id), RECORD);
		await writeFile(`${path}.new`, JSON.stringify(upload));
		await rename(`${path}.new`, path);
		return upload;
	}

	async function read(id: string): Promise<Upload | null> {
		try {
			return record.parse(JSON.parse(await readFile(join(folderOf(id), RECORD), 'utf8')));
		} catch {
			return null;
		}
	}

	async function list(site: number): Promise<readonly Upload[]> {
		const ids = await readdir(folder).catch(() => []);
		const found: Upload[] = [];
		for (const id of ids) {
			const upload = await read(id);
			if (upload?.site !== site) continue;
			if (!upload.isBegun && upload.createdAt < now() - KEPT_MS)
				await rm(folderOf(id), { recursive: true, force: true });
			else found.push(upload);
		}
		return found.sort((a, b) => b.createdAt - a.createdAt);
	}

	return {
		receive: async (site, incoming, { maxBytes, keepFreeBytes }) => {
			const id = randomUUID();
			const files: { name: string; bytes: number }[] = [];
			await mkdir(join(folderOf(id), FILES), { recursive: true });
			try {
				const { bavail, bsize } = await statfs(folder);
				const room = Math.min(maxBytes, bavail * bsize - keepFreeBytes);
				let total = 0;
				const count = (bytes: number): void => {
					total += bytes;
					if (total > room) throw tooLarge(room, maxBytes);
				};
				for await (const { name: given, bytes } of incoming) {
					if (files.length === MAX_FILES)
						throw new Failure('bad_file', `At most ${MAX_FILES} files are taken at once.`);
					const name = fileName(given, new Set(files.map((file) => file.name)));
					const before = total;
					await pipeline(
						Readable.from(bytes, { objectMode: false }),
						counted(count),
						createWriteStream(join(folderOf(id), FILES, name), { flags: 'wx', mode: 0o600 })
					);
					if (total === before) throw new Failure('bad_file', `${name} is empty.`);
					files.push({ name, bytes: total - before });
				}
				if (files.length === 0) throw new Failure('bad_file', 'Choose a file to import.');
				return await save({ id, site, createdAt: now(), files, format: '', isBegun: false });
			} catch (thrown) {
				await rm(folderOf(id), { recursive: true, force: true });
				throw thrown;
			}
		},
		list,
		get: async (site, id) => {
			const upload = /^[0-9a-f-]{36}$/.test(id) ? await read(id) : null;
			return upload?.site === site ? upload : null;
		},
		change: (upload, more) => save({ ...upload, ...more }),
		removeAll: async (site) => {
			for (const { id } of await list(site))
				await rm(folderOf(id), { recursive: true, force: true });
		},
		remove: ({ id }) => rm(folderOf(id), { recursive: true, force: true }),
		paths: ({ id, files }) => files.map(({ name }) => join(folderOf(id), FILES, name))
	};
}

function counted(count: (bytes: number) => void): Transform {
	return new Transform({
		transform(chunk: Buffer, _, done) {
			try {
				count(chunk.length);
				done(null, chunk);
			} catch (thrown) {
				done(thrown instanceof Error ? thrown : new Error(String(thrown)));
			}
		}
	});
}

function tooLarge(room: number, maxBytes: number): Failure {
	const megabytes = Math.max(0, Math.floor(room / MEGABYTE)).toLocaleString('en');
	return new Failure(
		'bad_file',
		room < maxBytes
			? `The disk has room for ${megabytes} MB only.`
			: `At most ${megabytes} MB are taken at once; UPLOAD_MB sets that.`
	);
}

/** A name as it was sent, but for what no file system takes; each only once. */
function fileName(given: string, taken: ReadonlySet<string>): string {
	const cleaned = cleanText(given.slice(-120), 120).replace(/[/\\]/g, '_');
	const name = /^\.*$/.test(cleaned) ? 'file' : shortened(cleaned);
	for (let at = 2; ; at += 1) {
		const own = at === 2 && !taken.has(name) ? name : `${at}-${name}`;
		if (!taken.has(own)) return own;
	}
}

/** File systems take 255 bytes, and the end of a name says what the file is. */
function shortened(name: string): string {
	const letters = [...name];
	while (Buffer.byteLength(letters.join('')) > 200) letters.shift();
	return letters.join('');
}
