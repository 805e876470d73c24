import { niceScale, type ValueScale } from '#lib/charts/nice-scale.ts';
import type { Series } from '#lib/series.ts';

/** One scale for a series and what it is compared with. */
export function timeScale({ values, compare, unit }: Series): ValueScale {
	return niceScale([...values, ...(compare?.values.slice(0, values.length) ?? [])], unit);
}
