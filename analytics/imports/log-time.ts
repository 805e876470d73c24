const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const MONTH_DAYS: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What the last time said down to its minute, and from its zone on: lines of one minute follow each other. */
let lastMinute = '';
let lastZone = '';
let lastTs = Number.NaN;

/** Epoch milliseconds of `17/May/2015:10:05:03 +0000] ` at a place in a log line; NaN where it is none. */
export function parseLogTime(text: string, at: number): number {
	if (lastMinute !== '' && text.startsWith(lastMinute, at) && text.startsWith(lastZone, at + 20)) {
		const second = digits(text, at + 18, 2);
		if (second <= 59) return lastTs + second * 1_000;
	}
	const ts = parsedTime(text, at);
	if (!Number.isNaN(ts)) {
		lastMinute = text.slice(at, at + 18);
		lastZone = text.slice(at + 20, at + 28);
		lastTs = ts - Math.min(digits(text, at + 18, 2), 59) * 1_000;
	}
	return ts;
}

function parsedTime(text: string, at: number): number {
	if (
		text[at + 2] !== '/' ||
		text[at + 6] !== '/' ||
		text[at + 11] !== ':' ||
		text[at + 14] !== ':' ||
		text[at + 17] !== ':' ||
		text[at + 20] !== ' ' ||
		text[at + 26] !== ']' ||
		text[at + 27] !== ' '
	)
		return Number.NaN;
	const month = MONTHS.indexOf(text.slice(at + 3, at + 6));
	const day = digits(text, at, 2);
	const year = digits(text, at + 7, 4);
	const hour = digits(text, at + 12, 2);
	const minute = digits(text, at + 15, 2);
	const second = digits(text, at + 18, 2);
	const sign = text[at + 21] === '+' ? 1 : text[at + 21] === '-' ? -1 : Number.NaN;
	const offset = digits(text, at + 22, 2) * 60 + digits(text, at + 24, 2);
	if (month === -1 || month % 3 !== 0 || day < 1 || day > daysInMonth(year, month / 3))
		return Number.NaN;
	// A leap second is logged as 60.
	if (hour > 23 || minute > 59 || second > 60 || offset > 15 * 60) return Number.NaN;
	return (
		Date.UTC(year, month / 3, day, hour, minute, Math.min(second, 59)) - sign * offset * 60_000
	);
}

function daysInMonth(year: number, month: number): number {
	const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
	return month === 1 && isLeap ? 29 : (MONTH_DAYS[month] ?? 0);
}

/** The number that so many digits write; NaN where one is none. */
export function digits(text: string, at: number, count: number): number {
	let value = 0;
	for (let i = at; i < at + count; i++) {
		const digit = text.charCodeAt(i) - 48;
		if (!(digit >= 0 && digit <= 9)) return Number.NaN;
		value = value * 10 + digit;
	}
	return value;
}
