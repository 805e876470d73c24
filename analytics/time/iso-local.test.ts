import { expect, test } from 'vitest';
import { isoLocal } from './iso-local.ts';

test.each([
	['UTC', '2026-10-25T00:59:59Z', '2026-10-25T00:59:59Z'],
	['Europe/Berlin', '2026-10-25T00:59:59Z', '2026-10-25T02:59:59+02:00'],
	['Europe/Berlin', '2026-10-25T01:00:00Z', '2026-10-25T02:00:00+01:00'],
	['Asia/Kathmandu', '2026-01-01T00:00:00Z', '2026-01-01T05:45:00+05:45'],
	['America/St_Johns', '2026-01-01T00:00:00Z', '2025-12-31T20:30:00-03:30']
])('in %s %s is %s', (zone, instant, local) => {
	expect(isoLocal(zone, Date.parse(instant))).toBe(local);
	expect(Date.parse(local)).toBe(Date.parse(instant));
});
