import { DIMENSIONS, type DimensionId } from '#analytics';

/** What the rows of the screen of sources can be: the value of `by`, with a label. */
export const SOURCE_TABS: readonly {
	readonly by: DimensionId | null;
	readonly label: string;
}[] = [
	{ by: null, label: DIMENSIONS.source.label },
	...(
		[
			'channel',
			'referrer',
			'utm_source',
			'utm_medium',
			'utm_campaign',
			'utm_content',
			'utm_term'
		] as const
	).map((by) => ({ by, label: DIMENSIONS[by].label }))
];
