import { describe, expect, it } from 'vitest';
import { localHour } from './local-hour.ts';

describe('localHour', () => {
	it('reads the clock of the zone', () => {
		const moment = new Date('2025-05-17T18:30:00Z');
		expect(localHour(moment, 'UTC')).toBe('2025-05-17T18');
		expect(localHour(moment, 'Asia/Kathmandu')).toBe('2025-05-18T00');
	});

	it('is the same hour twice when the clock goes back', () => {
		expect(localHour(new Date('2025-10-26T00:30:00Z'), 'Europe/Berlin')).toBe('2025-10-26T02');
		expect(localHour(new Date('2025-10-26T01:30:00Z'), 'Europe/Berlin')).toBe('2025-10-26T02');
	});
});
