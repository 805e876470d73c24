import { localInstant } from '../../time/local-instant.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Zones that dates of feeds name by letters, in hours from UTC. */
const ZONES: Readonly<Record<string, number>> = {
	z: 0,
	ut: 0,
	utc: 0,
	gmt: 0,
	wet: 0,
	west: 1,
	bst: 1,
	cet: 1,
	met: 1,
	mez: 1,
	cest: 2,
	mest: 2,
	mesz: 2,
	eet: 2,
	eest: 3,
	msk: 3,
	ist: 5.5,
	hkt: 8,
	sgt: 8,
	awst: 8,
	jst: 9,
	kst: 9,
	acst: 9.5,
	acdt: 10.5,
	aest: 10,
	aedt: 11,
	nzst: 12,
	nzdt: 13,
	ast: -4,
	adt: -3,
	nst: -3.5,
	ndt: -2.5,
	brt: -3,
	art: -3,
	est: -5,
	edt: -4,
	cst: -6,
	cdt: -5,
	mst: -7,
	mdt: -6,
	pst: -8,
	pdt: -7,
	akst: -9,
	akdt: -8,
	hst: -10,
	// As American broadcasters write them, summer and winter alike.
	at: -4,
	et: -5,
	ct: -6,
	mt: -7,
	pt: -8
};

const LOCALES = 'en de fr es it pt nl sv da nb fi pl cs hu el ru uk tr ro id ca'.split(' ');
let names: ReadonlyMap<string, number> | undefined;

const WEEKDAY = /^\p{L}+\.?\s*,\s*/u;
const ZONE = String.raw`(?:\s*\(?(z|[a-z]{2,5}|(?:utc|gmt|ut)?\s*[+-]\s*\d{1,2}(?::?\d{2})?)\)?(?:\s*\([^)]*\))?)?`;
const TIME = String.raw`(?:[\s,T]+(?:at\s+|um\s+|à\s+)?(\d{1,2})[:.h](\d{1,2})(?:[:.](\d{1,2})(?:[.,]\d+)?)?\s*(?:([ap])\.?\s?m\b\.?)?(?:\s+uhr)?)?`;

const ISO =
	/^(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?(?:(?:\s*T\s*|\s+|T)(\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?)?\s*(z|[a-z]{2,5}|(?:utc|gmt)?\s*[+-]\s*\d{1,2}(?::?\d{2})?)?(?:\s*\[[^\]]*\])?)?$/i;
const ORDINAL = /^(\d{4}|\d{2})-?(\d{3})$/;
/** ISO 8601 until 2000 let the century out, and the day too behind a dash that stands for it. */
const SHORT_YEAR = /^(?:(\d{2})(-?)([01]\d)\2([0-3]\d)|-(\d{2})-?(\d{2}))$/;
/** A nought too many before the month. */
const LONG_MONTH = /^(\d{4}-)0(\d{2}-\d{2})/;
const SLASHED = new RegExp(String.raw`^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})\.?${TIME}${ZONE}$`, 'i');
const NAMED_DAY_FIRST = new RegExp(
	String.raw`^(\d{1,2})(?:st|nd|rd|th|er|\.)?[\s-]+(?:de\s+|d')?(\p{L}+)\.?,?[\s-]+(?:de\s+)?(\d{2,4})${TIME}${ZONE}$`,
	'iu'
);
const NAMED_MONTH_FIRST = new RegExp(
	String.raw`^(\p{L}+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})${TIME}${ZONE}$`,
	'iu'
);
const NAMED_YEAR_FIRST = new RegExp(
	String.raw`^(\d{4})[.\s-]+(\p{L}+)\.?[\s-]+(\d{1,2})\.?${TIME}${ZONE}$`,
	'iu'
);
/** As C's `asctime` and `date` write it: the year last. */
const YEAR_LAST = new RegExp(
	String.raw`^(?:\p{L}+\s+)?(\p{L}{3,})\s+(\d{1,2})\s+(\d{1,2}):(\d{2}):(\d{2})(?:\s+([a-z]{1,5}|[+-]\d{4}))?\s+(\d{4})$`,
	'iu'
);
const NUMBERED = new RegExp(String.raw`^(\d{1,2})([./-])(\d{1,2})\2(\d{4}),?${TIME}${ZONE}$`, 'i');
/** As Korean blogs write a date that is otherwise ISO's. */
const HALF_FIRST = /^(\d{4}-\d{1,2}-\d{1,2} )(오전|오후) (\d{1,2})(?=:\d{2})/;
const ASIAN =
	/^(\d{4})[年년]\s*(\d{1,2})[月월]\s*(\d{1,2})[日일](?:\s*\S*?\s*(오후|오전|午後|午前|下午|上午)?\s*(\d{1,2})[:時时시]\s*(\d{1,2})?(?:[:分분]\s*(\d{1,2})?)?\D*)?$/;

