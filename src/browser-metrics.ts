import type { Plugin } from 'vite';
import { METRICS } from '#analytics';
import { REPORTS } from '#analytics/server';

const REGISTRY = /\/analytics\/metrics\.ts$/;
/** What only the engine reads of a metric. */
const ENGINE_ONLY = ['sql', 'facts', 'additive', 'empty', 'per', 'from'];

/** What no report has is a part of others: it has a label beside a figure, and is explained nowhere. */
const EXPLAINED: ReadonlySet<string> = new Set(
	Object.values(REPORTS).flatMap(({ metrics }) => metrics)
);

/** Gives browsers the registry of metrics without what they never show: a thirtieth of what a screen loads. */
export function browserMetrics(): Plugin {
	const known = Object.entries(METRICS).map(([id, metric]) => [
		id,
		{ ...metric, definition: EXPLAINED.has(id) ? metric.definition : '' }
	]);
	const shown = JSON.stringify(Object.fromEntries(known), (key, value: unknown) =>
		ENGINE_ONLY.includes(key) ? undefined : value
	);
	return {
		name: 'byline-browser-metrics',
		apply: 'build',
		applyToEnvironment: ({ name }) => name === 'client',
		load: (id) => (REGISTRY.test(id) ? `export const METRICS = ${shown};` : null)
	};
}
