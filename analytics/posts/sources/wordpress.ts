import { z } from 'zod';
import { addressOrNone, namesOrNone, textOrNone, type PostCandidate } from './candidate.ts';
import { countWords, htmlToText } from './markup.ts';
import { parseDate } from './parse-date.ts';

const rendered = z.object({ rendered: z.string() }).nullish().catch(null);
const post = z.object({
	link: z.string(),
	guid: rendered,
	date_gmt: z.string().nullish().catch(null),
	date: z.string().nullish().catch(null),
	title: rendered,
	content: rendered,
	status: z.string().nullish().catch(null),
	_embedded: z
		.object({
			author: z
				.array(z.object({ name: z.string().nullish().catch(null) }))
				.nullish()
				.catch(null),
			'wp:term': z
				.array(z.array(z.object({ name: z.string(), taxonomy: z.string().nullish() })))
				.nullish()
				.catch(null)
		})
		.nullish()
		.catch(null)
});

/** The address of one page of a WordPress blog's posts, with authors, categories and tags in it. */
export function wordPressPage(blog: string, page: number): string {
	const root = blog.replace(/\/+$/, '').replace(/\/wp-json(\/.*)?$/, '');
	return `${root}/wp-json/wp/v2/posts?per_page=50&_embed=author,wp:term&page=${page}`;
}

/** Reads posts of the WordPress REST API; null where the value is none. */
export function parseWordPress(
	json: unknown,
	url: string,
	zone: string
): readonly PostCandidate[] | null {
	if (!Array.isArray(json)) return null;
	return json.flatMap((entry: unknown) => {
		const parsed = post.safeParse(entry);
		const address = addressOrNone(parsed.data?.link, url);
		if (!parsed.success || address === undefined) return [];
		const { guid, date_gmt, date, title, content, _embedded: with_ } = parsed.data;
		if ((parsed.data.status ?? 'publish') !== 'publish') return [];
		const terms = with_?.['wp:term']?.flat() ?? [];
		const isTopic = (taxonomy = 'category'): boolean => /^(category|post_tag)$/.test(taxonomy);
		const at = date_gmt ? parseDate(`${date_gmt}Z`, 'UTC') : parseDate(date ?? '', zone);
		return [
			{
				url: address,
				guid: textOrNone(guid?.rendered),
				title: textOrNone(htmlToText(title?.rendered ?? '')),
				authors: namesOrNone(with_?.author?.map(({ name }) => htmlToText(name ?? '')) ?? []),
				topics: namesOrNone(
					terms
						.filter(({ taxonomy }) => isTopic(taxonomy ?? undefined))
						.map(({ name }) => htmlToText(name))
				),
				publishedAt: at ?? undefined,
				wordCount: countWords(htmlToText(content?.rendered ?? '')) || undefined
			}
		];
	});
}
