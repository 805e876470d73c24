import { DIMENSIONS, type DimensionId } from '#analytics';

/** What a row of the register of calls to action can be; null is each place of each variant. */
export const CTA_TABS: readonly {
	readonly by: readonly DimensionId[] | null;
	readonly label: string;
}[] = [
	{ by: null, label: 'Each place' },
	...([['cta'], ['placement'], ['cta', 'placement'], ['cta', 'variant'], ['page']] as const).map(
		(by) => ({ by, label: by.map((id) => DIMENSIONS[id].label).join(' × ') })
	)
];
