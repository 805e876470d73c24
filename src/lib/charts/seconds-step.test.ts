import { expect, it } from 'vitest';
import { secondsStep } from './seconds-step.ts';

it('divides time as a clock does', () => {
	expect(secondsStep([])).toBe(1);
	expect(secondsStep([108, null])).toBe(30);
	expect(secondsStep([3])).toBe(1);
	expect(secondsStep([100_000])).toBe(21_600);
});
