import type { ImportedFigures } from '../stores/import-store.ts';

export type FigureMetric = Exclude<keyof ImportedFigures, 'day' | 'dimension' | 'value'>;

/** A table of figures by day and value, as a tool exports it; names of columns in lower case, the first found counts. */
export interface FigureTable {
	/** What the file's name begins with, where one export holds several tables. */
	readonly file?: string;
	/** `site` has no column of values. */
	readonly dimension: string;
	readonly value: readonly string[];
	readonly day: readonly string[];
	/** Needed: without one of each the file is another one. */
	readonly metrics: Partial<Readonly<Record<FigureMetric, readonly string[]>>>;
	/** Not in every version of the export. */
	readonly optional?: Partial<Readonly<Record<FigureMetric, readonly string[]>>>;
	/** Figures are of all time: the export has no days. */
	readonly isWithoutDays?: true;
	/** Rows that are not of the blog's readers, by a column and what it says of them. */
	readonly leftOut?: { readonly column: string; readonly values: readonly string[] };
	/** The file begins with its first row: what stands in which column. */
	readonly headless?: readonly string[];
}

const COUNTED = {
	visitors: ['visitors'],
	visits: ['visits'],
	bounces: ['bounces'],
	visit_seconds: ['visit_duration']
} as const;

const plausible = (file: string, dimension: string, ...value: readonly string[]): FigureTable => ({
	file: `imported_${file}`,
	dimension,
	value,
	day: ['date'],
	metrics: { visitors: COUNTED.visitors },
	optional: {
		visits: ['visits'],
		bounces: ['bounces'],
		visit_seconds: ['visit_duration'],
		page_views: ['pageviews']
	}
});

/** Tools whose exports hold figures, by the name that a command gives them. */
export const FIGURE_TABLES = {
	plausible: [
		{
			file: 'imported_visitors',
			dimension: 'site',
			value: [],
			day: ['date'],
			metrics: { ...COUNTED, page_views: ['pageviews'] }
		},
		{
			file: 'imported_pages',
			dimension: 'page',
			value: ['page'],
			day: ['date'],
			metrics: { visitors: ['visitors'], page_views: ['pageviews'] },
			optional: { visits: ['visits'] }
		},
		...(['visits', 'entrances'] as const).map((visits) => ({
			...plausible('entry_pages', 'entry_page', 'entry_page'),
			metrics: { visitors: COUNTED.visitors, visits: [visits] }
		})),
		...(['visits', 'exits'] as const).map((visits) => ({
			...plausible('exit_pages', 'exit_page', 'exit_page'),
			metrics: { visitors: COUNTED.visitors, visits: [visits] }
		})),
		plausible('sources', 'source', 'source'),
		plausible('sources', 'referrer', 'referrer'),
		plausible('sources', 'utm_source', 'utm_source'),
		plausible('sources', 'utm_medium', 'utm_medium'),
		plausible('sources', 'utm_campaign', 'utm_campaign'),
		plausible('sources', 'utm_content', 'utm_content'),
		plausible('sources', 'utm_term', 'utm_term'),
		plausible('locations', 'country', 'country'),
		plausible('devices', 'device', 'device'),
		plausible('browsers', 'browser', 'browser'),
		plausible('operating_systems', 'os', 'operating_system')
	],
	ga4: [
		{
			dimension: 'page',
			value: [
				'page path',
				'page path and screen class',
				'page path + query string',
				'page path + query string and screen class'
			],
			day: ['date', 'day'],
			metrics: { page_views: ['views', 'screen page views'] },
			optional: { visitors: ['active users', 'total users', 'users'], visits: ['sessions'] }
		}
	],
	matomo: [
		{
			dimension: 'page',
			value: ['metadata: url', 'page url', 'url', 'label'],
			leftOut: { column: 'label', values: ['Others', 'Page URL not defined'] },
			day: ['date'],
			metrics: { page_views: ['pageviews', 'nb_hits'] },
			optional: {
				visitors: [
					'unique visitors',
					'unique visitors (daily sum)',
					'nb_uniq_visitors',
					'sum_daily_nb_uniq_visitors'
				],
				visits: ['visits', 'unique pageviews', 'nb_visits']
			}
		}
	],
	hubspot: [
		{
			dimension: 'cta',
			value: ['cta name', 'cta'],
			day: ['date'],
			metrics: { cta_impressions: ['views', 'cta views'], cta_clicks: ['clicks', 'cta clicks'] },
			isWithoutDays: true
		},
		{
			dimension: 'page',
			value: ['url', 'page url', 'blog post url', 'post url'],
			day: ['date'],
			metrics: { page_views: ['views', 'page views', 'total views'] },
			optional: { subscribes: ['contacts', 'new contacts', 'submissions'] },
			isWithoutDays: true
		}
	],
	ghost: [
		{
			dimension: 'page',
			value: ['url'],
			day: [],
			metrics: { subscribes: ['free_signups', 'signups'] },
			leftOut: { column: 'status', values: ['draft', 'scheduled'] },
			isWithoutDays: true
		}
	],
	wordpress: [
		{
			dimension: 'page',
			value: ['url', 'link', 'permalink'],
			day: ['date', 'day'],
			metrics: { page_views: ['views'] },
			isWithoutDays: true,
			headless: ['title', 'views', 'url']
		}
	]
} as const satisfies Record<string, readonly FigureTable[]>;

/** What the tools call themselves. */
export const FIGURE_TOOLS: ReadonlyMap<string, string> = new Map([
	['plausible', 'Plausible'],
	['ga4', 'Google Analytics 4'],
	['matomo', 'Matomo'],
	['hubspot', 'HubSpot'],
	['ghost', 'Ghost'],
	['wordpress', 'WordPress']
]);
