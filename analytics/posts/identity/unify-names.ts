import { holds, type IdentityChange, type NameChange } from './identity-change.ts';

/** The name that is shown for each name that sources give. */
export type ShownNames = ReadonlyMap<string, string>;

/** What topics that differ in case and spaces only have in common. */
function foldName(name: string): string {
	return name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

/**
 * Which name stands for which: where names fold, the spelling most posts use (of equally many the first by code point),
 * then every renaming in the order in which they were made. A spelling that a person chose stands before any other.
 */
export function unifyNames(
	kind: NameChange['kind'],
	lists: readonly (readonly string[])[],
	rule: 'keep' | 'fold',
	changes: readonly IdentityChange[]
): ShownNames {
	const keyOf = rule === 'fold' ? foldName : (name: string) => name;
	const uses = new Map<string, number>();
	for (const list of lists)
		for (const name of new Set(list)) uses.set(name, (uses.get(name) ?? 0) + 1);
	const best = new Map<string, string>();
	const ranked = [...uses].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
	for (const [name] of ranked) if (!best.has(keyOf(name))) best.set(keyOf(name), name);
	const shown = new Map([...uses.keys()].map((name) => [name, best.get(keyOf(name)) ?? name]));
	for (const change of changes) {
		if (change.kind !== kind || !holds(change)) continue;
		const from = keyOf(change.from);
		const to = keyOf(change.to);
		for (const [name, now] of shown)
			if (keyOf(now) === from || keyOf(now) === to) shown.set(name, change.to);
	}
	return shown;
}

export function shownNames(names: readonly string[], shown: ShownNames): readonly string[] {
	return [...new Set(names.map((name) => shown.get(name) ?? name))];
}
