import type { PostInput } from '../posts/post.ts';
import { addDays, localDay, startOfDay } from '../time/local.ts';
import { DEMO_ZONE, postPath } from './blog.ts';
import { composeBody, wordsIn, type Block } from './body.ts';
import { EVERGREEN, OUTLINES, type PostOutline } from './content/posts.ts';
import { hashText, randomFrom } from './random.ts';

/** A post's opening and body. */
export interface DemoPost {
	readonly outline: PostOutline;
	readonly blocks: readonly Block[];
	readonly words: number;
}

const HOUR = 3_600_000;
const MINUTE = 60_000;
/** 25 August 2017, 9.42 in the morning in London. */
const EVERGREEN_PUBLISHED = Date.UTC(2017, 7, 25, 8, 42);
const GAP_SEED = 8;

const outlines: ReadonlyMap<string, PostOutline> = new Map(
	[EVERGREEN, ...OUTLINES].map((outline) => [postPath(outline.slug), outline])
);
const composed = new Map<string, DemoPost>();

/** The post at a canonical path, or null. */
export function demoPost(path: string): DemoPost | null {
	const known = composed.get(path);
	if (known !== undefined) return known;
	const outline = outlines.get(path);
	if (outline === undefined) return null;
	const blocks = composeBody(outline);
	const post: DemoPost = { outline, blocks, words: wordsIn(blocks) };
	composed.set(path, post);
	return post;
}

/**
 * The sample blog's posts as of `now` (epoch milliseconds), newest first: one from 2017, the others published on
 * weekday mornings of the last 18 months, the newest one to three days ago.
 */
export function catalogue(now: number): readonly PostInput[] {
	const days = publicationDays(now);
	const recent = OUTLINES.map((outline, i) => {
		const day = days[i];
		if (day === undefined) throw new RangeError('Fewer days than posts.');
		return input(outline, publicationTime(outline, day));
	});
	return [input(EVERGREEN, EVERGREEN_PUBLISHED), ...recent].reverse();
}

function input(outline: PostOutline, publishedAt: number): PostInput {
	const path = postPath(outline.slug);
	return {
		path,
		formerPaths: [],
		title: outline.title,
		authors: outline.authors,
		topics: outline.topics,
		publishedAt,
		wordCount: demoPost(path)?.words ?? null,
		commentCount: outline.comments
	};
}

/** Oldest first. Gaps are 2 to 14 days. */
function publicationDays(now: number): readonly string[] {
	const random = randomFrom(GAP_SEED);
	let day = newestDay(now);
	const days = [day];
	while (days.length < OUTLINES.length) {
		const gap = Math.round(2.5 + 11 * random() ** 0.75);
		day = addDays(day, -toWeekday(addDays(day, -gap), gap));
		days.push(day);
	}
	return days.reverse();
}

/** The last weekday whose morning is past and that leaves the post at most three days old or so. */
function newestDay(now: number): string {
	const yesterday = localDay(DEMO_ZONE, now - 27 * HOUR);
	switch (weekdayOf(yesterday)) {
		case 6:
			return addDays(yesterday, -1);
		case 0: {
			const monday = addDays(yesterday, 1);
			return now - startOfDay(DEMO_ZONE, monday) > 11 * HOUR ? monday : addDays(yesterday, -2);
		}
		default:
			return yesterday;
	}
}

const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();

/** The gap, moved so that the day is no Saturday or Sunday. */
function toWeekday(day: string, gap: number): number {
	const weekday = weekdayOf(day);
	if (weekday === 6) return gap < 14 ? gap + 1 : gap - 2;
	if (weekday === 0) return gap > 2 ? gap - 1 : gap + 2;
	return gap;
}

function publicationTime(outline: PostOutline, day: string): number {
	const minutes = 7 * 60 + 30 + (hashText(outline.slug) % 195);
	return startOfDay(DEMO_ZONE, day) + minutes * MINUTE;
}
