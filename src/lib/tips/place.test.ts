import { describe, expect, it } from 'vitest';
import { placeTip } from './place.ts';

const VIEW = { width: 400, height: 300 };
const TIP = { width: 200, height: 80 };

describe('placeTip', () => {
	it('stands below, in the middle', () => {
		expect(placeTip({ left: 150, top: 50, width: 100, height: 20 }, TIP, VIEW)).toEqual({
			left: 100,
			top: 76
		});
	});

	it('goes above at the foot of the window', () => {
		expect(placeTip({ left: 150, top: 250, width: 100, height: 20 }, TIP, VIEW).top).toBe(164);
	});

	it('stays inside, also where it fits nowhere', () => {
		const place = placeTip({ left: 390, top: 0, width: 300, height: 290 }, TIP, VIEW);
		expect(place).toEqual({ left: 192, top: 212 });
	});
});
