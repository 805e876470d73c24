import type { QueryError } from '../engine-contract.ts';
import { queryError } from '../query/query-error.ts';

/** How a CSV is written. */
export interface CsvFlavour {
	/** A byte-order mark first, by which a spreadsheet knows UTF-8. */
	readonly byteOrderMark: boolean;
	readonly separator: ',' | ';';
	readonly decimalSign: '.' | ',';
}

/** RFC 4180, for programs. */
export const PLAIN: CsvFlavour = { byteOrderMark: false, separator: ',', decimalSign: '.' };

/** What `flavour` may be. */
export const FLAVOURS = ['excel'] as const;

const FALLBACK_LOCALE = 'en';

/** How to write, or what was wrong with the parameters. */
export type FlavourOutcome =
	| { readonly ok: true; readonly flavour: CsvFlavour }
	| { readonly ok: false; readonly errors: readonly QueryError[] };

/** For a spreadsheet that runs in a locale: where a comma stands in numbers, semicolons separate cells. */
function excelFlavour(locale: string): CsvFlavour {
	const sign = new Intl.NumberFormat(locale, { numberingSystem: 'latn' })
		.formatToParts(0.5)
		.find(({ type }) => type === 'decimal')?.value;
	return sign === ','
		? { byteOrderMark: true, separator: ';', decimalSign: ',' }
		: { byteOrderMark: true, separator: ',', decimalSign: '.' };
}

/**
 * The flavour that `flavour` and `locale` ask for; the locale of `excel` falls back to the first known one of
 * `Accept-Language`, then to English.
 */
export function parseFlavour(
	params: URLSearchParams,
	acceptLanguage: string | null = null
): FlavourOutcome {
	const flavour = params.get('flavour') ?? '';
	const locale = params.get('locale') ?? '';
	const errors: QueryError[] = [];
	if (flavour !== '' && !FLAVOURS.some((known) => known === flavour))
		errors.push(queryError('flavour', flavour, FLAVOURS.join(', ')));
	if (locale !== '' && !isKnownLocale(locale))
		errors.push(queryError('locale', locale, 'a language tag, for example de or en-GB'));
	if (errors.length > 0) return { ok: false, errors };
	if (flavour === '') return { ok: true, flavour: PLAIN };
	const chosen = locale === '' ? acceptedLocale(acceptLanguage ?? '') : locale;
	return { ok: true, flavour: excelFlavour(chosen) };
}

/** The first known language of an `Accept-Language` header, by its weights. */
function acceptedLocale(header: string): string {
	const accepted = header
		.slice(0, 1_000)
		.split(',')
		.map((part) => {
			const [tag = '', ...parameters] = part.split(';').map((text) => text.trim());
			const weight = parameters.find((text) => text.startsWith('q='))?.slice(2);
			return { tag, weight: weight === undefined ? 1 : Number(weight) };
		})
		.filter(({ weight }) => weight > 0)
		.sort((a, b) => b.weight - a.weight);
	return accepted.find(({ tag }) => isKnownLocale(tag))?.tag ?? FALLBACK_LOCALE;
}

function isKnownLocale(tag: string): boolean {
	try {
		return Intl.NumberFormat.supportedLocalesOf(tag).length > 0;
	} catch {
		// Not the form of a language tag.
		return false;
	}
}
