import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	addDays,
	daysBetween,
	isZone,
	localDay,
	localHour,
	monthStart,
	startOfDay,
	weekStart
} from './local.ts';

const ZONES = [
	'UTC',
	'Europe/Berlin',
	'America/New_York',
	'America/Santiago',
	'America/St_Johns',
	'America/Havana',
	'Asia/Beirut',
	'Asia/Kathmandu',
	'Asia/Kolkata',
	'Asia/Gaza',
	'Asia/Tehran',
	'Africa/Casablanca',
	'Africa/Cairo',
	'Atlantic/Azores',
	'Australia/Lord_Howe',
	'Pacific/Apia',
	'Pacific/Chatham',
	'Pacific/Kiritimati',
	'Pacific/Marquesas'
] as const;

const formats = new Map(
	ZONES.map((zone) => [
		zone,
		new Intl.DateTimeFormat('en-CA', {
			timeZone: zone,
			hourCycle: 'h23',
			year: 'numeric',
			month: '2-digit',
			day: '2-digit',
			hour: '2-digit'
		})
	])
);

const byIntl = (zone: (typeof ZONES)[number], epochMs: number) => {
	const parts = formats.get(zone)?.formatToParts(epochMs) ?? [];
	const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
	return { day: `${part('year')}-${part('month')}-${part('day')}`, hour: Number(part('hour')) };
};

const zones = fc.constantFrom(...ZONES);
const instants = fc.integer({ min: Date.UTC(1975, 0, 1), max: Date.UTC(2037, 0, 1) });

describe('localDay and localHour', () => {
	it('agree with Intl.DateTimeFormat', () => {
		fc.assert(
			fc.property(zones, instants, (zone, ts) => {
				const expected = byIntl(zone, ts);
				expect(localDay(zone, ts)).toBe(expected.day);
				expect(localHour(zone, ts)).toBe(expected.hour);
			}),
			{ numRuns: 2000 }
		);
	});

	it('agree around every clock change, also one off the quarter hour', () => {
		const change = Date.UTC(2010, 2, 14, 3, 31);
		for (const delta of [-60_001, -60_000, -1, 0, 1, 59_999, 60_000]) {
			const expected = byIntl('America/St_Johns', change + delta);
			expect(localDay('America/St_Johns', change + delta)).toBe(expected.day);
			expect(localHour('America/St_Johns', change + delta)).toBe(expected.hour);
		}
	});

	it('serve zones off the hour', () => {
		expect(localDay('Asia/Kathmandu', Date.UTC(2026, 0, 1, 18, 14, 59, 999))).toBe('2026-01-01');
		expect(localDay('Asia/Kathmandu', Date.UTC(2026, 0, 1, 18, 15))).toBe('2026-01-02');
		expect(localHour('Asia/Kathmandu', Date.UTC(2026, 0, 1, 18, 15))).toBe(0);
	});

	it('refuse an unknown zone', () => {
		expect(() => localDay('Mars/Olympus', 0)).toThrow(/Unknown time zone "Mars\/Olympus"/);
	});
});

describe('startOfDay', () => {
	it('is the first instant of its day', () => {
		fc.assert(
			fc.property(zones, instants, (zone, ts) => {
				const day = localDay(zone, ts);
				const start = startOfDay(zone, day);
				expect(byIntl(zone, start).day).toBe(day);
				expect(byIntl(zone, start - 1).day < day).toBe(true);
				expect(start <= ts).toBe(true);
			}),
			{ numRuns: 1000 }
		);
	});

	it.each([
		['Asia/Kathmandu', '2026-03-01', Date.UTC(2026, 1, 28, 18, 15)],
		// Midnight does not exist: the clock goes from 24:00 to 01:00.
		['America/Santiago', '2025-09-07', Date.UTC(2025, 8, 7, 4)],
		['Asia/Beirut', '2025-03-30', Date.UTC(2025, 2, 29, 22)],
		['Africa/Cairo', '2025-04-25', Date.UTC(2025, 3, 24, 22)],
		// The clock goes back at midnight: 23:00 happens twice.
		['America/Santiago', '2025-04-06', Date.UTC(2025, 3, 6, 4)],
		['Asia/Beirut', '2025-10-26', Date.UTC(2025, 9, 25, 22)],
		['Europe/Berlin', '2026-03-29', Date.UTC(2026, 2, 28, 23)],
		['Europe/Berlin', '2026-03-30', Date.UTC(2026, 2, 29, 22)],
		['Europe/Berlin', '2026-10-25', Date.UTC(2026, 9, 24, 22)],
		['Europe/Berlin', '2026-10-26', Date.UTC(2026, 9, 25, 23)],
		['Pacific/Kiritimati', '2026-01-01', Date.UTC(2025, 11, 31, 10)]
	])('%s %s', (zone, day, expected) => {
		expect(startOfDay(zone, day)).toBe(expected);
	});

	it('gives a skipped day no length', () => {
		expect(startOfDay('Pacific/Apia', '2011-12-30')).toBe(Date.UTC(2011, 11, 30, 10));
		expect(startOfDay('Pacific/Apia', '2011-12-31')).toBe(Date.UTC(2011, 11, 30, 10));
		expect(startOfDay('Pacific/Apia', '2011-12-29')).toBe(Date.UTC(2011, 11, 29, 10));
	});

	it.each(['', '2026-1-1', '2026-02-30', '2026-13-01', 'today', '2026-01-01T00:00'])(
		'refuses %j',
		(day) => {
			expect(() => startOfDay('UTC', day)).toThrow(/Not a day/);
		}
	);
});

describe('calendar', () => {
	it('adds and counts days', () => {
		expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
		expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
		expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
		expect(daysBetween('2026-03-30', '2026-03-28')).toBe(-2);
		fc.assert(
			fc.property(instants, fc.integer({ min: -5000, max: 5000 }), (ts, n) => {
				const day = localDay('UTC', ts);
				expect(daysBetween(day, addDays(day, n))).toBe(n);
			})
		);
	});

	it('starts weeks on Monday', () => {
		expect(weekStart('2026-11-23')).toBe('2026-11-23');
		expect(weekStart('2026-11-29')).toBe('2026-11-23');
		expect(weekStart('1969-12-31')).toBe('1969-12-29');
	});

	it('starts months on the first', () => {
		expect(monthStart('2026-11-23')).toBe('2026-11-01');
	});
});

describe('isZone', () => {
	it.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Asia/Kathmandu'])(
		'takes %s',
		(zone) => {
			expect(isZone(zone)).toBe(true);
		}
	);
	it.each(['', '+02:00', 'Mars/Olympus', 'Berlin', '__proto__', 'Europe/Berlin\u0000'])(
		'refuses %j',
		(zone) => {
			expect(isZone(zone)).toBe(false);
		}
	);
});
