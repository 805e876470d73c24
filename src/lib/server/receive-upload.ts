import type { Site } from '#analytics';
import { Failure, messageOf, type IncomingFile, type Upload } from '#analytics/server';
import { engine } from '#lib/server/engine.ts';
import { boundaryOf, readParts } from '#lib/server/multipart.ts';

const MEGABYTE = 1024 ** 2;
/** A browser shows an answer only when it could send all that it has; beyond this it is cut off. */
const DISCARDED_BYTES = 256 * MEGABYTE;
const MAX_TEXT = 200;

/** The most that is taken at once, in bytes. */
export function uploadLimit(): number {
	return engine().settings.UPLOAD_MB * MEGABYTE;
}

/**
 * Writes the files of a form to disk while they come in; answers them and the format that the form names.
 * @throws Failure `bad_file`
 */
export async function receiveUpload(
	site: Site,
	request: Request
): Promise<{ readonly upload: Upload; readonly format: string }> {
	const boundary = boundaryOf(request.headers.get('content-type'));
	const { body } = request;
	if (boundary === null || body === null)
		throw new Failure('bad_file', 'Files come as a form: multipart/form-data.');
	const pieces: AsyncIterator<Uint8Array> = body[Symbol.asyncIterator]();
	const fields = { format: '' };
	try {
		const upload = await engine().uploads.receive(site.id, filesOf(pieces, boundary, fields), {
			maxBytes: uploadLimit(),
			keepFreeBytes: engine().settings.DISK_FLOOR_MB * MEGABYTE
		});
		return { upload, format: fields.format };
	} catch (thrown) {
		await discard(pieces);
		throw thrown instanceof Failure ? thrown : new Failure('bad_file', messageOf(thrown));
	}
}

async function* filesOf(
	pieces: AsyncIterator<Uint8Array>,
	boundary: string,
	fields: { format: string }
): AsyncGenerator<IncomingFile> {
	for await (const { name, fileName, bytes } of readParts(pieces, boundary)) {
		if (fileName !== null && fileName !== '') yield { name: fileName, bytes };
		else if (name === 'format') fields.format = await textOf(bytes);
	}
}

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
	const all: Uint8Array[] = [];
	let size = 0;
	for await (const piece of bytes) {
		size += piece.length;
		if (size <= MAX_TEXT) all.push(piece);
	}
	return Buffer.concat(all).toString('utf8');
}

/** Reads what still comes, and keeps none of it. */
async function discard(pieces: AsyncIterator<Uint8Array>): Promise<void> {
	let size = 0;
	try {
		while (size < DISCARDED_BYTES) {
			const next = await pieces.next();
			if (next.done === true) return;
			size += next.value.length;
		}
		await pieces.return?.();
	} catch {
		// Whoever sent it has left.
	}
}
