import type { Plugin } from 'vite';
import { METRICS } from '#analytics';

const REGISTRY = /\/analytics\/metrics\.ts$/;
/** What only the engine reads of a metric. */
const ENGINE_ONLY = ['sql', 'facts', 'additive', 'empty', 'per', 'from'];

/** Gives browsers the registry of metrics without its SQL, which would be a thirtieth of what a screen loads. */
export function browserMetrics(): Plugin {
	const shown = JSON.stringify(METRICS, (key, value: unknown) =>
		ENGINE_ONLY.includes(key) ? undefined : value
	);
	return {
		name: 'byline-browser-metrics',
		apply: 'build',
		applyToEnvironment: ({ name }) => name === 'client',
		load: (id) => (REGISTRY.test(id) ? `export const METRICS = ${shown};` : null)
	};
}
