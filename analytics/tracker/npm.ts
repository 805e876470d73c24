import type { BylineFunction, Call } from './calls.ts';
import { configure } from './npm-settings.ts';
import type { TrackerOptions } from './tracker-options.ts';

export type { Call, CallDetails } from './calls.ts';
export type { TrackerOptions };

let isStarted = false;

/**
 * Starts the tracker: page views, reading, calls to action and forms are measured from here on. Further calls, and
 * those on a server, do nothing.
 */
export function init(options: TrackerOptions): void {
	if (isStarted || typeof window === 'undefined') return;
	isStarted = true;
	configure(options);
	// Part of the same file. Its code runs only now, for it asks the browser at once.
	void import('./byline.ts');
}

/**
 * Reports an event from code: `byline('subscribe', { form: 'newsletter' })`, `byline('comment')`, or a name of the
 * site's own. Calls before `init` are kept until then; those on a server do nothing.
 */
export function byline(...call: Call): void {
	if (typeof window === 'undefined') return;
	window.byline ??= queue();
	window.byline(...call);
}

function queue(): BylineFunction {
	const q: Call[] = [];
	return Object.assign((...call: Call) => void q.push(call), { q });
}
