/** One field of a form as it comes in. */
export interface FormPart {
	readonly name: string;
	/** Null for a field that is no file. */
	readonly fileName: string | null;
	/** To be read before the next part is asked for. */
	readonly bytes: AsyncIterable<Uint8Array>;
}

const MAX_HEAD = 16 * 1024;
const HEAD_END = '\r\n\r\n';

/** The boundary that a `multipart/form-data` header names; null for any other. */
export function boundaryOf(contentType: string | null): string | null {
	const found = /^multipart\/form-data\s*;.*\bboundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(
		contentType ?? ''
	);
	return found?.[1] ?? found?.[2] ?? null;
}

/**
 * Fields of a form while it comes in, holding no more of it than one piece (RFC 7578).
 * @throws Error where it is cut off or no such form.
 */
export async function* readParts(
	source: AsyncIterator<Uint8Array>,
	boundary: string
): AsyncGenerator<FormPart> {
	const mark = Buffer.from(`\r\n--${boundary}`);
	// The first boundary stands at the very start.
	let rest: Buffer = Buffer.from('\r\n');
	let isInside = true;

	async function more(): Promise<void> {
		const next = await source.next();
		if (next.done === true) throw new Error('The form was cut off.');
		rest = Buffer.concat([rest, next.value]);
	}

	async function* untilMark(): AsyncGenerator<Uint8Array> {
		isInside = true;
		for (;;) {
			const at = rest.indexOf(mark);
			// What may be the beginning of a boundary waits for what follows it.
			const end = at === -1 ? Math.max(0, rest.length - mark.length + 1) : at;
			const piece = rest.subarray(0, end);
			rest = rest.subarray(at === -1 ? end : at + mark.length);
			if (at !== -1) isInside = false;
			if (piece.length > 0) yield piece;
			if (at !== -1) return;
			await more();
		}
	}

	async function skip(): Promise<void> {
		const pieces = untilMark();
		while ((await pieces.next()).done !== true);
	}

	await skip();
	for (;;) {
		while (rest.length < 2) await more();
		if (rest.subarray(0, 2).toString() === '--') return;
		while (!rest.includes(HEAD_END)) {
			if (rest.length > MAX_HEAD) throw new Error('A field of the form has too long a head.');
			await more();
		}
		const end = rest.indexOf(HEAD_END);
		const head = rest.subarray(0, end).toString('utf8');
		rest = rest.subarray(end + HEAD_END.length);
		isInside = true;
		yield { ...namesOf(head), bytes: untilMark() };
		if (isInside) await skip();
	}
}

function namesOf(head: string): Pick<FormPart, 'name' | 'fileName'> {
	const disposition = /^content-disposition:(.*)$/im.exec(head)?.[1] ?? '';
	const parameter = (name: string): string | null => {
		const found = new RegExp(`;\\s*${name}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(disposition)?.[1];
		if (found === undefined) return null;
		// Browsers write a quote and line ends as percent signs (HTML, "multipart/form-data encoding").
		return found.replace(/%0A/gi, '\n').replace(/%0D/gi, '\r').replace(/%22/g, '"');
	};
	return { name: parameter('name') ?? '', fileName: parameter('filename') };
}
