import type { CtaRef, Event } from '../../analytics/events/event.ts';
import type { Post } from '../../analytics/posts/post.ts';
import type { Exposure, Facts, PageView, Reading, Visit } from './facts.ts';

interface RowCommon {
	readonly day: string;
	readonly visitor: string;
	/** What came first of it: its moment and hour are the row's. */
	readonly first: Event;
	/** Null for a visit, which has many pages. */
	readonly page: { readonly path: string; readonly post: Post | null } | null;
	/** The visit whose source and client are the row's; null for what has none of its own. */
	readonly visit: Visit | null;
	readonly cta: CtaRef | null;
}

export interface VisitRow extends RowCommon {
	readonly kind: 'visit';
	readonly fact: Visit;
}
export interface ViewRow extends RowCommon {
	readonly kind: 'view';
	readonly fact: PageView;
}
export interface ReadingRow extends RowCommon {
	readonly kind: 'reading';
	readonly fact: Reading;
}
export interface ExposureRow extends RowCommon {
	readonly kind: 'exposure';
	readonly fact: Exposure;
}

/** One thing that is counted, with all it can be grouped and filtered by. */
export type FactRow = VisitRow | ViewRow | ReadingRow | ExposureRow;
export type Kind = FactRow['kind'];

/** Visits, page views, readings and exposures side by side. */
export function factRows({ visits, readings, exposures }: Facts): readonly FactRow[] {
	return [
		...visits.flatMap((visit): readonly FactRow[] => {
			const [first] = visit.steps;
			if (!first) return [];
			const { day, visitor } = visit;
			const common = { day, visitor, visit, cta: null };
			return [
				{ ...common, kind: 'visit', first: first.event, page: null, fact: visit },
				...visit.views.map((view): FactRow => ({
					...common,
					kind: 'view',
					first: view.step.event,
					page: { path: view.page, post: view.step.post },
					fact: view
				}))
			];
		}),
		...readings.map((reading): FactRow => ({
			kind: 'reading',
			day: reading.day,
			visitor: reading.visitor,
			first: reading.first,
			page: { path: reading.page, post: reading.post },
			visit: reading.visit,
			cta: null,
			fact: reading
		})),
		...exposures.map((exposure): FactRow => ({
			kind: 'exposure',
			day: exposure.day,
			visitor: exposure.visitor,
			first: exposure.first,
			page: { path: exposure.page, post: exposure.post },
			visit: null,
			cta: exposure.cta,
			fact: exposure
		}))
	];
}
