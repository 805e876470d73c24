const DECLARED_IN_XML = /^[^<]*<\?xml[^>]*\bencoding\s*=\s*["']?([A-Za-z0-9._:-]+)/i;
const DECLARED_IN_HTML = /<meta[^>]+charset\s*=\s*["']?([A-Za-z0-9._:-]+)/i;
const DECLARED_IN_HTTP = /charset\s*=\s*["']?([A-Za-z0-9._:-]+)/i;
const HEAD_BYTES = 4096;

/**
 * The text of a document, whatever it declares: by its byte order mark, else UTF-8 where it is valid UTF-8, else as
 * HTTP, the XML declaration or a `<meta>` says, else as Windows-1252.
 */
export function decodeText(body: Uint8Array, contentType = ''): string {
	const marked = byteOrder(body);
	if (marked !== null) return new TextDecoder(marked).decode(body);
	const head = new TextDecoder('latin1').decode(body.subarray(0, HEAD_BYTES));
	const declared = [DECLARED_IN_HTTP, DECLARED_IN_XML, DECLARED_IN_HTML]
		.map((pattern, index) => pattern.exec(index === 0 ? contentType : head)?.[1])
		.filter((label) => label !== undefined);
	// Bytes beyond ASCII are valid UTF-8 by design, hardly by chance; ISO-2022 has none.
	const labels = declared.some((label) => /^(iso-2022|hz-gb)/i.test(label))
		? declared
		: ['utf-8', ...declared];
	for (const label of labels) {
		const text = decodeStrictly(body, label);
		if (text !== null) return text;
	}
	// A few broken characters, as where a text was cut, do not make the others Windows-1252.
	const lossy = new TextDecoder().decode(body);
	const broken = lossy.split('\ufffd').length - 1;
	const whole = lossy.match(/[^\p{ASCII}\ufffd]/gu)?.length ?? 0;
	return broken * 4 < whole ? lossy : new TextDecoder('windows-1252').decode(body);
}

function byteOrder([a, b, c]: Uint8Array): string | null {
	if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
	if (a === 0xff && b === 0xfe) return 'utf-16le';
	if (a === 0xfe && b === 0xff) return 'utf-16be';
	if (a === 0x3c && b === 0) return 'utf-16le';
	if (a === 0 && b === 0x3c) return 'utf-16be';
	return null;
}

function decodeStrictly(body: Uint8Array, label: string): string | null {
	try {
		return new TextDecoder(label, { fatal: true }).decode(body);
	} catch {
		return null;
	}
}
