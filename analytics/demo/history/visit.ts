import type { CtaRef } from '../../events/event.ts';
import {
	ABOUT_PAGE,
	DEMO_DOMAIN,
	FRONT_PAGE,
	NEWSLETTER_FORM,
	offerPath,
	PRICING_PAGE,
	SUBSCRIBED_PAGE,
	topicPath
} from '../blog.ts';
import { TOPICS } from '../content/topics.ts';
import { CTA_DRAWS, ctasOf } from '../ctas.ts';
import { below, hex16, pick, type Random } from '../random.ts';
import { drawClient, drawCountry } from './clients.ts';
import type { DayBook, Who } from './day-book.ts';
import type { Subject } from './demand.ts';
import type { Manner, Origin } from './origins.ts';
import { drawGlance, drawReading, type Reading } from './reading.ts';

/** A post as readers meet it. */
export interface Shelf {
	readonly subject: Subject;
	/** Calls to action by draw. */
	readonly ctas: readonly (readonly CtaRef[])[];
	/** Comments that the history may still hold. */
	commentsLeft: number;
}

export interface VisitPlan {
	readonly start: number;
	readonly origin: Origin;
	readonly manner: Manner;
	/** The post on which it begins, or null for the front page. */
	readonly entry: Shelf | null;
	/** Posts published by then, oldest first. */
	readonly published: readonly Shelf[];
}

const MAX_VIEWS = 6;
const UNMEASURED = 0.04;

const CLICK_CHANCE: Readonly<Record<string, number>> = {
	'in-text': 0.012,
	'in-text a': 0.02,
	'in-text b': 0.033,
	'end-of-post a': 0.027,
	'end-of-post b': 0.047,
	'sidebar a': 0.007,
	'sidebar b': 0.0095,
	'slide-in': 0.017
};
const OFFER_CHANCE: Readonly<Record<string, number>> = {
	'pipeline-playbook': 1.15,
	'pricing-worksheet': 1.2,
	'measurement-kit': 1,
	'letters-course': 0.95,
	'editorial-planner': 0.75
};

export function shelve(subject: Subject): Shelf {
	const ctas = Array.from({ length: CTA_DRAWS }, (_, draw) =>
		ctasOf(subject.post, draw).map(({ id, placement, variant }) => ({ id, placement, variant }))
	);
	return { subject, ctas, commentsLeft: subject.post.commentCount ?? 0 };
}

/** Plays one visit, from its first page view to its last event, into the day's book. */
export function playVisit(random: Random, book: DayBook, plan: VisitPlan): void {
	const who = drawVisitor(random, plan.manner);
	const measured = random() >= UNMEASURED;
	const visit: Visit = { random, book, plan, who, measured, subscribed: false };
	let at = plan.start;
	let shelf = plan.entry;
	let page = shelf?.subject.post.path ?? FRONT_PAGE;
	let from: Origin = plan.origin;
	for (let views = 1; views <= MAX_VIEWS; views++) {
		const outcome =
			shelf === null ? viewPlain(visit, at, page, from) : viewPost(visit, at, shelf, from);
		if (outcome === null) return;
		at = outcome.leftAt + 600 + 2500 * random();
		from = { referrer: address(page) };
		if (outcome.next !== null) {
			page = outcome.next;
			shelf = null;
			continue;
		}
		const drive = shelf === null ? 1.7 : outcome.read ? 1.35 : 0.75;
		if (random() >= plan.manner.curiosity * drive * 0.88 ** (views - 1)) return;
		[page, shelf] = nextPage(random, plan.published, shelf);
	}
}

interface Visit {
	readonly random: Random;
	readonly book: DayBook;
	readonly plan: VisitPlan;
	readonly who: Who;
	readonly measured: boolean;
	subscribed: boolean;
}

interface Outcome {
	readonly leftAt: number;
	readonly read: boolean;
	/** Where a click or a form led. */
	readonly next: string | null;
}

function drawVisitor(random: Random, manner: Manner): Who {
	const client = drawClient(random, manner.mobile);
	const country = drawCountry(random);
	return {
		visitor: hex16(random),
		hostname: DEMO_DOMAIN,
		...(country === undefined ? {} : { country }),
		device: client.device,
		browser: client.browser,
		os: client.os
	};
}

function viewPlain(visit: Visit, at: number, page: string, from: Origin): Outcome | null {
	const { random, book, who, measured } = visit;
	const pageView = openView(visit, at, page, from, []);
	if (pageView === null) return null;
	const reading = drawGlance(random);
	if (measured) reportEngagement(visit, at, page, pageView, reading);
	const willing = page === FRONT_PAGE && !visit.subscribed && random() < 0.006;
	const leftAt = at + reading.dwellMs;
	if (willing) {
		visit.subscribed = true;
		book.record(leftAt, who, { name: 'subscribe', page, pageView, form: NEWSLETTER_FORM });
	}
	return { leftAt, read: false, next: willing ? SUBSCRIBED_PAGE : null };
}

