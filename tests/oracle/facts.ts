import type { CtaRef, Event } from '../../analytics/events/event.ts';
import type { Post } from '../../analytics/posts/post.ts';
import { sum } from './statistics.ts';

const HALF_HOUR = 30 * 60_000;

/** An event in its place among the events of its visitor and day. */
interface Step {
	readonly event: Event;
	readonly index: number;
	readonly page: string;
	readonly post: Post | null;
}

export interface PageView {
	readonly step: Step;
	readonly page: string;
	readonly measured: boolean;
	/** Null where not measured. */
	readonly engagedMs: number | null;
	readonly depth: number | null;
	readonly read: boolean;
}

export interface Visit {
	readonly day: string;
	readonly visitor: string;
	readonly steps: readonly Step[];
	readonly views: readonly PageView[];
	readonly bounced: boolean;
	readonly source: string;
	readonly channel: string;
	/** The event the visit's referrer and campaign come from. */
	readonly origin: Event | null;
}

/** One visitor, one day, one page with at least one event. */
export interface Reading {
	readonly day: string;
	readonly visitor: string;
	readonly page: string;
	readonly post: Post | null;
	readonly views: readonly PageView[];
	readonly depth: number | null;
	readonly entrances: number;
	readonly exits: number;
	/** Visits with a page view of the page. */
	readonly visits: number;
	/** Those in which a page view of a different post came later. */
	readonly recirculated: number;
	readonly subscribes: number;
	readonly subscribed: boolean;
	readonly converted: boolean;
	readonly comments: number;
	readonly first: Event;
	/** The visit whose source the reading has. */
	readonly visit: Visit;
}

export interface Exposure {
	readonly day: string;
	readonly visitor: string;
	readonly page: string;
	readonly post: Post | null;
	/** What first told of it. */
	readonly first: Event;
	readonly cta: CtaRef;
	readonly eligible: number;
	readonly impressions: number;
	readonly clicks: number;
}

export interface Facts {
	readonly visits: readonly Visit[];
	readonly readings: readonly Reading[];
	readonly exposures: readonly Exposure[];
}

const isConversion = (event: Event): boolean =>
	event.name === 'subscribe' || event.name === 'cta_click';

function postOf(page: string, posts: readonly Post[]): Post | null {
	return (
		posts.find((post) => post.path === page) ??
		posts.find((post) => post.formerPaths.includes(page)) ??
		null
	);
}

function tiedView<View extends { readonly step: Step }>(
	step: Step,
	views: readonly View[]
): View | undefined {
	if (step.event.name === 'pageview') return views.find((view) => view.step === step);
	const candidates =
		step.event.pageView === undefined
			? views.filter((view) => view.step.page === step.page && view.step.index < step.index)
			: views.filter((view) => view.step.event.pageView === step.event.pageView);
	return candidates.findLast((view) => view.step.index < step.index) ?? candidates[0];
}

function pageViews(steps: readonly Step[]): readonly PageView[] {
	const bare = steps.filter((step) => step.event.name === 'pageview').map((step) => ({ step }));
	const engagements = steps
		.filter((step) => step.event.name === 'engagement')
		.map((step) => ({ event: step.event, view: tiedView(step, bare) }));
	return bare.map((view) => {
		const { step } = view;
		const tied = engagements.filter((e) => e.view === view).map((e) => e.event);
		const measured = step.event.measured === true || tied.length > 0;
		const engaged = sum(tied.map((event) => event.engagedMs ?? 0));
		const depths = tied.flatMap((event) => (event.depth === undefined ? [] : [event.depth]));
		const depth = depths.length === 0 ? null : Math.max(...depths);
		const words = step.post?.wordCount ?? 0;
		const enough = words > 0 ? ((0.25 * words) / 238) * 60_000 : 30_000;
		return {
			step,
			page: step.page,
			measured,
			engagedMs: measured ? engaged : null,
			depth,
			read: measured && (depth ?? 0) >= 75 && engaged >= enough
		};
	});
}

function visitsOf(steps: readonly Step[], views: readonly PageView[]): readonly Visit[] {
	const cuts: Step[][] = [];
	for (const step of steps) {
		const before = steps[step.index - 1];
		const current = cuts.at(-1);
		if (before && current && step.event.ts - before.event.ts <= HALF_HOUR) current.push(step);
		else cuts.push([step]);
	}
	return cuts.map((own) => {
		const events = own.map((step) => step.event);
		const seen = views.filter((view) => own.includes(view.step));
		const engaged = sum(events.filter((e) => e.name === 'engagement').map((e) => e.engagedMs ?? 0));
		const origin = seen[0]?.step.event ?? null;
		const direct = origin?.source === undefined;
		return {
			day: events[0]?.day ?? '',
			visitor: events[0]?.visitor ?? '',
			steps: own,
			views: seen,
			bounced: seen.length === 1 && engaged < 10_000 && !events.some(isConversion),
			source: direct ? 'Direct' : (origin?.source ?? ''),
			channel: direct ? 'Direct' : (origin?.channel ?? ''),
			origin
		};
	});
}

