import type { FactName } from './metrics.ts';

/** One way to group and filter. */
export interface Dimension {
	readonly label: string;
	/** Column of each fact that knows the dimension, against alias `f`. */
	readonly columns: Partial<Readonly<Record<FactName, string>>>;
	/** A dimension of posts with several values each: its own table of (site_id, post_id, column). */
	readonly via?: { readonly table: string; readonly column: string };
}

const everywhere = (column: string): Dimension['columns'] => ({
	readings: column,
	views: column,
	visits: column
});
const onPages = (column: string): Dimension['columns'] => ({
	readings: column,
	views: column,
	cta_exposures: column
});

export type DimensionId =
	| 'post'
	| 'page'
	| 'topic'
	| 'author'
	| 'cta'
	| 'placement'
	| 'variant'
	| 'channel'
	| 'source'
	| 'referrer'
	| 'utm_source'
	| 'utm_medium'
	| 'utm_campaign'
	| 'utm_content'
	| 'utm_term'
	| 'country'
	| 'device'
	| 'browser'
	| 'os'
	| 'hostname'
	| 'entry_page'
	| 'exit_page';

/** The one definition of every dimension but dates. */
export const DIMENSIONS: Readonly<Record<DimensionId, Dimension>> = {
	post: { label: 'Post', columns: onPages('f.post_id') },
	page: { label: 'Page', columns: onPages('f.page') },
	topic: {
		label: 'Topic',
		columns: onPages('f.post_id'),
		via: { table: 'post_topics', column: 'topic' }
	},
	author: {
		label: 'Author',
		columns: onPages('f.post_id'),
		via: { table: 'post_authors', column: 'author' }
	},
	cta: { label: 'CTA', columns: { cta_exposures: 'f.cta' } },
	placement: { label: 'Placement', columns: { cta_exposures: 'f.placement' } },
	variant: { label: 'Variant', columns: { cta_exposures: 'f.variant' } },
	channel: { label: 'Channel', columns: everywhere('f.channel') },
	source: { label: 'Source', columns: everywhere('f.source') },
	referrer: { label: 'Referrer', columns: everywhere('f.referrer') },
	utm_source: { label: 'UTM source', columns: everywhere('f.utm_source') },
	utm_medium: { label: 'UTM medium', columns: everywhere('f.utm_medium') },
	utm_campaign: { label: 'UTM campaign', columns: everywhere('f.utm_campaign') },
	utm_content: { label: 'UTM content', columns: everywhere('f.utm_content') },
	utm_term: { label: 'UTM term', columns: everywhere('f.utm_term') },
	country: { label: 'Country', columns: everywhere('f.country') },
	device: { label: 'Device', columns: everywhere('f.device') },
	browser: { label: 'Browser', columns: everywhere('f.browser') },
	os: { label: 'Operating system', columns: everywhere('f.os') },
	hostname: { label: 'Host', columns: everywhere('f.hostname') },
	entry_page: { label: 'Entry page', columns: { visits: 'f.entry_page' } },
	exit_page: { label: 'Exit page', columns: { visits: 'f.exit_page' } }
};

export function isDimensionId(text: string): text is DimensionId {
	return Object.hasOwn(DIMENSIONS, text);
}
