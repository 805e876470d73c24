import { cleanText } from '../../events/wire.ts';
import type { PostFieldValues } from '../../stores/post-fields.ts';
import { parseDate } from '../sources/parse-date.ts';

/** Fields of a post that a person may set, as they are called on the command line and in forms. */
export const EDITS = {
	title: { field: 'title', label: 'Title' },
	authors: { field: 'authors', label: 'Authors' },
	topics: { field: 'topics', label: 'Topics' },
	published: { field: 'publishedAt', label: 'Published' },
	words: { field: 'wordCount', label: 'Words' }
} as const satisfies Readonly<
	Record<string, { readonly field: keyof PostFieldValues; readonly label: string }>
>;

export type EditName = keyof typeof EDITS;

/** What a person wrote, field by field; what is missing stays. */
export type PostEdit = Readonly<Partial<Record<EditName, string>>>;

/** The values of an edit, or what is wrong with each field. */
export type ParsedEdit =
	| { readonly ok: true; readonly values: Partial<PostFieldValues> }
	| { readonly ok: false; readonly errors: Readonly<Partial<Record<EditName, string>>> };

const MOST_NAMES = 50;
const LATEST = Date.UTC(2100, 0);

/** Reads what a person wrote: several names separated by `;`, times without a zone in the site's. */
export function parsePostEdit(edit: PostEdit, zone: string): ParsedEdit {
	const errors: Partial<Record<EditName, string>> = {};
	const values: { -readonly [field in keyof PostFieldValues]?: PostFieldValues[field] } = {};
	if (edit.title !== undefined) {
		values.title = cleanText(edit.title.replace(/\s+/g, ' '), 1_000);
		if (values.title === '') errors.title = 'A post needs a title.';
	}
	for (const name of ['authors', 'topics'] as const) {
		const given = edit[name];
		if (given === undefined) continue;
		const names = namesOf(given);
		values[name] = names;
		if (names.length > MOST_NAMES) errors[name] = `A post has at most ${MOST_NAMES} ${name}.`;
	}
	if (edit.published !== undefined) {
		const text = edit.published.trim();
		const at = text === '' ? null : parseDate(text, zone);
		values.publishedAt = at;
		if (text !== '' && (at === null || at > LATEST))
			errors.published = `"${text}" is no date; write it as 2026-01-31 or 2026-01-31 09:30.`;
	}
	if (edit.words !== undefined) {
		const text = edit.words.trim();
		values.wordCount = text === '' ? null : Number(text);
		if (!/^\d{0,7}$/.test(text)) errors.words = `"${text}" is no whole number of at most 7 digits.`;
	}
	return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, values };
}

/** A topic or author as a person wrote it. */
export function nameOf(text: string): string {
	return cleanText(text.replace(/\s+/g, ' '), 200);
}

function namesOf(text: string): readonly string[] {
	return [...new Set(text.split(';').map(nameOf))].filter((name) => name !== '');
}
