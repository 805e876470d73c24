import { tzOffset } from '@date-fns/tz/tzOffset';

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const CACHE_LIMIT = 100_000;

interface ZoneCache {
	readonly zone: string;
	/** Offset in milliseconds by quarter hour since the epoch; null where a clock change falls inside the quarter. */
	offsets: Map<number, number | null>;
	/** First instant by day number. */
	starts: Map<number, number>;
	quarter: number;
	offset: number | null;
}

const zones = new Map<string, ZoneCache>();
const dayTexts = new Map<number, string>();
const dayNumbers = new Map<string, number>();

/** The local day of an instant, `YYYY-MM-DD`. Throws a RangeError for an unknown zone. */
export function localDay(zone: string, epochMs: number): string {
	return dayText(localDayNumber(zoneCache(zone), epochMs));
}

/** The local hour of an instant, 0 to 23. */
export function localHour(zone: string, epochMs: number): number {
	const local = epochMs + offsetAt(zoneCache(zone), epochMs);
	return Math.floor((local - Math.floor(local / DAY) * DAY) / HOUR);
}

/**
 * The first instant of a local day, epoch milliseconds. Where midnight does not exist it is the instant of the clock
 * change; a day that a zone skipped altogether starts, and ends, where the next one starts.
 */
export function startOfDay(zone: string, day: string): number {
	const cache = zoneCache(zone);
	const number = dayNumber(day);
	const known = cache.starts.get(number);
	if (known !== undefined) return known;
	const start = findStart(cache, number * DAY);
	remember(cache.starts, number, start);
	return start;
}

/** The day `n` days later, or earlier where `n` is negative. */
export function addDays(day: string, n: number): string {
	return dayText(dayNumber(day) + n);
}

/** Days from `a` to `b`: 1 from one day to the next, negative where `b` is earlier. */
export function daysBetween(a: string, b: string): number {
	return dayNumber(b) - dayNumber(a);
}

/** The Monday on or before the day. */
export function weekStart(day: string): string {
	const number = dayNumber(day);
	// Day 0, 1970-01-01, was a Thursday.
	return dayText(number - ((((number + 3) % 7) + 7) % 7));
}

/** The first of the day's month. */
export function monthStart(day: string): string {
	dayNumber(day);
	return `${day.slice(0, -2)}01`;
}

/** True for a name of the IANA time zone database (`UTC` included) that this runtime knows; offsets are not names. */
export function isZone(text: string): boolean {
	if (!/^[A-Za-z]/.test(text)) return false;
	try {
		return new Intl.DateTimeFormat('en-US', { timeZone: text }).resolvedOptions().timeZone !== '';
	} catch {
		return false;
	}
}

function zoneCache(zone: string): ZoneCache {
	const known = zones.get(zone);
	if (known !== undefined) return known;
	if (!isZone(zone))
		throw new RangeError(`Unknown time zone "${zone}": give an IANA name such as Europe/Berlin.`);
	const made: ZoneCache = {
		zone,
		offsets: new Map(),
		starts: new Map(),
		quarter: Number.NaN,
		offset: null
	};
	zones.set(zone, made);
	return made;
}

function offsetAt(cache: ZoneCache, epochMs: number): number {
	const quarter = Math.floor(epochMs / QUARTER);
	if (quarter !== cache.quarter) {
		cache.offset = offsetOfQuarter(cache, quarter);
		cache.quarter = quarter;
	}
	return cache.offset ?? rawOffset(cache.zone, epochMs);
}

function offsetOfQuarter(cache: ZoneCache, quarter: number): number | null {
	const known = cache.offsets.get(quarter);
	if (known !== undefined) return known;
	const first = rawOffset(cache.zone, quarter * QUARTER);
	// Some zones changed their clocks at one minute past midnight.
	const last = rawOffset(cache.zone, (quarter + 1) * QUARTER - 1);
	const offset = first === last ? first : null;
	remember(cache.offsets, quarter, offset);
	return offset;
}

function rawOffset(zone: string, epochMs: number): number {
	return Math.round(tzOffset(zone, new Date(epochMs)) * MINUTE);
}

function localDayNumber(cache: ZoneCache, epochMs: number): number {
	return Math.floor((epochMs + offsetAt(cache, epochMs)) / DAY);
}

function findStart(cache: ZoneCache, midnight: number): number {
	let before = midnight - DAY;
	let after = midnight + DAY;
	const offsetBefore = offsetAt(cache, before);
	const offsetAfter = offsetAt(cache, after);
	if (offsetBefore === offsetAfter) return midnight - offsetBefore;
	while (after - before > 1) {
		const middle = Math.floor((before + after) / 2);
		if (offsetAt(cache, middle) === offsetBefore) before = middle;
		else after = middle;
	}
	const change = after;
	if (midnight - offsetBefore < change) return midnight - offsetBefore;
	return Math.max(change, midnight - offsetAfter);
}

function dayNumber(day: string): number {
	const known = dayNumbers.get(day);
	if (known !== undefined) return known;
	const ms = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
	const number = ms / DAY;
	if (Number.isNaN(ms) || dayText(number) !== day)
		throw new RangeError(`Not a day: "${day}". A day is written YYYY-MM-DD.`);
	remember(dayNumbers, day, number);
	return number;
}

function dayText(number: number): string {
	const known = dayTexts.get(number);
	if (known !== undefined) return known;
	const text = new Date(number * DAY).toISOString().slice(0, 10);
	remember(dayTexts, number, text);
	return text;
}

function remember<K, V>(cache: Map<K, V>, key: K, value: V): void {
	if (cache.size >= CACHE_LIMIT) cache.clear();
	cache.set(key, value);
}
