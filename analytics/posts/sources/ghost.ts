import { z } from 'zod';
import { addressOrNone, namesOrNone, textOrNone, type SourcePage } from './candidate.ts';
import { countWords, htmlToText } from './markup.ts';
import { parseDate } from './parse-date.ts';

const text = z.string().nullish().catch(null);
const named = z.object({ name: z.string(), visibility: text });
const answer = z.object({
	posts: z.array(
		z.object({
			uuid: text,
			url: text,
			title: text,
			html: text,
			published_at: text,
			authors: z.array(named).nullish().catch(null),
			tags: z.array(named).nullish().catch(null)
		})
	),
	meta: z
		.object({ pagination: z.object({ next: z.number().nullable() }) })
		.nullish()
		.catch(null)
});

/** The address of one page of a Ghost blog's posts. */
export function ghostPage(blog: string, key: string, page: number): string {
	const root = blog.replace(/\/+$/, '').replace(/\/ghost(\/.*)?$/, '');
	const query = new URLSearchParams({
		key,
		include: 'authors,tags',
		formats: 'html',
		limit: '50',
		page: String(page)
	});
	return `${root}/ghost/api/content/posts/?${query.toString()}`;
}

/** Reads posts of Ghost's Content API, whose next page is a number; null where the value is none. */
export function parseGhost(json: unknown, url: string, zone: string): SourcePage | null {
	const parsed = answer.safeParse(json);
	if (!parsed.success) return null;
	const candidates = parsed.data.posts.flatMap((post) => {
		const address = addressOrNone(post.url, url);
		if (address === undefined) return [];
		// Tags that begin with # order a blog's inside and are shown to nobody.
		const tags = (post.tags ?? []).filter(({ visibility }) => visibility !== 'internal');
		return [
			{
				url: address,
				guid: textOrNone(post.uuid),
				title: textOrNone(post.title),
				authors: namesOrNone((post.authors ?? []).map(({ name }) => name)),
				topics: namesOrNone(tags.map(({ name }) => name)),
				publishedAt: parseDate(post.published_at ?? '', zone) ?? undefined,
				wordCount: countWords(htmlToText(post.html ?? '')) || undefined
			}
		];
	});
	const next = parsed.data.meta?.pagination.next ?? null;
	return { candidates, next: next === null ? undefined : String(next) };
}
