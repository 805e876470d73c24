import { viewer } from '#lib/server/access/viewer.ts';
import { error } from '@sveltejs/kit';
import type { Site } from '#analytics';
import { EDITS, keysOf, parsePostEdit, type EditName } from '#analytics/server';
import { engine } from '#lib/server/engine.ts';
import { changeViews } from '#lib/server/identity-words.ts';
import { textOf, WrongField } from '#lib/server/settings-change.ts';

/** Posts that a form offers to choose from. */
const OFFERED = 1_000;

/** The post that a merged one is shown as, or null where there is none. */
export function mergedInto(site: Site, id: number): number | null {
	const found = engine()
		.identity.resolved(site)
		.posts.find(({ members }) => members.some((member) => member.id === id));
	if (found === undefined) return null;
	// Whoever does not see that post must not hear of it.
	const { authors = [], filters = [] } = viewer().accessTo(site)?.scope ?? {};
	const isSeen = authors === null || found.post.authors.some((name) => authors.includes(name));
	return isSeen && filters.length === 0 ? found.post.id : null;
}

function postOf(site: Site, given: string) {
	const id = /^\d{1,15}$/.test(given) ? Number(given) : -1;
	const found = engine()
		.identity.resolved(site)
		.posts.find(({ post }) => post.id === id);
	if (found === undefined) error(404, `There is no post "${given}" on ${site.domain}.`);
	return found;
}

/** A post as it can be edited, merged and split. */
export function postEditView(site: Site, given: string) {
	const { post, members } = postOf(site, given);
	const provenance = engine().registry.provenance(post);
	const own = new Set(members.map(({ path }) => path));
	const texts = textsOf(site, given);
	return {
		post: { id: post.id, title: post.title, path: post.path },
		fields: keysOf(EDITS).map((name) => ({
			name,
			label: EDITS[name].label,
			value: texts[name],
			isByHand: provenance[EDITS[name].field] === 'edit'
		})),
		formerPaths: post.formerPaths.map((path) => ({ path, isMerged: own.has(path) })),
		others: engine()
			.posts(site)
			.filter(({ id }) => id !== post.id)
			.slice(-OFFERED)
			.map(({ path, title }) => ({ path, title })),
		changes: changeViews(
			site,
			(change) =>
				'post' in change &&
				(members.some(({ id }) => id === change.post) ||
					members.some(({ id }) => id === change.other))
		)
	};
}

/** What the fields hold, as a person writes them. */
function textsOf(site: Site, given: string): Readonly<Record<EditName, string>> {
	const { post } = postOf(site, given);
	return {
		title: post.title === post.path ? '' : post.title,
		authors: post.authors.join('; '),
		topics: post.topics.join('; '),
		published: post.publishedAt === null ? '' : localText(post.publishedAt, site.zone),
		words: post.wordCount === null ? '' : String(post.wordCount)
	};
}

/** `2026-01-31 09:30` in the site's zone. */
function localText(at: number, zone: string): string {
	return new Intl.DateTimeFormat('sv-SE', {
		timeZone: zone,
		dateStyle: 'short',
		timeStyle: 'short'
	}).format(at);
}

/** Keeps what a person changed; what is as it was stays the sources'. @throws WrongField */
export async function savePost(site: Site, given: string, form: FormData): Promise<number> {
	const before = textsOf(site, given);
	const { post } = postOf(site, given);
	const edit = Object.fromEntries(
		keysOf(EDITS).flatMap((name) => {
			if (!form.has(name)) return [];
			const text = textOf(form.get(name));
			return text === before[name] ? [] : [[name, text] as const];
		})
	);
	const parsed = parsePostEdit(edit, site.zone);
	if (!parsed.ok) {
		const [[field, message] = ['', '']] = Object.entries(parsed.errors);
		throw new WrongField(field, message);
	}
	const count = Object.keys(edit).length;
	if (count > 0) await engine().identity.editPost(site, post.id, parsed.values);
	return count;
}

/** Takes an edit back. @throws WrongField */
export async function takeFieldBack(site: Site, given: string, form: FormData): Promise<void> {
	const field = textOf(form.get('field'));
	const name = keysOf(EDITS).find((known) => known === field);
	if (name === undefined) throw new WrongField('', `"${field}" is no field of a post.`);
	await engine().identity.takeBack(site, postOf(site, given).post.id, [EDITS[name].field]);
}

/** Shows another post as this one. @throws WrongField, Failure */
export async function mergeInto(site: Site, given: string, form: FormData): Promise<string> {
	const { post } = postOf(site, given);
	const named = textOf(form.get('other'));
	const other = engine()
		.posts(site)
		.find(({ id, path }) => path === named || String(id) === named);
	if (other === undefined) throw new WrongField('other', `There is no post "${named}".`);
	if (other.id === post.id) throw new WrongField('other', 'A post cannot be merged with itself.');
	await engine().identity.mergePosts(site, post.id, other.id);
	return other.path;
}

/** Makes a former path a post of its own. @throws Failure */
export async function splitFrom(site: Site, given: string, form: FormData): Promise<string> {
	const path = textOf(form.get('path'));
	await engine().identity.splitPost(site, postOf(site, given).post.id, path);
	return path;
}

/** Takes a decision back. @throws WrongField, Failure */
export async function undoChange(site: Site, form: FormData): Promise<void> {
	const id = textOf(form.get('change'));
	if (!/^\d{1,15}$/.test(id)) throw new WrongField('', `"${id}" is no number of a change.`);
	await engine().identity.undo(site, Number(id));
}