interface Moment {
	readonly year: number;
	/** From 1. */
	readonly month: number;
	readonly day: number;
	readonly hour?: number;
	readonly minute?: number;
	readonly second?: number;
	readonly zone?: string | undefined;
}

/**
 * The instant that a date of a feed or a page means, epoch milliseconds, or null where it means none. A date that
 * names no zone, or one that nobody knows, is the blog's; a bare day is the start of the blog's day. Years before 1970
 * and after 2199 are mistakes.
 */
export function parseDate(given: string, zone: string): number | null {
	const text = given.normalize('NFKC').replace(/\s+/g, ' ').trim();
	if (text === '' || text.length > 100) return null;
	if (/^\d{9,10}$/.test(text)) return inRange(Number(text) * 1_000);
	if (/^\d{12,13}$/.test(text)) return inRange(Number(text));
	const dashed = text
		.replace(/[‐-―]/g, '-')
		.replace(/\bEtc\/(?=GMT|UTC)/i, '')
		.replace(LONG_MONTH, '$1$2')
		.replace(HALF_FIRST, by24Hours);
	const read =
		readMoment(dashed) ??
		readMoment(dashed.replace(WEEKDAY, '')) ??
		readMoment(dashed.replace(/^\p{L}+\.?\s+(?=\p{L}|\d)/u, ''));
	return read === null ? null : instantOf(read, zone);
}

function by24Hours(_: string, day: string, half: string, hour: string): string {
	const hours = (Number(hour) % 12) + (half === '오후' ? 12 : 0);
	return `${day}${String(hours).padStart(2, '0')}`;
}

function readMoment(text: string): Moment | null {
	const iso = ISO.exec(text);
	if (iso !== null) {
		const [, year, month, day, hour, minute, second, zone] = iso;
		const read = moment(year, month ?? '1', day ?? '1', [hour, minute, second], zone);
		// Of six digits without such a month the first two are the year.
		if (read !== null || !SHORT_YEAR.test(text)) return read;
	}
	const short = SHORT_YEAR.exec(text);
	if (short !== null) {
		const [, year, , month, day, yearAlone, monthAlone] = short;
		return moment(year ?? yearAlone, month ?? monthAlone, day ?? '1', [], undefined);
	}
	const ordinal = ORDINAL.exec(text);
	if (ordinal !== null) {
		const [, year = '', day] = ordinal;
		const at = new Date(Date.UTC(wholeYear(year), 0, Number(day)));
		return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() };
	}
	const asian = ASIAN.exec(text);
	if (asian !== null) {
		const [, year, month, day, half, hour, minute, second] = asian;
		const p = half !== undefined && /오후|午後|下午/.test(half) ? 'p' : half && 'a';
		return moment(year, month, day, [hour, minute ?? (hour && '0'), second, p], undefined);
	}
	const slashed = SLASHED.exec(text);
	if (slashed !== null) {
		const [, year, month, day, hour, minute, second, half, zone] = slashed;
		return moment(year, month, day, [hour, minute, second, half], zone);
	}
	const last = YEAR_LAST.exec(text);
	if (last !== null) {
		const [, month, day, hour, minute, second, zone, year] = last;
		return moment(year, monthOf(month), day, [hour, minute, second], zone);
	}
	const dayFirst = NAMED_DAY_FIRST.exec(text);
	if (dayFirst !== null) {
		const [, day, month, year, hour, minute, second, half, zone] = dayFirst;
		return moment(year, monthOf(month), day, [hour, minute, second, half], zone);
	}
	const monthFirst = NAMED_MONTH_FIRST.exec(text);
	if (monthFirst !== null) {
		const [, month, day, year, hour, minute, second, half, zone] = monthFirst;
		return moment(year, monthOf(month), day, [hour, minute, second, half], zone);
	}
	const yearFirst = NAMED_YEAR_FIRST.exec(text);
	if (yearFirst !== null) {
		const [, year, month, day, hour, minute, second, half, zone] = yearFirst;
		return moment(year, monthOf(month), day, [hour, minute, second, half], zone);
	}
	const numbered = NUMBERED.exec(text);
	if (numbered !== null) {
		const [, first, mark, second, year, hour, minute, seconds, half, zone] = numbered;
		// Slashes are American, month first, unless there is no such month; dots and dashes put the day first.
		const isMonthFirst = mark === '/' && Number(first) <= 12;
		const [month, day] = isMonthFirst ? [first, second] : [second, first];
		return moment(year, month, day, [hour, minute, seconds, half], zone);
	}
	return null;
}

