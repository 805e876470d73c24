import { newcombe, type Difference, type Row } from '#analytics';
import { numberAt, textAt } from '#lib/columns.ts';

/** How the CTR of one variant stands to that of another. */
export interface VariantDifference extends Difference {
	readonly variant: string;
	readonly against: string;
	/** `too_early`: the interval of the difference covers zero. */
	readonly verdict: 'more' | 'less' | 'too_early';
}

/**
 * The CTR of each variant less that of the first one by name, with the 95 % interval of the difference (Newcombe).
 * What nobody saw, and what stands in no test, is left out.
 */
export function variantDifferences(rows: readonly Row[]): readonly VariantDifference[] {
	const variants = rows
		.flatMap((row) => {
			const n = numberAt(row, 'cta_exposed') ?? 0;
			const name = textAt(row, 'variant');
			return n > 0 && name !== ''
				? [{ name, group: { k: numberAt(row, 'cta_clickers') ?? 0, n } }]
				: [];
		})
		.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
	const [first, ...others] = variants;
	if (first === undefined) return [];
	return others.flatMap(({ name, group }): readonly VariantDifference[] => {
		const difference = newcombe(group, first.group);
		if (difference === null) return [];
		const { low, high } = difference;
		const verdict = low > 0 ? 'more' : high < 0 ? 'less' : 'too_early';
		return [{ ...difference, variant: name, against: first.name, verdict }];
	});
}
