import { open, type Entry, type ZipFile } from 'yauzl';
import { Failure, messageOf } from '../failure.ts';

const MAX_ENTRIES = 1_000;
const MAX_BYTES = 2 * 1024 ** 3;
/** Text packs to a tenth; a thousandth is made to fill a disk. */
const MAX_RATIO = 200;
const RATIO_FROM = 64 * 1024 ** 2;

export interface ZipPart {
	/** Name inside the archive. */
	readonly name: string;
	readonly bytes: () => Promise<AsyncIterable<Buffer>>;
}

/** A ZIP file's files; read them before `close`. */
export interface ZipParts {
	readonly parts: readonly ZipPart[];
	readonly close: () => void;
}

/**
 * Opens a ZIP file. No more is ever unpacked of an entry than the archive states.
 * @throws Failure `bad_file` for what is none, or would unpack to more than 2 GB.
 */
export async function openZipParts(path: string): Promise<ZipParts> {
	const zip = await opened(path);
	try {
		const entries = await entriesOf(path, zip);
		const files = entries.filter(({ fileName }) => !fileName.endsWith('/'));
		const unpacked = files.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
		const packed = files.reduce((sum, { compressedSize }) => sum + compressedSize, 0);
		if (unpacked > MAX_BYTES || (unpacked > RATIO_FROM && unpacked > packed * MAX_RATIO))
			throw new Failure(
				'bad_file',
				`${path} unpacks to ${Math.ceil(unpacked / 1024 ** 2).toLocaleString('en')} MB, ${Math.round(unpacked / Math.max(1, packed)).toLocaleString('en')} times its size; at most 2,048 MB and ${MAX_RATIO} times are read.`
			);
		return {
			parts: files.map((entry) => ({
				name: entry.fileName,
				bytes: () => streamOf(path, zip, entry)
			})),
			close: () => zip.close()
		};
	} catch (thrown) {
		zip.close();
		throw thrown;
	}
}

function opened(path: string): Promise<ZipFile> {
	return new Promise((done, reject) => {
		open(path, { lazyEntries: true, autoClose: false }, (error, zip) => {
			if (error === null) done(zip);
			else reject(new Failure('bad_file', `${path} is no ZIP file: ${messageOf(error)}.`));
		});
	});
}

function entriesOf(path: string, zip: ZipFile): Promise<readonly Entry[]> {
	return new Promise((done, reject) => {
		const entries: Entry[] = [];
		zip.on('entry', (entry: Entry) => {
			entries.push(entry);
			if (entries.length > MAX_ENTRIES)
				reject(new Failure('bad_file', `${path} holds more than ${MAX_ENTRIES} files.`));
			else zip.readEntry();
		});
		zip.once('end', () => done(entries));
		zip.once('error', (error: unknown) =>
			reject(new Failure('bad_file', `${path} is a damaged ZIP file: ${messageOf(error)}.`))
		);
		zip.readEntry();
	});
}

function streamOf(path: string, zip: ZipFile, entry: Entry): Promise<AsyncIterable<Buffer>> {
	return new Promise((done, reject) => {
		zip.openReadStream(entry, (error, stream) => {
			if (error === null) done(stream);
			else
				reject(
					new Failure('bad_file', `${entry.fileName} in ${path} is damaged: ${messageOf(error)}.`)
				);
		});
	});
}
