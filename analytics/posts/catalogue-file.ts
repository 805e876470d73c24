import { z } from 'zod';
import { Failure, messageOf } from '../failure.ts';
import { cleanText } from '../events/wire.ts';
import { startOfDay } from '../time/local.ts';
import { readCatalogueCsv } from './catalogue-csv.ts';
import { canonicalPath, DEFAULT_KEEP_PARAMS } from './canonical-path.ts';
import type { PostInput } from './post.ts';

const title = z.string().transform((text) => cleanText(text, 1_000));
const names = z
	.array(z.string())
	.transform((list) =>
		[...new Set(list.map((text) => cleanText(text, 200)))].filter((text) => text !== '')
	);
const pathKeeping = (keepParams: readonly string[]) =>
	z
		.string()
		.min(1)
		.refine((text) => text.startsWith('/') || /^https?:\/\//.test(text), {
			error: 'must begin with / or be an http or https address'
		})
		.transform((text) =>
			canonicalPath(text.startsWith('/') ? `https://blog.invalid${text}` : text, { keepParams })
		);
const count = z
	.number()
	.int()
	.min(0)
	.max(2 ** 31 - 1);

const entryIn = (zone: string, path: ReturnType<typeof pathKeeping>) =>
	z
		.object({
			path,
			title,
			author: z.string().nullish(),
			authors: names.nullish(),
			topics: names.nullish(),
			published_at: z
				.union([z.iso.datetime({ offset: true }), z.iso.datetime(), z.iso.date()])
				// A bare date is a day of the blog, not of Greenwich.
				.transform((text) => (text.length === 10 ? startOfDay(zone, text) : Date.parse(text)))
				.nullish(),
			word_count: count.nullish(),
			comment_count: count.nullish(),
			former_paths: z.array(path).nullish()
		})
		.transform((given): PostInput => ({
			path: given.path,
			formerPaths: given.former_paths ?? [],
			// Old posts have none; a path is better than nothing to click on.
			title: given.title === '' ? given.path : given.title,
			authors: given.authors ?? names.parse(given.author ? [given.author] : []),
			topics: given.topics ?? [],
			publishedAt: given.published_at ?? null,
			wordCount: given.word_count ?? null,
			commentCount: given.comment_count ?? null
		}));

/**
 * Reads a catalogue file: a JSON array of posts with `path`, `title`, `author` or `authors`, `published_at`, `topics`,
 * `word_count`, `comment_count`, `former_paths`, or CSV with columns of these names.
 * @throws Failure `bad_file` naming the first wrong post and field, or line.
 */
export async function parseCatalogueFile(
	name: string,
	bytes: Buffer,
	zone: string,
	/** Query parameters that are part of a path. */
	keepParams: readonly string[] = DEFAULT_KEEP_PARAMS
): Promise<readonly PostInput[]> {
	const text = bytes.toString('utf8').replace(/^\ufeff/, '');
	const isJson = /^\s*[[{]/.test(text) || text.trim() === '';
	const given = isJson
		? entriesOf(text).map((entry, index) => ({ where: `Post ${index + 1} of the file`, entry }))
		: (await readCatalogueCsv(name, bytes, zone)).map(({ line, entry }) => ({
				where: `${name}:${line}:`,
				entry
			}));
	const schema = entryIn(zone, pathKeeping(keepParams));
	const byPath = new Map<string, PostInput>();
	for (const { where, entry } of given) {
		const parsed = schema.safeParse(entry);
		if (!parsed.success) {
			const [issue] = parsed.error.issues;
			throw new Failure(
				'bad_file',
				`${where} is wrong at ${issue?.path.join('.') || 'its start'}: ${issue?.message ?? ''}.`
			);
		}
		byPath.set(parsed.data.path, parsed.data);
	}
	return [...byPath.values()];
}

function entriesOf(text: string): readonly unknown[] {
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch (thrown) {
		throw new Failure('bad_file', `The file is not valid JSON: ${messageOf(thrown)}`);
	}
	if (!Array.isArray(json))
		throw new Failure('bad_file', 'The file must hold a JSON array of posts.');
	return json;
}
