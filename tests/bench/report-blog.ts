import { addDays, startOfDay } from '../../analytics/time/local.ts';
import type { PostInput } from '../../analytics/posts/post.ts';

/** The site whose reports are measured. */
export const BLOG = 'bench.example';
/** A site with one busy day and nothing else. */
export const BUSY = 'busy.example';
export const ZONE = 'Etc/UTC';
export const FIRST_DAY = '2025-07-01';
/** The busy site's day, before the history, so that no report's rows lie among its own. */
export const BUSY_DAY = '2025-06-30';
export const LAST_DAY = '2026-06-30';
/** The end of the history: what reports take for the present. */
export const NOW = startOfDay(ZONE, addDays(LAST_DAY, 1)) - 1;
export const TOPIC = 'topic-1';

const POSTS = 300;
const TOPICS = 15;
const AUTHORS = 8;
const FIRST_POST_DAY = '2025-01-01';
const PUBLISHING_DAYS = 542;
const HOUR_MS = 3_600_000;

/** Posts published through eighteen months, the last twelve of which are the history. */
export const POST_INPUTS: readonly PostInput[] = Array.from({ length: POSTS }, (_, index) => {
	const day = addDays(FIRST_POST_DAY, Math.floor((index * PUBLISHING_DAYS) / (POSTS - 1)));
	return {
		path: `/posts/${index + 1}`,
		formerPaths: [],
		title: `Post ${index + 1}`,
		authors: [
			`Author ${index % AUTHORS}`,
			...(index % 6 === 0 ? [`Author ${(index + 3) % AUTHORS}`] : [])
		],
		topics: Array.from(
			{ length: 1 + (index % 3) },
			(_, n) => `topic-${(index * 7 + n * 4) % TOPICS}`
		),
		publishedAt: startOfDay(ZONE, day) + (6 + (index % 12)) * HOUR_MS,
		wordCount: index % 25 === 0 ? null : 400 + ((index * 137) % 2_600),
		commentCount: null
	};
});

/** Pages that are no post, with their share of all page views. */
export const OTHER_PAGES: readonly (readonly [path: string, share: number])[] = [
	['/', 0.08],
	['/about', 0.015],
	['/newsletter', 0.015],
	['/archive', 0.01],
	...Array.from({ length: TOPICS }, (_, index) => [`/topics/topic-${index}`, 0.002] as const)
];

interface Source {
	readonly share: number;
	readonly source: string;
	readonly channel: string;
	readonly referrer?: string;
	readonly medium?: string;
	readonly campaign?: string;
}

const REFERRING_BLOGS = 600;

/** Where visits come from; shares need not add up to anything. */
export const SOURCES: readonly Source[] = [
	{ share: 30, source: 'Direct', channel: 'Direct' },
	{ share: 29, source: 'Google', channel: 'Organic Search', referrer: 'google.com/' },
	{ share: 3, source: 'Bing', channel: 'Organic Search', referrer: 'bing.com/' },
	{ share: 2.5, source: 'DuckDuckGo', channel: 'Organic Search', referrer: 'duckduckgo.com/' },
	{
		share: 3,
		source: 'Hacker News',
		channel: 'Organic Social',
		referrer: 'news.ycombinator.com/item'
	},
	{ share: 4, source: 'Reddit', channel: 'Organic Social', referrer: 'reddit.com/r/programming' },
	{ share: 2, source: 'LinkedIn', channel: 'Organic Social', referrer: 'linkedin.com/feed' },
	{ share: 1.5, source: 'Mastodon', channel: 'Organic Social', referrer: 'mastodon.social/' },
	{ share: 2.5, source: 'ChatGPT', channel: 'AI assistants', referrer: 'chatgpt.com/' },
	{ share: 0.7, source: 'Perplexity', channel: 'AI assistants', referrer: 'perplexity.ai/' },
	{ share: 1.5, source: 'Feedly', channel: 'Feed readers', referrer: 'feedly.com/' },
	...Array.from({ length: 52 }, (_, week) => ({
		share: 0.15,
		source: 'newsletter',
		channel: 'Email',
		medium: 'email',
		campaign: `issue-${week + 1}`
	})),
	{
		share: 2,
		source: 'Google',
		channel: 'Paid Search',
		referrer: 'google.com/',
		medium: 'cpc',
		campaign: 'brand'
	},
	...Array.from({ length: REFERRING_BLOGS }, (_, index) => ({
		share: 2.2 / (index + 1),
		source: `blog-${index + 1}.example`,
		channel: 'Referral',
		referrer: `blog-${index + 1}.example/links/${index % 7}`
	}))
];

/** Visitors by country, in percent or thereabouts; the rest share what is left. */
export const COUNTRIES: readonly (readonly [country: string | null, share: number])[] = [
	['US', 31],
	['DE', 12],
	['GB', 8],
	['IN', 8],
	['CA', 4],
	['FR', 4],
	['NL', 3],
	['BR', 2.5],
	['AU', 2.5],
	['PL', 2],
	['ES', 2],
	['IT', 2],
	['SE', 1.5],
	['CH', 1.5],
	['AT', 1.2],
	['JP', 1.2],
	[null, 1],
	...[...'ABCDEFGHIJKLMNOPQRST'].flatMap((first) =>
		[...'KORZ'].map((second) => [`${first}${second}`, 0.15] as const)
	)
];

interface Agent {
	readonly share: number;
	readonly device: string;
	readonly browser: string;
	readonly os: string;
}

const agent = (share: number, device: string, browser: string, os: string): Agent => ({
	share,
	device,
	browser,
	os
});

export const AGENTS: readonly Agent[] = [
	agent(24, 'desktop', 'Chrome', 'Windows'),
	agent(9, 'desktop', 'Chrome', 'macOS'),
	agent(4, 'desktop', 'Chrome', 'Linux'),
	agent(5, 'desktop', 'Safari', 'macOS'),
	agent(5, 'desktop', 'Edge', 'Windows'),
	agent(3, 'desktop', 'Firefox', 'Windows'),
	agent(3, 'desktop', 'Firefox', 'Linux'),
	agent(1, 'desktop', 'Firefox', 'macOS'),
	agent(22, 'mobile', 'Chrome', 'Android'),
	agent(17, 'mobile', 'Safari', 'iOS'),
	agent(2, 'mobile', 'Samsung Internet', 'Android'),
	agent(1, 'mobile', 'Firefox', 'Android'),
	agent(1, 'mobile', 'Chrome', 'iOS'),
	agent(2, 'tablet', 'Safari', 'iOS'),
	agent(1, 'tablet', 'Chrome', 'Android')
];

/** Gives each item as many of `count` places as its share asks for, so that a random place draws it so often. */
export function placesOf<T extends { readonly share: number }>(
	items: readonly T[],
	count: number
): readonly (T & { readonly place: number })[] {
	const total = items.reduce((sum, { share }) => sum + share, 0);
	let before = 0;
	return items.flatMap((item) => {
		const first = Math.round((before / total) * count);
		before += item.share;
		const end = Math.round((before / total) * count);
		return Array.from({ length: end - first }, (_, index) => ({ ...item, place: first + index }));
	});
}
