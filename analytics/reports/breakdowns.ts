import { DIMENSIONS, type DimensionId } from '../dimensions.ts';
import type { MetricId } from '../metrics.ts';
import { askBoth } from './ask.ts';
import { key, wantedOf, type ReportDefinition } from './definition.ts';
import type { ReportId } from './report-ids.ts';
import type { Row } from './result.ts';

interface Breakdown {
	readonly id: ReportId;
	readonly label: string;
	readonly by: readonly DimensionId[];
	readonly metrics: readonly MetricId[];
	readonly order: string;
	/** Column id of a dimension where it differs, for example `path` for a page. */
	readonly names?: Partial<Readonly<Record<DimensionId, string>>>;
	/** What else the rows may be grouped by. */
	readonly others?: readonly (readonly DimensionId[])[];
}

function breakdown(given: Breakdown): ReportDefinition {
	const { id, label, by, metrics, order, names = {}, others = [] } = given;
	return {
		id,
		label,
		keys: by.map((name) => key(names[name] ?? name, DIMENSIONS[name].label)),
		metrics,
		order,
		run: async (context, range) => {
			const wanted = wantedOf(context, metrics);
			const { rows, totals } = await askBoth(context, range, { metrics: wanted, by });
			return {
				rows: rows.map((row): Row => ({
					...Object.fromEntries(by.map((name) => [names[name] ?? name, row[name] ?? null])),
					...Object.fromEntries(wanted.map((metric) => [metric, row[metric] ?? null]))
				})),
				totals
			};
		},
		groupings: others.map((other) => ({
			by: other,
			definition: breakdown({ ...given, by: other, others: [] })
		}))
	};
}

const AUDIENCE = ['visitors', 'page_views', 'readers'] as const satisfies readonly MetricId[];

export const ctas = breakdown({
	id: 'ctas',
	label: 'CTAs',
	by: ['cta', 'placement', 'variant', 'page'],
	names: { page: 'path' },
	metrics: [
		'cta_eligible',
		'cta_impressions',
		'viewability_rate',
		'cta_clicks',
		'cta_exposed',
		'cta_clickers',
		'cta_ctr',
		'cta_ctr_low',
		'cta_ctr_high'
	],
	order: '-cta_exposed',
	others: [['cta'], ['placement'], ['cta', 'placement'], ['cta', 'variant'], ['page']]
});

export const sources = breakdown({
	id: 'sources',
	label: 'Sources',
	by: ['channel', 'source'],
	metrics: [
		'visitors',
		'visits',
		'page_views',
		'readers',
		'reads',
		'subscribes',
		'subscribe_rate',
		'subscribe_rate_low',
		'subscribe_rate_high',
		'conversions',
		'bounce_rate'
	],
	order: '-visitors',
	others: [
		['channel'],
		['source'],
		['referrer'],
		['utm_source'],
		['utm_medium'],
		['utm_campaign'],
		['utm_content'],
		['utm_term']
	]
});

const audience = (id: ReportId, label: string, dimension: DimensionId): ReportDefinition =>
	breakdown({ id, label, by: [dimension], metrics: AUDIENCE, order: '-visitors' });

export const pages = breakdown({
	id: 'pages',
	label: 'Pages',
	by: ['page'],
	names: { page: 'path' },
	metrics: AUDIENCE,
	order: '-page_views'
});
export const countries = audience('countries', 'Countries', 'country');
export const devices = audience('devices', 'Devices', 'device');
export const browsers = audience('browsers', 'Browsers', 'browser');
export const os = audience('os', 'Operating systems', 'os');
