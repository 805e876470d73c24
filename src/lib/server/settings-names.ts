import type { Site } from '#analytics';
import {
	CONTENT_PARAMS_GRAMMAR,
	nameOf,
	namesOf,
	parseContentParams,
	siteRules,
	type SiteRules
} from '#analytics/server';
import { engine } from '#lib/server/engine.ts';
import { changeViews } from '#lib/server/identity-words.ts';
import { textOf, WrongField } from '#lib/server/settings-change.ts';

/** Names that a table shows; a search finds the others. */
const LISTED = 100;
const KINDS = ['topic', 'author'] as const;
export type NameKind = (typeof KINDS)[number];

/** Topics, authors and the rules of a site, as their screen shows them. */
export function namesView(site: Site, search: string) {
	const { identity } = engine();
	const resolved = identity.resolved(site);
	return {
		search,
		rules: identity.rules(site),
		lists: KINDS.map((kind) => {
			const all = namesOf(resolved, kind);
			const found = all.filter(({ name, said }) =>
				[name, ...said].some((text) => text.toLowerCase().includes(search.toLowerCase()))
			);
			return {
				kind,
				count: all.length,
				found: found.length,
				names: found.slice(0, LISTED),
				suggestions: all.map(({ name }) => name).slice(0, 1_000)
			};
		}),
		changes: changeViews(site, () => true)
	};
}

/** Shows a topic or an author under another name. @throws WrongField, Failure `bad_argument` */
export async function rename(site: Site, form: FormData): Promise<string> {
	const kind = kindOf(textOf(form.get('kind')));
	const from = textOf(form.get('from'));
	const to = nameOf(textOf(form.get('to')));
	if (to === '') throw new WrongField('to', 'A new name is needed.');
	if (from === to) throw new WrongField('to', `The ${kind} is called “${from}” already.`);
	await engine().identity.renameName(site, kind, from, to);
	return to;
}

/** Keeps the rules of a site. @throws WrongField */
export async function saveRules(site: Site, form: FormData): Promise<void> {
	const given = Object.fromEntries(
		Object.keys(siteRules.shape).map((name) => [name, textOf(form.get(name))])
	);
	const params = parseContentParams(given['params'] ?? '');
	if (params === null) throw new WrongField('params', `These are ${CONTENT_PARAMS_GRAMMAR}.`);
	const parsed = siteRules.safeParse({ ...given, params });
	if (!parsed.success) {
		const field = String(parsed.error.issues[0]?.path[0] ?? '');
		throw new WrongField(field, `"${given[field] ?? ''}" is no rule.`);
	}
	const rules: SiteRules = parsed.data;
	await engine().identity.setRules(site, rules);
}

function kindOf(given: string): NameKind {
	const kind = KINDS.find((known) => known === given);
	if (kind === undefined) throw new WrongField('', `"${given}" is neither topic nor author.`);
	return kind;
}
