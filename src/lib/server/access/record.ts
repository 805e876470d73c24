import type { Site } from '#analytics';
import type { Act } from '#analytics/server';
import { engine, isReadOnly } from '#lib/server/open-engine.ts';
import { viewer, type Viewer } from './viewer.ts';

interface What {
	readonly site?: Site | null;
	/** Who did it, by id, where it is not whoever asks. */
	readonly actor?: string | null;
	readonly detail?: Readonly<Record<string, string>>;
}

/** Writes down what was done; where the dashboard is only looked at, nobody does anything. */
export function record(act: Act, { site = null, actor, detail = {} }: What = {}): void {
	if (isReadOnly()) return;
	const who = actor === undefined ? whoAsks(viewer()) : { actor, bearer: {} };
	engine().accounts.audit.record({
		at: Date.now(),
		actor: who.actor,
		site: site?.id ?? null,
		act,
		detail: { ...detail, ...who.bearer }
	});
}

/** The person, or the key or link of whoever has no account. */
function whoAsks({ person, key, guest }: Viewer): {
	readonly actor: string | null;
	readonly bearer: Readonly<Record<string, string>>;
} {
	const actor = person?.id ?? null;
	if (key !== undefined) return { actor, bearer: { key: key.name, prefix: key.prefix } };
	if (guest === undefined) return { actor, bearer: {} };
	const { name: link, prefix } = guest.link;
	return { actor, bearer: { link, prefix } };
}
