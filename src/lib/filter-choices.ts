import { OPERATORS, type DimensionId, type Filter } from '#analytics';

/** Every dimension, in groups as a list of choices shows them. */
export const DIMENSION_GROUPS: readonly {
	readonly label: string;
	readonly dimensions: readonly DimensionId[];
}[] = [
	{ label: 'Sources', dimensions: ['source', 'channel', 'referrer'] },
	{ label: 'Posts', dimensions: ['post', 'page', 'topic', 'author', 'entry_page', 'exit_page'] },
	{ label: 'Calls to action', dimensions: ['cta', 'placement', 'variant'] },
	{ label: 'Readers', dimensions: ['country', 'device', 'browser', 'os', 'hostname'] },
	{
		label: 'Campaigns',
		dimensions: ['utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term']
	}
];

/** The operators that say something of a dimension: a post is asked for by its number, which contains nothing. */
export function operatorsOf(dimension: DimensionId): readonly Filter['operator'][] {
	return dimension === 'post' ? ['is', 'is_not'] : OPERATORS;
}
