import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { Failure, messageOf } from '../failure.ts';

/** A file to import, as it is on disk. */
export interface ImportFile {
	readonly path: string;
	readonly bytes: number;
	/** Two bytes of `1f 8b`, whatever its name. */
	readonly isGzip: boolean;
	/** By its byte order mark: what Matomo and spreadsheets write. */
	readonly encoding?: 'utf-16le' | 'utf-16be' | undefined;
}

/** @throws Failure `bad_file` for a file that is not there, is none, or is empty. */
export async function openImportFile(path: string): Promise<ImportFile> {
	try {
		const handle = await open(path);
		try {
			const stat = await handle.stat();
			if (!stat.isFile()) throw new Failure('bad_file', `${path} is no file.`);
			if (stat.size === 0) throw new Failure('bad_file', `${path} is empty.`);
			const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
			const encoding =
				buffer[0] === 0xff && buffer[1] === 0xfe
					? 'utf-16le'
					: buffer[0] === 0xfe && buffer[1] === 0xff
						? 'utf-16be'
						: undefined;
			const isGzip = buffer[0] === 0x1f && buffer[1] === 0x8b;
			return { path, bytes: stat.size, isGzip, encoding };
		} finally {
			await handle.close();
		}
	} catch (thrown) {
		if (thrown instanceof Failure) throw thrown;
		throw new Failure('bad_file', `${path} cannot be read: ${messageOf(thrown)}`);
	}
}

/** One hash over the contents of several files, in their order. */
export async function hashFiles(files: readonly ImportFile[]): Promise<string> {
	const all = createHash('sha256');
	for (const { path } of files) {
		const one = createHash('sha256');
		const stream: AsyncIterable<unknown> = createReadStream(path, { highWaterMark: 1 << 20 });
		for await (const chunk of stream) if (Buffer.isBuffer(chunk)) one.update(chunk);
		all.update(one.digest());
	}
	return all.digest('hex');
}

/** The bytes of a file, unpacked where it is gzip and as UTF-8 where it is UTF-16, each piece with how many bytes of the file were read for it. */
export async function* bytesOf({
	path,
	isGzip,
	encoding
}: ImportFile): AsyncGenerator<{ readonly bytes: Buffer; readonly read: number }> {
	const source = createReadStream(path, { highWaterMark: 1 << 18 });
	const stream = isGzip ? source.pipe(createGunzip({ chunkSize: 1 << 18 })) : source;
	if (isGzip) source.on('error', (error) => stream.destroy(error));
	try {
		const decoder = encoding === undefined ? null : new TextDecoder(encoding);
		for await (const bytes of stream as AsyncIterable<Buffer>) {
			const text = decoder?.decode(bytes, { stream: true });
			yield { bytes: text === undefined ? bytes : Buffer.from(text), read: source.bytesRead };
		}
	} catch (thrown) {
		throw new Failure('bad_file', `${path} cannot be read to its end: ${messageOf(thrown)}`);
	} finally {
		source.destroy();
	}
}

/** The same without what is told of each piece but through `onRead`. */
export async function* bytesOnly(
	file: ImportFile,
	onRead: (read: number) => void = () => undefined
): AsyncGenerator<Buffer> {
	for await (const { bytes, read } of bytesOf(file)) {
		onRead(read);
		yield bytes;
	}
}

/** Whether a file is a ZIP archive by its first two bytes. */
export async function isZip(file: ImportFile): Promise<boolean> {
	const pieces = bytesOf(file);
	const first = await pieces.next();
	await pieces.return(undefined);
	return first.done !== true && first.value.bytes.subarray(0, 2).toString() === 'PK';
}
