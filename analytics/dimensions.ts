import type { FactName } from './metrics.ts';

/** One way to group and filter. */
export interface Dimension {
	readonly label: string;
	/** One sentence for screens, API document and docs. */
	readonly definition: string;
	/** Column of each fact that can be grouped by the dimension, against alias `f` or a joined table's name. */
	readonly columns: Partial<Readonly<Record<FactName, string>>>;
	/** A dimension of posts with several values each: its own table of (site_id, post_id, column). */
	readonly via?: { readonly table: string; readonly column: string };
	/** The table that has the column, and the number by which rows of every fact find it. */
	readonly numbered?: {
		readonly table: 'origins' | 'clients';
		readonly number: 'origin' | 'client';
	};
}

/** What a row's origin or client says: a column of that table, joined by the row's number. */
const numbered = (
	table: NonNullable<Dimension['numbered']>['table'],
	number: NonNullable<Dimension['numbered']>['number'],
	column: string
): Pick<Dimension, 'columns' | 'numbered'> => ({
	columns: { readings: column, views: column, visits: column },
	numbered: { table, number }
});
const ofOrigin = (column: string) => numbered('origins', 'origin', column);
const ofClient = (column: string) => numbered('clients', 'client', column);
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
	post: {
		label: 'Post',
		definition: 'A page listed in the catalogue, by its id.',
		columns: onPages('f.post_id')
	},
	page: {
		label: 'Page',
		definition:
			'A canonical path of the site: no fragment, no tracking parameters, escapes and slashes normalised.',
		columns: onPages('f.page')
	},
	topic: {
		label: 'Topic',
		definition: 'A topic of the post; a post has several or none.',
		columns: onPages('f.post_id'),
		via: { table: 'post_topics', column: 'topic' }
	},
	author: {
		label: 'Author',
		definition: 'An author of the post; a post has one or more.',
		columns: onPages('f.post_id'),
		via: { table: 'post_authors', column: 'author' }
	},
	cta: {
		label: 'CTA',
		definition: 'The id the page gives a call to action.',
		columns: { cta_exposures: 'f.cta' }
	},
	placement: {
		label: 'Placement',
		definition:
			'Where the call to action stands: in-text, end-of-post, sidebar, header, footer, slide-in, popup, or the author’s own word.',
		columns: { cta_exposures: 'f.placement' }
	},
	variant: {
		label: 'Variant',
		definition: 'The variant of a call to action in a test.',
		columns: { cta_exposures: 'f.variant' }
	},
	channel: {
		label: 'Channel',
		definition:
			'The kind of source of the visit, decided by its first page view; follows from source and medium.',
		...ofOrigin(
			"case when origins.source is null then 'Direct' else coalesce(origins.channel, 'Direct') end"
		)
	},
	source: {
		label: 'Source',
		definition: 'What brought the visit: campaign tags first, then the referrer, else Direct.',
		...ofOrigin("coalesce(origins.source, 'Direct')")
	},
	referrer: {
		label: 'Referrer',
		definition: 'Host and path of the page that the visit came from.',
		...ofOrigin('origins.referrer')
	},
	utm_source: {
		label: 'UTM source',
		definition: 'utm_source of the visit’s first page view.',
		...ofOrigin('origins.utm_source')
	},
	utm_medium: {
		label: 'UTM medium',
		definition: 'utm_medium of the visit’s first page view.',
		...ofOrigin('origins.utm_medium')
	},
	utm_campaign: {
		label: 'UTM campaign',
		definition: 'utm_campaign of the visit’s first page view.',
		...ofOrigin('origins.utm_campaign')
	},
	utm_content: {
		label: 'UTM content',
		definition: 'utm_content of the visit’s first page view.',
		...ofOrigin('origins.utm_content')
	},
	utm_term: {
		label: 'UTM term',
		definition: 'utm_term of the visit’s first page view.',
		...ofOrigin('origins.utm_term')
	},
	country: {
		label: 'Country',
		definition: 'Country of the reader’s address, ISO 3166-1 alpha-2.',
		...ofClient('clients.country')
	},
	device: {
		label: 'Device',
		definition: 'Kind of device: desktop, mobile or tablet.',
		...ofClient('clients.device')
	},
	browser: {
		label: 'Browser',
		definition: 'Browser, without its version.',
		...ofClient('clients.browser')
	},
	os: {
		label: 'Operating system',
		definition: 'Operating system, without its version.',
		...ofClient('clients.os')
	},
	hostname: {
		label: 'Host',
		definition: 'Host of the page’s address.',
		...ofClient('clients.hostname')
	},
	entry_page: {
		label: 'Entry page',
		definition: 'Page of the visit’s first page view.',
		columns: { visits: 'f.entry_page' }
	},
	exit_page: {
		label: 'Exit page',
		definition: 'Page of the visit’s last page view.',
		columns: { visits: 'f.exit_page' }
	}
};

export function isDimensionId(text: string): text is DimensionId {
	return Object.hasOwn(DIMENSIONS, text);
}
