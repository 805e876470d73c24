import type { Site } from '#analytics';
import type { Act } from '#analytics/server';
import { engine } from '#lib/server/open-engine.ts';
import { viewer } from './viewer.ts';

interface What {
	readonly site?: Site | null;
	/** Who did it, by id, where it is not whoever asks. */
	readonly actor?: string | null;
	readonly detail?: Readonly<Record<string, string>>;
}

/** Writes down what was done. */
export function record(act: Act, { site = null, actor, detail = {} }: What = {}): void {
	engine().accounts.audit.record({
		at: Date.now(),
		actor: actor === undefined ? (viewer().person?.id ?? null) : actor,
		site: site?.id ?? null,
		act,
		detail
	});
}
