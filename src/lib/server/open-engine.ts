import type { Engine } from '#analytics/server';

// The server and SvelteKit's build are separate module graphs of one process: this is the one place both reach.
const shared: { [key: symbol]: Engine | undefined } = globalThis;
const ENGINE = Symbol.for('byline.engine');
const READ_ONLY = Symbol.for('byline.read-only');

/** The one open engine: what settings start and change has many parts of it. It knows no viewer. */
export function engine(): Engine {
	const open = shared[ENGINE];
	if (open === undefined) throw new Error('The engine is not open.');
	return open;
}

/** Whether the dashboard is only to be looked at, by anybody: what people save is refused. */
export function isReadOnly(): boolean {
	return shared[READ_ONLY] !== undefined;
}

/** Hands the open engine to every module graph of the process. */
export function setEngine(open: Engine, { readOnly = false } = {}): void {
	shared[ENGINE] = open;
	shared[READ_ONLY] = readOnly ? open : undefined;
}