function recirculates(visit: Visit, post: Post): boolean {
	const first = visit.views.findIndex((view) => view.step.post?.id === post.id);
	return visit.views
		.slice(first + 1)
		.some((view) => view.step.post !== null && view.step.post.id !== post.id);
}

/** The first subscribe of each form that day; the later ones count nowhere. */
function firstSubscribes(steps: readonly Step[]): readonly Step[] {
	const all = steps.filter((step) => step.event.name === 'subscribe');
	const form = (step: Step): string => step.event.form ?? '';
	return all.filter((step) => all.find((other) => form(other) === form(step)) === step);
}

function readingsOf(
	steps: readonly Step[],
	views: readonly PageView[],
	visits: readonly Visit[]
): readonly Reading[] {
	const subscribes = firstSubscribes(steps);
	return [...new Set(steps.map((step) => step.page))].flatMap((page) => {
		const own = steps.filter((step) => step.page === page);
		const events = own.map((step) => step.event);
		const seen = views.filter((view) => view.page === page);
		const depths = seen.flatMap((view) => (view.depth === null ? [] : [view.depth]));
		const viewing = visits.filter((visit) => visit.views.some((view) => view.page === page));
		const first = seen[0]?.step ?? own[0];
		const visit = visits.find((candidate) => first && candidate.steps.includes(first));
		const post = own[0]?.post ?? null;
		const earliest = events[0];
		if (!visit || !earliest) return [];
		return {
			day: visit.day,
			visitor: visit.visitor,
			page,
			post,
			views: seen,
			depth: depths.length === 0 ? null : Math.max(...depths),
			entrances: visits.filter((candidate) => candidate.views[0]?.page === page).length,
			exits: visits.filter((candidate) => candidate.views.at(-1)?.page === page).length,
			visits: viewing.length,
			recirculated: post ? viewing.filter((candidate) => recirculates(candidate, post)).length : 0,
			subscribes: subscribes.filter((step) => step.page === page).length,
			subscribed: events.some((event) => event.name === 'subscribe'),
			converted: events.some(isConversion),
			comments: events.filter((event) => event.name === 'comment').length,
			first: earliest,
			visit
		};
	});
}

function viewKey(step: Step, views: readonly PageView[]): string {
	const tied = tiedView(step, views);
	if (tied) return `view ${tied.step.index}`;
	return step.event.pageView === undefined ? 'page' : `unmatched ${step.event.pageView}`;
}

function exposuresOf(steps: readonly Step[], views: readonly PageView[]): readonly Exposure[] {
	const listing = ['pageview', 'engagement', 'cta_view', 'cta_click'];
	const uses = steps
		.filter((step) => listing.includes(step.event.name))
		.flatMap((step) =>
			(step.event.ctas ?? []).map((cta) => ({
				row: JSON.stringify([step.page, cta.id, cta.placement, cta.variant]),
				key: viewKey(step, views),
				step,
				cta
			}))
		);
	return [...Map.groupBy(uses, (use) => use.row).values()].flatMap((group) => {
		const [first] = group;
		if (!first) return [];
		const seen = group.filter((use) => use.step.event.name.startsWith('cta_'));
		const clicked = group.filter((use) => use.step.event.name === 'cta_click');
		return {
			day: first.step.event.day,
			visitor: first.step.event.visitor,
			page: first.step.page,
			post: first.step.post,
			first: first.step.event,
			cta: first.cta,
			eligible: new Set(group.map((use) => use.key)).size,
			impressions: new Set(seen.map((use) => use.key)).size,
			clicks: new Set(clicked.map((use) => use.step)).size
		};
	});
}

/** Visits, readings and CTA exposures straight from events in the order they arrived. */
export function factsOf(events: readonly Event[], posts: readonly Post[]): Facts {
	const visitorDays = Map.groupBy(events, (event) => `${event.day} ${event.visitor}`);
	const perVisitorDay = [...visitorDays.values()].map((unordered) => {
		// toSorted is stable: equal times stay in the order of arrival.
		const steps = unordered
			.toSorted((a, b) => a.ts - b.ts)
			.map((event, index): Step => {
				const post = postOf(event.page, posts);
				return { event, index, page: post?.path ?? event.page, post };
			});
		const views = pageViews(steps);
		const visits = visitsOf(steps, views);
		return {
			visits,
			readings: readingsOf(steps, views, visits),
			exposures: exposuresOf(steps, views)
		};
	});
	return {
		visits: perVisitorDay.flatMap((facts) => facts.visits),
		readings: perVisitorDay.flatMap((facts) => facts.readings),
		exposures: perVisitorDay.flatMap((facts) => facts.exposures)
	};
}
