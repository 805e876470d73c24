import type { Event } from '../events/event.ts';
import type { PostInput } from '../posts/post.ts';
import { addDays, localDay, startOfDay } from '../time/local.ts';
import { openDayBook, type DayBook } from './history/day-book.ts';
import { demandFor, frontPageDemand, subjectOf, type DayPlace } from './history/demand.ts';
import { MANNERS, newsletterOrigin, type Origin, type OriginKind } from './history/origins.ts';
import { playVisit, shelve, type Shelf } from './history/visit.ts';
import { poisson, randomFrom, weighted, type Random } from './random.ts';

export interface HistoryOptions {
	/** End of the history, epoch milliseconds. */
	readonly now: number;
	readonly seed: number;
	readonly site: number;
	/** IANA zone of the site. */
	readonly zone: string;
	readonly posts: readonly PostInput[];
}

/** Local days, the running one not counted. */
export const HISTORY_DAYS = 548;

const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;

/**
 * The sample blog's last 18 months as enriched events, oldest first, about 400,000 of them; the same for the same
 * options. Nothing lies after `now`, and a few visitors are on the site just then.
 */
export function* demoHistory(options: HistoryOptions): Generator<Event> {
	const { now, seed, site, zone, posts } = options;
	const random = randomFrom(seed, site);
	const shelves = posts
		.map(subjectOf)
		.sort((a, b) => (a.post.publishedAt ?? 0) - (b.post.publishedAt ?? 0))
		.map(shelve);
	const nextId = idsOf(site);
	const today = localDay(zone, now);
	const first = addDays(today, -HISTORY_DAYS);
	for (let i = 0; i <= HISTORY_DAYS; i++) {
		const day = addDays(first, i);
		const start = startOfDay(zone, day);
		const end = Math.min(startOfDay(zone, addDays(day, 1)), now + 1);
		const book = openDayBook({ site, zone, day, start, end, nextId });
		playDay(random, book, shelves, placeOf(day, i / HISTORY_DAYS));
		if (day === today) playLastMinutes(random, book, shelves, now);
		yield* book.events();
	}
}

function playDay(random: Random, book: DayBook, shelves: readonly Shelf[], day: DayPlace): void {
	for (const { kind, visits } of frontPageDemand(day)) {
		const count = poisson(random, visits);
		for (let i = 0; i < count; i++)
			play(random, book, shelves, kind, null, momentOf(random, book.start, kind));
	}
	for (const shelf of shelves) {
		for (const { kind, visits } of demandFor(shelf.subject, day)) {
			const count = poisson(random, visits);
			for (let i = 0; i < count; i++) {
				const at = momentOf(random, book.start, kind);
				const out = shelf.subject.post.publishedAt ?? 0;
				play(random, book, shelves, kind, shelf, at < out ? soonAfter(random, out) : at);
			}
		}
	}
}

/** A handful of visits that begin in the last half hour. */
function playLastMinutes(
	random: Random,
	book: DayBook,
	shelves: readonly Shelf[],
	now: number
): void {
	const ages = [27, 21, 16, 12, 8, 4.5, 3, 1.8, 0.9];
	for (const [i, age] of ages.entries()) {
		const published = shelves.filter((shelf) => (shelf.subject.post.publishedAt ?? 0) < now);
		const newest = published.at(-1 - (i % 2 === 0 ? 0 : Math.floor(random() * 12)));
		const at = Math.max(book.start, now - (age + 0.4 * random()) * MINUTE);
		play(random, book, shelves, i % 3 === 0 ? 'direct' : 'search', newest ?? null, at);
	}
}

function play(
	random: Random,
	book: DayBook,
	shelves: readonly Shelf[],
	kind: OriginKind,
	entry: Shelf | null,
	start: number
): void {
	const manner = MANNERS[kind];
	const origin = drawOrigin[kind](random);
	const sent = entry?.subject.post.publishedAt;
	playVisit(random, book, {
		start,
		origin:
			kind === 'newsletter' && typeof sent === 'number'
				? newsletterOrigin(origin, new Date(sent).toISOString().slice(0, 10))
				: origin,
		manner,
		entry,
		published: publishedBy(shelves, start)
	});
}

/** `shelves` is in order of publication. */
function publishedBy(shelves: readonly Shelf[], moment: number): readonly Shelf[] {
	let low = 0;
	let high = shelves.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((shelves[middle]?.subject.post.publishedAt ?? 0) <= moment) low = middle + 1;
		else high = middle;
	}
	return low === shelves.length ? shelves : shelves.slice(0, low);
}

function placeOf(day: string, progress: number): DayPlace {
	const midnight = Date.parse(`${day}T00:00:00Z`);
	return { number: midnight / DAY, weekday: new Date(midnight).getUTCDay(), progress };
}

function idsOf(site: number): () => string {
	let last = 0;
	return () => `h${site.toString(36)}-${(++last).toString(36)}`;
}

const hours = (weights: readonly number[]): ((random: Random) => number) =>
	weighted(weights.map((weight, hour) => [hour, weight] as const));

const USUAL_HOURS = hours([
	8, 6, 5, 4, 4, 6, 12, 24, 44, 62, 66, 60, 54, 58, 66, 64, 60, 52, 42, 36, 34, 30, 22, 14
]);
const NEWSLETTER_HOURS = hours([
	3, 2, 2, 2, 3, 6, 14, 26, 38, 52, 96, 88, 60, 44, 38, 32, 28, 24, 18, 16, 16, 12, 8, 5
]);
const EVENING_HOURS = hours([
	14, 9, 7, 6, 6, 9, 16, 26, 32, 32, 30, 32, 40, 42, 36, 34, 34, 40, 48, 56, 62, 58, 44, 26
]);
const HOURS: Readonly<Record<OriginKind, (random: Random) => number>> = {
	search: USUAL_HOURS,
	newsletter: NEWSLETTER_HOURS,
	linkedin: USUAL_HOURS,
	x: EVENING_HOURS,
	facebook: EVENING_HOURS,
	hackerNews: EVENING_HOURS,
	direct: USUAL_HOURS,
	assistants: USUAL_HOURS,
	referral: USUAL_HOURS,
	feed: USUAL_HOURS,
	paid: USUAL_HOURS
};

function momentOf(random: Random, start: number, kind: OriginKind): number {
	return start + HOURS[kind](random) * HOUR + random() * HOUR;
}

/** Readers who would have come earlier come once the post is out: most within hours. */
function soonAfter(random: Random, out: number): number {
	return out + 3 * MINUTE - Math.log(1 - random()) * 2.6 * HOUR;
}

const drawOrigin: Readonly<Record<OriginKind, (random: Random) => Origin>> = {
	search: weighted(MANNERS.search.origins),
	newsletter: weighted(MANNERS.newsletter.origins),
	linkedin: weighted(MANNERS.linkedin.origins),
	x: weighted(MANNERS.x.origins),
	facebook: weighted(MANNERS.facebook.origins),
	hackerNews: weighted(MANNERS.hackerNews.origins),
	direct: weighted(MANNERS.direct.origins),
	assistants: weighted(MANNERS.assistants.origins),
	referral: weighted(MANNERS.referral.origins),
	feed: weighted(MANNERS.feed.origins),
	paid: weighted(MANNERS.paid.origins)
};
