import type { Event } from '../../analytics/events/event.ts';
import type { Post } from '../../analytics/posts/post.ts';
import { factsOf } from './facts.ts';
import { localDay } from './local-day.ts';
import type { Question } from './oracle.ts';

const HOUR = 3_600_000;

/** A blog, and the same blog had it only some author's posts. */
export interface OwnHistory {
	readonly whole: Question;
	readonly own: Question;
}

/**
 * Both histories. A visit without a page view is nobody's, so there is none on the author's posts; recording begins
 * with a view of one of them, so that both know of the same days. `apart`: nobody reads an author's post and another
 * page on one day, so that visits are the same in both.
 */
export function ownHistory(question: Question, author: string, apart: boolean): OwnHistory {
	const own = question.posts.filter(({ authors }) => authors.includes(author));
	const pages = new Set(own.flatMap(({ path, formerPaths }) => [path, ...formerPaths]));
	const isOwn = (event: Event): boolean => pages.has(event.page);
	const told = question.events.map((event): Event => {
		if (!isOwn(event)) return event;
		return {
			...event,
			...(apart ? { visitor: otherVisitor(event.visitor) } : {}),
			// Ids of page views are made for each page.
			...(event.pageView === undefined ? {} : { pageView: `${event.pageView}-own` })
		};
	});
	const unseen = new Set(
		factsOf(told.filter(isOwn), own)
			.visits.filter(({ views }) => views.length === 0)
			.flatMap(({ steps }) => steps.map(({ event }) => event))
	);
	const events = [...beginning(question, own), ...told.filter((event) => !unseen.has(event))];
	return {
		whole: { ...question, events },
		own: { ...question, posts: own, events: events.filter(isOwn) }
	};
}

function beginning({ events, site, now }: Question, own: readonly Post[]): readonly Event[] {
	const [post] = own;
	if (post === undefined) return [];
	const ts = Math.min(now, ...events.map((event) => event.ts)) - HOUR;
	return [
		{
			id: `e${events.length}`,
			site: site.id,
			ts,
			received: ts,
			...localDay(ts, site.zone),
			visitor: '1234567890abcdef',
			name: 'pageview',
			page: post.path,
			hostname: 'blog.example.com'
		}
	];
}

/** Somebody else. */
function otherVisitor(visitor: string): string {
	return (Number.parseInt(visitor.slice(0, 1), 16) ^ 1).toString(16) + visitor.slice(1);
}
