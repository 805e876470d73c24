import type { Cell, Column } from '#analytics';
import { dateFormat, hasTwelveHours, isolated } from '#lib/locale.ts';

export type Unit = Column['unit'];

/** What stands where a value is missing: nothing was measured, which is not zero. */
export const MISSING = '–';

/** Between a number and its unit: narrow, and no line ends there. */
const THIN_SPACE = '\u202f';
const NO_BREAK_SPACE = '\u00a0';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const tenths = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const oneDecimal = new Intl.NumberFormat('en', {
	minimumFractionDigits: 1,
	maximumFractionDigits: 1
});
const hundredths = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const compact = new Intl.NumberFormat('en', {
	notation: 'compact',
	maximumSignificantDigits: 3
});

/** A value as tables show it: counts in full, ratios as per cent, seconds as minutes and seconds. */
export function formatValue(value: Cell | undefined, unit: Unit): string {
	if (value === null || value === undefined || value === '') return MISSING;
	if (typeof value === 'string') return unit === 'date' ? formatDay(value) : value;
	if (typeof value !== 'number') return value.length === 0 ? MISSING : value.join(', ');
	return formatNumber(value, unit);
}

/** A number where room is short: 12,345 as 12.3k. */
export function formatShort(value: number | null | undefined, unit: Unit): string {
	if (value === null || value === undefined || !Number.isFinite(value)) return MISSING;
	if (unit === 'count' && Math.abs(value) >= 10_000) {
		return compact.format(value).replace('K', 'k');
	}
	return formatNumber(value, unit);
}

function formatNumber(value: number, unit: Unit): string {
	if (!Number.isFinite(value)) return MISSING;
	switch (unit) {
		case 'ratio':
			return formatRatio(value);
		case 'seconds':
			return formatSeconds(value);
		case 'percent_depth':
			return `${whole.format(value)}${THIN_SPACE}%`;
		case 'per_1000':
			return (value === 0 ? whole : oneDecimal).format(value);
		default:
			return (Number.isInteger(value) ? whole : tenths).format(value);
	}
}

/** 0.0413 as 4.1 %. */
export function formatRatio(value: number): string {
	if (!Number.isFinite(value)) return MISSING;
	const percent = value * 100;
	return `${percentDigits(percent).format(percent)}${THIN_SPACE}%`;
}

function percentDigits(percent: number): Intl.NumberFormat {
	if (percent === 0 || percent === 100) return whole;
	return Math.abs(percent) < 0.1 ? hundredths : oneDecimal;
}

/** Two bounds of a ratio as 1.4–3.1 %. */
export function formatInterval(low: number, high: number): string {
	return `${percentDigits(low * 100).format(low * 100)}–${formatRatio(high)}`;
}

/** 185 as 3 min 05 s. */
export function formatSeconds(value: number): string {
	if (!Number.isFinite(value)) return MISSING;
	const seconds = Math.round(value);
	if (seconds < 60) return `${seconds}${THIN_SPACE}s`;
	const minutes = Math.floor(seconds / 60);
	if (minutes < 60) return joinUnits(minutes, 'min', seconds % 60, 's');
	return joinUnits(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
}

function joinUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
	const padded = String(small).padStart(2, '0');
	return `${whole.format(large)}${THIN_SPACE}${largeUnit}${NO_BREAK_SPACE}${padded}${THIN_SPACE}${smallUnit}`;
}

const dayOf = (date: string): Date => new Date(`${date.slice(0, 10).padEnd(10, '-01')}T00:00:00Z`);

const UTC = { timeZone: 'UTC' } as const;
const DAY = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const SHORT_DAY = { day: 'numeric', month: 'short' } as const;

const dateText = (date: Date, options: Intl.DateTimeFormatOptions): string =>
	isolated(dateFormat(options).format(date));

/** `2025-05-17` as 17 May 2025. */
export function formatDay(date: string): string {
	return dateText(dayOf(date), { ...DAY, ...UTC });
}

/** Two inclusive local days as 18 Apr – 17 May 2025. */
export function formatRange(from: string, to: string): string {
	return isolated(dateFormat({ ...DAY, ...UTC }).formatRange(dayOf(from), dayOf(to)));
}

export type Interval = 'hour' | 'day' | 'week' | 'month';

/** A bucket of a series in full, for tables and tooltips. */
export function formatBucket(bucket: string, interval: Interval): string {
	switch (interval) {
		case 'hour':
			return dateText(hourOf(bucket), {
				...SHORT_DAY,
				...UTC,
				hour: '2-digit',
				minute: '2-digit'
			});
		case 'day':
			return dateText(dayOf(bucket), { weekday: 'short', ...DAY, ...UTC });
		case 'week':
			return `Week of ${formatDay(bucket)}`;
		case 'month':
			return dateText(dayOf(bucket), { month: 'long', year: 'numeric', ...UTC });
	}
}

/** A bucket of a series on an axis. */
export function formatTick(bucket: string, interval: Interval): string {
	if (interval === 'hour') return formatHour(hourOf(bucket));
	return dateText(dayOf(bucket), {
		...(interval === 'month' ? { month: 'short', year: 'numeric' } : SHORT_DAY),
		...UTC
	});
}

/** 23:00, or 11 PM where hours are counted to twelve. */
function formatHour(hour: Date): string {
	const options: Intl.DateTimeFormatOptions = hasTwelveHours()
		? { hour: 'numeric' }
		: { hour: '2-digit', minute: '2-digit' };
	return dateText(hour, { ...options, ...UTC });
}

const hourOf = (bucket: string): Date =>
	new Date(`${bucket.slice(0, 10)}T${bucket.slice(11, 13).padStart(2, '0')}:00:00Z`);

/** A moment in the site's zone: 17 May 2025, 14:05. */
export function formatMoment(iso: string, zone: string): string {
	return dateText(new Date(iso), {
		...DAY,
		hour: '2-digit',
		minute: '2-digit',
		timeZone: zone
	});
}

/** The day of a moment in the site's zone: 17 May 2025. */
export function formatMomentDay(iso: string, zone: string): string {
	return dateText(new Date(iso), { ...DAY, timeZone: zone });
}

/** Hours as an age: less than an hour, 5 hours, 3 days, 4 months, 2 years. */
export function formatAge(hours: number): string {
	const days = hours / 24;
	if (hours < 1) return 'less than an hour';
	if (hours < 72) return plural(Math.floor(hours), 'hour');
	if (days < 60) return plural(Math.floor(days), 'day');
	if (days < 730) return plural(Math.floor(days / 30.44), 'month');
	return plural(Math.floor(days / 365.25), 'year');
}

/** 1 post, 1,203 posts. */
export function plural(count: number, one: string, many = `${one}s`): string {
	return `${whole.format(count)} ${count === 1 ? one : many}`;
}

/** The English name of an ISO 3166-1 alpha-2 code. */
export function formatCountry(code: string): string {
	if (!/^[A-Z]{2}$/.test(code)) return code === '' ? 'Unknown' : code;
	return regionNames.of(code) ?? code;
}

const regionNames = new Intl.DisplayNames('en', { type: 'region' });

/** A device class as a label. */
export function formatDevice(device: string): string {
	return device === '' ? 'Unknown' : device.charAt(0).toUpperCase() + device.slice(1);
}

/** A value beside the grid line of a chart. */
export function formatAxis(value: number, unit: Unit): string {
	if (unit === 'ratio') return `${tenths.format(value * 100)}${THIN_SPACE}%`;
	if (unit === 'count' && !Number.isInteger(value)) return '';
	return formatShort(value, unit);
}
