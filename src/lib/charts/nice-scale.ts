import type { Unit } from '#lib/format.ts';
import { secondsStep } from '#lib/charts/seconds-step.ts';

/** A value axis from zero to `max` with a grid line at every `step`. */
export interface ValueScale {
	readonly max: number;
	readonly step: number;
}

const MOST_LINES = 5;
const STEPS = [1, 2, 5, 10];

/** A zero-based scale of round numbers that holds all values; counts step by whole numbers. */
export function niceScale(values: readonly (number | null)[], unit: Unit): ValueScale {
	const greatest = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
	const step = unit === 'seconds' ? secondsStep(values) : roundStep(greatest, unit);
	return { max: Math.max(1, Math.ceil(greatest / step - 1e-9)) * step, step };
}

function roundStep(greatest: number, unit: Unit): number {
	const least = unit === 'ratio' ? 0.01 : unit === 'per_1000' ? 0.1 : 1;
	const rough = Math.max(greatest / MOST_LINES, least);
	const power = 10 ** Math.floor(Math.log10(rough) + 1e-9);
	const factor = STEPS.find((candidate) => candidate * power >= rough - 1e-12) ?? 10;
	return factor * power;
}

/** The grid lines of a scale, from zero up. */
export function gridValues({ max, step }: ValueScale): readonly number[] {
	return Array.from({ length: Math.round(max / step) + 1 }, (_, at) => at * step);
}
