import type { Plugin } from 'vite';
import { DIMENSIONS, METRICS, type Metric } from '#analytics';
import { REPORTS } from '#analytics/server';

const METRICS_FILE = /\/analytics\/metrics\.ts$/;
const DIMENSIONS_FILE = /\/analytics\/dimensions\.ts$/;
/** What only the engine reads of a metric. */
const ENGINE_ONLY = ['sql', 'facts', 'additive', 'empty', 'per', 'from'];

/** What no report has is a part of others: it has a label beside a figure, and is explained nowhere. */
const EXPLAINED: ReadonlySet<string> = new Set(
	Object.values(REPORTS).flatMap(({ metrics }) => metrics)
);

/** Gives browsers the registries of metrics and dimensions without what they never show: a twentieth of what a screen loads. */
export function browserRegistries(): Plugin {
	const metrics = metricsModule();
	const dimensions = dimensionsModule();
	return {
		name: 'byline-browser-registries',
		apply: 'build',
		applyToEnvironment: ({ name }) => name === 'client',
		load: (id) => (METRICS_FILE.test(id) ? metrics : DIMENSIONS_FILE.test(id) ? dimensions : null)
	};
}

const partsOf = (metric: Metric): readonly string[] =>
	metric.kind === 'ratio' ? [metric.numerator, metric.denominator] : [];

/** Some are for the Stats API alone. */
const SHOWN: ReadonlySet<string> = new Set(
	Object.entries<Metric>(METRICS).flatMap(([id, metric]) =>
		EXPLAINED.has(id) ? [id, ...partsOf(metric)] : []
	)
);

function metricsModule(): string {
	const known = Object.entries<Metric>(METRICS)
		.filter(([id]) => SHOWN.has(id))
		.map(([id, metric]) => [
			id,
			{ ...metric, definition: EXPLAINED.has(id) ? metric.definition : '' }
		]);
	const shown = JSON.stringify(Object.fromEntries(known), (key, value: unknown) =>
		ENGINE_ONLY.includes(key) ? undefined : value
	);
	return `export const METRICS = ${shown};`;
}

/** What a column says of its dimension comes with the report: here they are choices. */
function dimensionsModule(): string {
	const shown = Object.entries(DIMENSIONS).map(([id, { label }]) => [id, { label }]);
	return `export const DIMENSIONS = ${JSON.stringify(Object.fromEntries(shown))};
export const isDimensionId = (text) => Object.hasOwn(DIMENSIONS, text);`;
}
