import { z } from 'zod';
import { addressOrNone, namesOrNone, textOrNone, type SourcePage } from './candidate.ts';
import { countWords, htmlToText } from './markup.ts';
import { parseDate } from './parse-date.ts';

const text = z
	.union([z.string(), z.number().transform(String)])
	.nullish()
	.catch(null);
const person = z.object({ name: text }).nullish().catch(null);
const people = z.array(person).nullish().catch(null);
const item = z
	.object({
		id: text,
		url: z.string().nullish().catch(null),
		title: text,
		content_html: text,
		content_text: text,
		date_published: text,
		date_modified: text,
		tags: z.array(text).nullish().catch(null),
		author: person,
		authors: people
	})
	.nullish()
	.catch(null);
const feed = z.object({
	items: z.array(item),
	next_url: text,
	author: person,
	authors: people
});

/** Reads a JSON Feed, 1.0 or 1.1; null where the value is none. Entries and fields of a wrong shape are left out. */
export function parseJsonFeed(json: unknown, url: string, zone: string): SourcePage | null {
	const parsed = feed.safeParse(json);
	if (!parsed.success) return null;
	const { items, next_url: next, ...owner } = parsed.data;
	const candidates = items.flatMap((entry) => {
		const id = entry?.id ?? '';
		const address = addressOrNone(entry?.url ?? (/^https?:/i.test(id) ? id : null), url);
		if (!entry || address === undefined) return [];
		const dates = [entry.date_published, entry.date_modified];
		const content = entry.content_html ? htmlToText(entry.content_html) : entry.content_text;
		return [
			{
				url: address,
				guid: textOrNone(id),
				title: textOrNone(entry.title),
				authors: names(entry) ?? names(owner),
				topics: namesOrNone(entry.tags ?? []),
				publishedAt:
					dates.map((date) => parseDate(date ?? '', zone)).find((at) => at !== null) ?? undefined,
				wordCount: countWords(content ?? '') || undefined
			}
		];
	});
	return { candidates, next: addressOrNone(next, url) };
}

function names({
	author,
	authors
}: Pick<z.infer<typeof feed>, 'author' | 'authors'>): readonly string[] | undefined {
	return namesOrNone((authors ?? []).map((each) => each?.name)) ?? namesOrNone([author?.name]);
}