function viewPost(visit: Visit, at: number, shelf: Shelf, from: Origin): Outcome | null {
	const { random, book, who, measured, plan } = visit;
	const { post, appeal } = shelf.subject;
	const ctas = shelf.ctas[below(random, CTA_DRAWS)] ?? [];
	const pageView = openView(visit, at, post.path, from, ctas);
	if (pageView === null) return null;
	const device = who.device ?? 'desktop';
	const chance = appeal.reading * plan.manner.attention;
	const reading = drawReading(random, post.wordCount ?? 900, chance, device);
	const leftAt = at + reading.dwellMs;
	if (measured) reportEngagement(visit, at, post.path, pageView, reading);

	let next: string | null = null;
	for (const cta of measured ? ctas : []) {
		const seenAfter = momentSeen(random, cta, reading, device);
		if (seenAfter === null) continue;
		const detail = { page: post.path, pageView, ctas: [cta] };
		book.record(at + seenAfter, who, { name: 'cta_view', ...detail });
		if (
			next !== null ||
			random() >= clickChance(cta, reading, device) * appeal.clicking * plan.manner.clicking
		)
			continue;
		next = offerPath(cta.id);
		book.record(leftAt, who, { name: 'cta_click', ...detail });
		if (random() < 0.04) book.record(leftAt + 400, who, { name: 'cta_click', ...detail });
	}

	const eager = (reading.read ? 1.95 : 0.4) * (device === 'mobile' ? 0.75 : 1);
	const subscribing = 0.0092 * appeal.subscribing * plan.manner.subscribing * eager;
	if (next === null && !visit.subscribed && random() < subscribing) {
		visit.subscribed = true;
		next = SUBSCRIBED_PAGE;
		book.record(leftAt, who, {
			name: 'subscribe',
			page: post.path,
			pageView,
			form: NEWSLETTER_FORM
		});
	}
	if (reading.read && shelf.commentsLeft > 0 && random() < 0.006) {
		const written = book.record(leftAt - 200, who, { name: 'comment', page: post.path, pageView });
		if (written !== null) shelf.commentsLeft--;
	}
	return { leftAt, read: reading.read, next };
}

function openView(
	visit: Visit,
	at: number,
	page: string,
	from: Origin,
	ctas: readonly CtaRef[]
): string | null {
	const pageView = visit.book.nextPageView();
	const id = visit.book.record(at, visit.who, {
		name: 'pageview',
		page,
		pageView,
		measured: visit.measured,
		...(ctas.length === 0 ? {} : { ctas }),
		...from
	});
	return id === null ? null : pageView;
}

/** One to three reports: what was added since the last, and the greatest depth so far. */
function reportEngagement(
	visit: Visit,
	at: number,
	page: string,
	pageView: string,
	reading: Reading
): void {
	const { random, book, who } = visit;
	const { engagedMs, dwellMs, depth } = reading;
	const reports = engagedMs < 20_000 ? 1 : engagedMs < 75_000 || random() < 0.45 ? 2 : 3;
	let told = 0;
	for (let i = 1; i <= reports; i++) {
		const share = i === reports ? 1 : (i - 0.2 + 0.4 * random()) / reports;
		const total = Math.round(engagedMs * share);
		book.record(at + dwellMs * share, who, {
			name: 'engagement',
			page,
			pageView,
			depth: Math.floor(depth * share ** 0.85),
			engagedMs: total - told
		});
		told = total;
	}
}

/** When the call to action had been in view for a second, counted from the page view; null if never. */
function momentSeen(random: Random, cta: CtaRef, reading: Reading, device: string): number | null {
	const { depth, engagedMs, dwellMs } = reading;
	const { share, chance } = sight(cta, depth, engagedMs, device);
	if (random() >= chance) return null;
	return Math.min(dwellMs - 100, Math.max(1200, dwellMs * share));
}

function sight(
	cta: CtaRef,
	depth: number,
	engagedMs: number,
	device: string
): { readonly share: number; readonly chance: number } {
	switch (cta.placement) {
		case 'in-text': {
			const place = cta.variant === '' ? 0.34 : 0.62;
			const reached = depth > place * 100 + 6 && engagedMs > 4000;
			return {
				share: Math.min(0.95, (place * 100) / Math.max(1, depth)),
				chance: reached ? 0.86 : 0
			};
		}
		case 'sidebar': {
			if (device === 'desktop') return { share: 0.1, chance: engagedMs > 3500 ? 0.66 : 0.1 };
			return { share: 0.97, chance: depth >= 97 ? 0.28 : 0 };
		}
		case 'slide-in':
			return { share: 0.3, chance: engagedMs > 10_000 ? 0.93 : 0 };
		default:
			return { share: 0.95, chance: depth >= 97 ? 0.8 : depth >= 88 ? 0.3 : 0 };
	}
}

function clickChance(cta: CtaRef, reading: Reading, device: string): number {
	const placed = CLICK_CHANCE[`${cta.placement} ${cta.variant}`.trim()] ?? 0.01;
	const attentive = reading.read ? 1.35 : 0.7;
	return placed * (OFFER_CHANCE[cta.id] ?? 1) * attentive * (device === 'mobile' ? 0.82 : 1);
}

function nextPage(
	random: Random,
	published: readonly Shelf[],
	current: Shelf | null
): [page: string, shelf: Shelf | null] {
	const draw = random();
	const post = (shelf: Shelf): [string, Shelf | null] =>
		shelf === current ? [FRONT_PAGE, null] : [shelf.subject.post.path, shelf];
	if (published.length > 0 && draw < 0.42) return post(pick(random, published.slice(-6)));
	if (published.length > 0 && draw < 0.72) return post(related(random, published, current));
	if (current !== null && draw < 0.87) return [FRONT_PAGE, null];
	if (draw < 0.94) return [topicPath(pick(random, TOPICS).slug), null];
	return [draw < 0.98 ? PRICING_PAGE : ABOUT_PAGE, null];
}

/** A post on the same topic where a few tries find one. */
function related(random: Random, published: readonly Shelf[], current: Shelf | null): Shelf {
	let candidate = pick(random, published);
	const topics = current?.subject.post.topics ?? [];
	for (let tries = 0; tries < 6; tries++) {
		if (candidate !== current && candidate.subject.post.topics.some((t) => topics.includes(t)))
			return candidate;
		candidate = pick(random, published);
	}
	return candidate;
}

const address = (page: string): string =>
	`https://${DEMO_DOMAIN}${page === FRONT_PAGE ? `${page}/` : page}`;