function moment(
	year: string | undefined,
	month: string | undefined,
	day: string | undefined,
	[hour, minute, second, half]: readonly (string | undefined)[],
	zone: string | undefined
): Moment | null {
	if (year === undefined || month === undefined || day === undefined) return null;
	const hours = Number(hour ?? 0);
	const clock = half === undefined ? hours : (hours % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
	const made = {
		year: wholeYear(year),
		month: Number(month),
		day: Number(day),
		hour: clock,
		minute: Number(minute ?? 0),
		second: Number(second ?? 0),
		zone: zone?.replace(/\s/g, '').toLowerCase()
	};
	const { month: m, day: d, hour: h } = made;
	const days = new Date(Date.UTC(made.year, m, 0)).getUTCDate();
	const isReal = m >= 1 && m <= 12 && d >= 1 && d <= days && h <= 24;
	return isReal && made.minute < 60 && made.second <= 60 ? made : null;
}

function wholeYear(year: string): number {
	const given = Number(year);
	return year.length === 2 ? given + (given < 70 ? 2000 : 1900) : given;
}

function instantOf(at: Moment, zone: string): number | null {
	const { year, month, day, hour = 0, minute = 0, second = 0 } = at;
	const asUtc = Date.UTC(year, month - 1, day, hour, minute, second);
	const offset = at.zone === undefined ? null : offsetOf(at.zone);
	return inRange(offset === null ? localInstant(zone, asUtc) : asUtc - offset);
}

function offsetOf(zone: string): number | null {
	const [, sign, hours, minutes = '0'] = /([+-])(\d{1,2}):?(\d{2})?$/.exec(zone) ?? [];
	if (hours !== undefined) {
		const size = Number(hours) * HOUR + Number(minutes) * MINUTE;
		// No place is further than that from Greenwich; what says so is broken.
		if (size > 14 * HOUR) return null;
		return sign === '-' ? -size : size;
	}
	const known = Object.hasOwn(ZONES, zone) ? ZONES[zone] : undefined;
	return known === undefined ? null : known * HOUR;
}

function inRange(at: number): number | null {
	return at >= 0 && at < Date.UTC(2200, 0, 1) ? at : null;
}

function plain(word: string): string {
	return word
		.toLowerCase()
		.normalize('NFD')
		.replace(/\p{M}|\./gu, '');
}

function monthNames(): ReadonlyMap<string, number> {
	const found = new Map<string, number>();
	for (const locale of LOCALES)
		for (const style of ['long', 'short'] as const) {
			const format = new Intl.DateTimeFormat(locale, {
				day: 'numeric',
				month: style,
				timeZone: 'UTC'
			});
			for (let month = 0; month < 12; month++) {
				const name = format
					.formatToParts(Date.UTC(2001, month, 15))
					.find(({ type }) => type === 'month')?.value;
				// The first language that has a name keeps it.
				if (name !== undefined && !found.has(plain(name))) found.set(plain(name), month + 1);
			}
		}
	return found;
}

/** By name, or by its first letters where no other month begins so. */
function monthOf(word: string | undefined): string | undefined {
	if (word === undefined) return undefined;
	const wanted = plain(word);
	names ??= monthNames();
	const exact = names.get(wanted);
	if (exact !== undefined) return String(exact);
	if (wanted.length < 3) return undefined;
	const found = new Set(
		[...names]
			.filter(([name]) => name.startsWith(wanted) || wanted.startsWith(name))
			.map(([, month]) => month)
	);
	const [only] = found;
	return found.size === 1 ? String(only) : undefined;
}
