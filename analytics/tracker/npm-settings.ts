import type * as tag from './settings.ts';
import type { TrackerOptions } from './tracker-options.ts';

// The build of the package puts this file in the place of `settings.ts`, so nothing names it for these two.

/** @public */
export const settings: typeof tag.settings = {};

/** @public */
export let endpoint: typeof tag.endpoint = '';

/** Before the tracker starts: it reads its settings once. */
export function configure({ api, domain, dnt = false, rules = 'on' }: TrackerOptions): void {
	endpoint = api;
	settings.rules = rules;
	if (domain !== undefined) settings.domain = domain;
	if (dnt) settings.dnt = '';
}
