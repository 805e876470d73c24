/** What dates are written in where a reader's browser names no language. */
export const DEFAULT_LOCALE = 'en-GB';

const LONGEST_HEADER = 400;

/** The language that an `Accept-Language` header likes best and that this machine can write. */
export function preferredLocale(header: string | null): string {
	const wanted = (header ?? '')
		.slice(0, LONGEST_HEADER)
		.split(',')
		.map((part) => {
			const [tag = '', ...params] = part.trim().split(';');
			const quality = params.map((param) => /^\s*q=([\d.]+)/.exec(param)?.[1]).find(Boolean);
			return { tag: tag.trim(), quality: quality === undefined ? 1 : Number(quality) };
		})
		.filter(({ quality }) => quality > 0)
		.sort((one, other) => other.quality - one.quality);
	return wanted.map(({ tag }) => supported(tag)).find((tag) => tag !== undefined) ?? DEFAULT_LOCALE;
}

function supported(tag: string): string | undefined {
	try {
		// Without what an extension asks for: a page has one calendar and one set of digits.
		const { baseName } = new Intl.Locale(tag);
		return Intl.DateTimeFormat.supportedLocalesOf(baseName)[0];
	} catch {
		return undefined;
	}
}

let current = DEFAULT_LOCALE;

/**
 * The language of dates from now on. The root layout sets it before anything below it is drawn; a page is drawn in one go,
 * so requests in other languages cannot come between.
 */
export function useLocale(tag: string): void {
	current = tag;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Writes dates in the language in use, by the Gregorian calendar and with the digits that all numbers have. */
export function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const key = current + JSON.stringify(options);
	const known = formats.get(key);
	if (known !== undefined) return known;
	const format = new Intl.DateTimeFormat(current, {
		calendar: 'gregory',
		numberingSystem: 'latn',
		...options
	});
	if (formats.size > MOST_FORMATS) formats.clear();
	formats.set(key, format);
	return format;
}

const MOST_FORMATS = 500;
const RIGHT_TO_LEFT = /^(ar|ckb|dv|fa|he|ks|ps|sd|ug|ur|yi)\b/;

/** Keeps a date that runs from right to left from reordering what stands beside it. */
export function isolated(text: string): string {
	// Blanks of other widths differ between the server's and the browser's tables.
	const even = text.replace(/\u2009/g, ' ');
	return RIGHT_TO_LEFT.test(current) ? `\u2068${even}\u2069` : even;
}

/** Whether the language in use counts hours to twelve. */
export function hasTwelveHours(): boolean {
	return dateFormat({ hour: 'numeric' }).resolvedOptions().hour12 === true;
}
