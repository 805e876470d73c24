import type { AgeCurve } from '#analytics';
import { ageName, ageToAxis } from '#lib/charts/age-axis.ts';
import type { Stop } from '#lib/charts/stop.ts';
import { formatValue } from '#lib/format.ts';

interface Options {
	/** Readers at the top of the plot. */
	readonly max: number;
	readonly hrefOf: (post: number) => string | undefined;
}

/** What is read at each age: one line for each post, in order, missing where it is not that old. */
export function recentStops(
	curves: readonly AgeCurve[],
	{ max, hrefOf }: Options
): readonly Stop[] {
	const readers = curves.map(
		({ points }) => new Map(points.map((point) => [point.age_hours, point.readers]))
	);
	const ages = [...new Set(readers.flatMap((points) => [...points.keys()]))].sort((a, b) => a - b);
	const typical = new Map((curves[0]?.band ?? []).map(({ age_hours, p50 }) => [age_hours, p50]));
	return ages.map((hours) => {
		const median = typical.get(hours);
		return {
			x: ageToAxis(hours),
			title: ageName(hours),
			lines: curves.map(({ post_id, title, path }, at) => {
				const value = readers[at]?.get(hours);
				return {
					name: title || path,
					text: formatValue(value, 'count'),
					y: value === undefined ? null : value / max,
					colour: 'var(--accent)',
					href: hrefOf(post_id)
				};
			}),
			notes:
				median === undefined ? [] : [`Typical post: ${formatValue(Math.round(median), 'count')}`]
		};
	});
}
