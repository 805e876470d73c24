import type { Act } from '../accounts/audit.ts';
import type { Engine } from '../engine.ts';
import type { Site } from '../posts/site.ts';

/** Writes down what was done at the terminal; `site` is null where it was about none. */
export function recordDone(
	{ accounts }: Engine,
	act: Act,
	site: Site | null,
	detail: Readonly<Record<string, string>> = {}
): void {
	accounts.audit.record({
		at: Date.now(),
		actor: 'terminal',
		site: site?.id ?? null,
		act,
		detail
	});
}
