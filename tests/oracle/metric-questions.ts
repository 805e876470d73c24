import fc from 'fast-check';
import { DIMENSIONS, type DimensionId } from '../../analytics/dimensions.ts';
import { keysOf } from '../../analytics/keys-of.ts';
import type { DateRange, Filter } from '../../analytics/reports/result.ts';
import { AUTHORS, CLIENTS, CTAS, ORIGINS, OTHER_PAGES, TOPICS } from './arbitraries.ts';
import { addDays } from './local-day.ts';
import { kindOf, ORACLE_METRICS, type MetricQuestion } from './metric-oracle.ts';
import type { Question } from './oracle.ts';

type Key = MetricQuestion['by'][number];

const ALL_DIMENSIONS = keysOf(DIMENSIONS);
/** What screens ask for, and what is kept ready by day. */
const COMMON: readonly DimensionId[] = [
	'post',
	'topic',
	'author',
	'page',
	'source',
	'channel',
	'country',
	'device'
];

const texts = (values: readonly (string | undefined)[]): readonly string[] => [
	...new Set(values.map((value) => value ?? ''))
];
const PAGES = [
	...OTHER_PAGES,
	...Array.from({ length: 8 }, (_, at) => `/blog/post-${at + 1}.html`),
	'/old/1-0',
	''
];

/** Values that events have in each dimension, and some that they have not. */
const VALUES: Readonly<Record<DimensionId, readonly string[]>> = {
	post: ['1', '2', '3', '4', '5', '12', '999'],
	page: PAGES,
	topic: [...TOPICS, 'Nothing'],
	author: [...AUTHORS, 'Nobody'],
	cta: texts(CTAS.map(({ id }) => id)),
	placement: texts(CTAS.map(({ placement }) => placement)),
	variant: texts(CTAS.map(({ variant }) => variant)),
	channel: texts(['Direct', 'Social', ...ORIGINS.map(({ channel }) => channel)]),
	source: texts(['Direct', 'google', ...ORIGINS.map(({ source }) => source)]),
	referrer: texts(ORIGINS.map(({ referrer }) => referrer)),
	utm_source: texts(ORIGINS.map(({ utmSource }) => utmSource)),
	utm_medium: texts(ORIGINS.map(({ utmMedium }) => utmMedium)),
	utm_campaign: texts(ORIGINS.map(({ utmCampaign }) => utmCampaign)),
	utm_content: texts(ORIGINS.map(({ utmContent }) => utmContent)),
	utm_term: texts(ORIGINS.map(({ utmTerm }) => utmTerm)),
	country: texts(['FR', ...CLIENTS.map(({ country }) => country)]),
	device: texts(CLIENTS.map(({ device }) => device)),
	browser: texts(CLIENTS.map(({ browser }) => browser)),
	os: texts(CLIENTS.map(({ os }) => os)),
	hostname: texts(CLIENTS.map(({ hostname }) => hostname)),
	entry_page: PAGES,
	exit_page: PAGES
};

const PATTERNS = ['^$', '.', '^[A-Z]', 'e$', '[0-9]', 'a.*e', '^(/blog|/about)', "['=;]"];
const escaped = (value: string): string => value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A piece of a value, at least one character long, in one case or the other. */
const pieceOf = (value: string): fc.Arbitrary<string> =>
	value === ''
		? fc.constant('o')
		: fc
				.record({ from: fc.nat(value.length - 1), length: fc.integer({ min: 1, max: 6 }) })
				.chain(({ from, length }) => {
					const piece = value.slice(from, from + length);
					return fc.constantFrom(piece, piece.toLowerCase(), piece.toUpperCase());
				});

function valueFor(dimension: DimensionId, operator: Filter['operator']): fc.Arbitrary<string> {
	const value = fc.constantFrom(...VALUES[dimension]);
	// A post is named by its number alone.
	if (dimension === 'post') return value;
	switch (operator) {
		case 'is':
		case 'is_not':
			return value;
		case 'contains':
		case 'contains_not':
			return value.chain(pieceOf);
		case 'matches':
			return fc.oneof(
				fc.constantFrom(...PATTERNS),
				value.map((text) => `^${escaped(text)}$`)
			);
	}
}

