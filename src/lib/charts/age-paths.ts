import type { AgeCurve } from '#analytics';
import { ageToAxis } from '#lib/charts/age-axis.ts';
import { pathsOf } from '#lib/charts/line-path.ts';

interface Box {
	readonly width: number;
	readonly height: number;
	/** Readers at the top of the box. */
	readonly max: number;
}

/** SVG paths of a post's curve, the typical median and the two bands behind them. */
export function agePaths(
	curve: AgeCurve,
	{ width, height, max }: Box
): {
	readonly line: string;
	readonly median: string;
	readonly outer: string;
	readonly inner: string;
} {
	const x = (hours: number): number => ageToAxis(hours) * width;
	const y = (readers: number): number => height * (1 - Math.min(readers, max) / max);
	const through = (points: readonly (readonly [number, number])[]): string =>
		pathsOf([points], height).line;
	const between = (low: 'p10' | 'p25', high: 'p75' | 'p90'): string => {
		if (curve.band.length === 0) return '';
		const upper = curve.band.map((point) => [x(point.age_hours), y(point[high])] as const);
		const lower = curve.band.map((point) => [x(point.age_hours), y(point[low])] as const);
		return `${through([...upper, ...lower.toReversed()])}Z`;
	};
	return {
		line: through(curve.points.map(({ age_hours, readers }) => [x(age_hours), y(readers)])),
		median: through(curve.band.map(({ age_hours, p50 }) => [x(age_hours), y(p50)])),
		outer: between('p10', 'p90'),
		inner: between('p25', 'p75')
	};
}

/** The greatest number of readers any of the curves or their bands reaches. */
export function ageMax(curves: readonly AgeCurve[]): number {
	const all = curves.flatMap(({ points, band }) => [
		...points.map(({ readers }) => readers),
		...band.map(({ p90 }) => p90)
	]);
	return all.reduce((most, value) => Math.max(most, value), 1);
}