const filterOn = (
	dimensions: readonly DimensionId[],
	operators: readonly Filter['operator'][]
): fc.Arbitrary<Filter> =>
	fc
		.record({ dimension: fc.constantFrom(...dimensions), operator: fc.constantFrom(...operators) })
		.chain(({ dimension, operator }) =>
			fc.record({
				dimension: fc.constant(dimension),
				operator: fc.constant(operator),
				values: fc.array(valueFor(dimension, operator), { minLength: 1, maxLength: 3 })
			})
		);

const anyFilter = filterOn(ALL_DIMENSIONS, ['is', 'is_not', 'contains', 'contains_not', 'matches']);

/** Lists of filters: half of the time what a screen would send. */
export const filtersArbitrary: fc.Arbitrary<readonly Filter[]> = fc.oneof(
	{ weight: 4, arbitrary: fc.constant([]) },
	{ weight: 4, arbitrary: fc.tuple(filterOn(COMMON, ['is', 'is', 'is_not'])) },
	{ weight: 4, arbitrary: fc.tuple(anyFilter) },
	{ weight: 3, arbitrary: fc.array(anyFilter, { minLength: 2, maxLength: 3, size: 'max' }) }
);

const two = (keys: readonly Key[]): fc.Arbitrary<readonly Key[]> =>
	fc.uniqueArray(fc.constantFrom(...keys), { minLength: 2, maxLength: 2, size: 'max' });

const one = (keys: readonly Key[]): fc.Arbitrary<readonly Key[]> =>
	fc.constantFrom(...keys).map((key) => [key]);

const groups: fc.Arbitrary<readonly Key[]> = fc.oneof(
	{ weight: 4, arbitrary: fc.constant<readonly Key[]>([]) },
	{ weight: 3, arbitrary: one(['date']) },
	{ weight: 5, arbitrary: one(COMMON) },
	{ weight: 4, arbitrary: one(ALL_DIMENSIONS) },
	{ weight: 3, arbitrary: fc.constantFrom(...COMMON).map((key): readonly Key[] => ['date', key]) },
	{ weight: 3, arbitrary: two([...ALL_DIMENSIONS, 'date']) }
);

const rangeShape = fc.oneof(
	{ weight: 6, arbitrary: fc.constant({ kind: 'asked' } as const) },
	{
		weight: 4,
		arbitrary: fc.record({
			kind: fc.constant('days' as const),
			start: fc.integer({ min: -40, max: 3 }),
			days: fc.constantFrom(0, 0, 1, 6, 45, 100)
		})
	},
	{
		weight: 1,
		arbitrary: fc.record({ kind: fc.constant('rolling' as const), hours: fc.constantFrom(1, 24) })
	}
);
type RangeShape = typeof rangeShape extends fc.Arbitrary<infer T> ? T : never;

function rangeOf(shape: RangeShape, { range, events }: Question): DateRange {
	switch (shape.kind) {
		case 'asked':
			return range;
		case 'days': {
			const from = addDays(range.from, shape.start);
			return { from, to: addDays(from, shape.days) };
		}
		case 'rolling': {
			// Ends with an event, which is then left out.
			const until = events.at(-1)?.ts ?? 0;
			return {
				from: addDays(range.from, -60),
				to: addDays(range.to, 60),
				since: until - shape.hours * 3_600_000,
				until
			};
		}
	}
}

/** What to ask of a site, once the site is known. */
export type MetricAsk = (of: Question) => MetricQuestion;

export const metricAskArbitrary: fc.Arbitrary<MetricAsk> = groups.chain((by) => {
	const askable = ORACLE_METRICS.filter((metric) => kindOf(metric, by) !== null);
	const metrics =
		askable.length === 0
			? fc.constant<readonly string[]>([])
			: fc.oneof(
					{ weight: 3, arbitrary: fc.constant(askable) },
					{ weight: 2, arbitrary: fc.subarray(askable, { minLength: 1 }) },
					{ weight: 2, arbitrary: fc.tuple(fc.constantFrom(...askable)) }
				);
	return fc
		.record({
			metrics,
			interval: fc.constantFrom('hour', 'day', 'day', 'week', 'month'),
			filters: filtersArbitrary,
			range: rangeShape,
			postsOnly: fc.constantFrom(false, false, false, true)
		})
		.map(({ range, ...shape }): MetricAsk => (of) => ({ ...shape, by, range: rangeOf(range, of) }));
});
