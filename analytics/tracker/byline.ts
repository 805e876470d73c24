import type { Call } from './calls.ts';
import { send, waiting } from './delivery.ts';
import { CTAS, describeCta, FORMS } from './rules.ts';
import { settings } from './settings.ts';
import type { EventDetails, MarkedCta } from './tracker-event.ts';

/** How often MRC asks to look whether an element is still viewable. All else that changes by itself is seen then too. */
const BEAT_MS = 100;
const VIEWABLE_MS = 1_000;
/** From this area on, 30 % of the pixels are enough for an impression; below it, 50 %. */
const LARGE_PX2 = 242_500;
const ATTENTION_MS = 30_000;
const REPORT_MS = 15_000;
/** A router changes the address first and the page a moment later. */
const ROUTER_MS = 200;
/** A click on a label clicks its field as well, at once; nobody clicks twice that fast. */
const SAME_CLICK_MS = 50;
/** The server takes at most so many calls to action with one event. */
const MOST_CTAS = 50;

let now = 0;

// The page view under way.
let url = '';
let id: string;
let events: number;
let referrer: string | undefined;
let due: number;
let seen: Set<string>;
let unreported: MarkedCta[];
/** Elements with enough of their pixels in the viewport, and since when they are viewable (0: they are not). */
let inView: Map<Element, number>;

// Its reading.
let active = false;
let attentiveUntil = 0;
let engaged: number;
let reach: number;
let bodyWidth: number;
let depth: number;
let reportedDepth: number;

let clickedAt = 0;

/** The topmost page of this origin: a tab's focus is known there. */
let host: Window = self;
while (host.frameElement) host = host.parent;

const observer = new IntersectionObserver(
	(entries) => {
		// Whoever leaves now may have completed its second since the last beat.
		beat();
		for (const { target, intersectionRatio, boundingClientRect } of entries) {
			const area = boundingClientRect.width * boundingClientRect.height;
			if (area && intersectionRatio >= (area < LARGE_PX2 ? 0.5 : 0.3))
				inView.set(target, inView.get(target) ?? 0);
			else inView.delete(target);
		}
		beat();
	},
	{ threshold: [0.3, 0.5] }
);

const find = (selector: string): Element | null => {
	return document.querySelector(selector);
};

const post = (n: string, details: EventDetails): void => {
	waiting.push({ n, u: url, d: settings.domain, i: `${id}-${events++}`, pv: id, ...details });
	send();
};

const isNew = (thing: unknown): boolean => {
	return seen.size < seen.add(JSON.stringify(thing)).size;
};

/** Opens the page view if need be, finds calls to action that were added, and counts viewable impressions. */
const look = (): void => {
	for (const element of document.querySelectorAll<HTMLElement>(CTAS)) {
		const c = describeCta(element);
		const since = inView.get(element);
		observer.observe(element);
		if (isNew(c)) unreported.push(c);
		if (since && now - since >= VIEWABLE_MS) {
			inView.delete(element);
			if (isNew([c])) post('cta_view', { c });
		} else if (inView.has(element))
			inView.set(
				element,
				active &&
					element.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }) !== false
					? since || now
					: 0
			);
	}
	while (!events || unreported[0]) {
		post(events ? 'engagement' : 'pageview', { r: referrer, c: unreported.splice(0, MOST_CTAS) });
		referrer = undefined;
	}
};

/** Reports what was read since the last report; where that is less than a beat, only what waits is sent. */
const report = (): void => {
	const e = engaged | 0;
	const sd = Math.max(reportedDepth, depth);
	look();
	if (e >= BEAT_MS || sd > reportedDepth) {
		engaged -= e;
		reportedDepth = sd;
		post('engagement', { e, sd });
	}
	send();
};

const beat = (): void => {
	const last = now;
	const here = location.href.replace(/#.*/, '');
	now = performance.now();
	if (active && now < attentiveUntil) engaged += now - last;
	active = !document.hidden && host.document.hasFocus();
	if (url !== here) {
		if (url) report();
		due = url ? now + ROUTER_MS : 0;
		referrer = url || document.referrer;
		url = here;
		// `randomUUID` is missing on pages without TLS.
		id = Math.random().toString(36).slice(2);
		events = engaged = depth = reportedDepth = bodyWidth = 0;
		unreported = [];
		seen = new Set();
		inView = new Map();
		observer.disconnect();
	}
	if (now > due) {
		look();
		const { top, width, height } = (
			find('[data-byline-article]') ||
			find('[itemprop~=articleBody]') ||
			find('article') ||
			find('main') ||
			document.documentElement
		).getBoundingClientRect();
		if (height && !document.hidden) {
			// Pixels, so that an article still growing takes its share back; another width lays it out anew.
			// One pixel of grace: the last scroll position is often a fraction short of the end.
			reach = Math.max(width === bodyWidth ? reach : 0, innerHeight - top + 1);
			bodyWidth = width;
			depth = Math.min(100, (reach / height) * 100) | 0;
		}
	}
};

const leave = (): void => {
	beat();
	report();
};

const touch = (): void => {
	attentiveUntil = performance.now() + ATTENTION_MS;
};

const track = (n: string, details: EventDetails): void => {
	beat();
	look();
	post(n, details);
};

const around = ({ target }: Event, selector: string): HTMLElement | null => {
	return target instanceof Element ? target.closest<HTMLElement>(selector) : null;
};

const on = <Type extends keyof WindowEventMap>(
	types: readonly Type[],
	handler: (event: WindowEventMap[Type]) => void,
	capture?: boolean
): void => {
	for (const type of types) addEventListener(type, handler, capture);
};

const start = (): void => {
	beat();
	setInterval(beat, BEAT_MS);
	setInterval(report, REPORT_MS);
	on(['blur', 'visibilitychange', 'pagehide'], leave);
	on(['pageshow'], ({ persisted }) => {
		if (persisted) url = '';
	});
	on(['online'], send);
	on(['scroll'], touch);
	on(['pointermove', 'pointerdown', 'keydown', 'wheel'], touch, true);
	on(
		['click', 'auxclick'],
		(event) => {
			const cta = around(event, CTAS);
			beat();
			if (cta && event.button < 2 && now - clickedAt > SAME_CLICK_MS) {
				clickedAt = now;
				track('cta_click', { c: describeCta(cta) });
			}
		},
		true
	);
	on(
		['submit'],
		(event) => {
			const form = around(event, FORMS);
			if (form) track('subscribe', { f: form.dataset.subscribe || 'newsletter' });
		},
		true
	);
	window.byline = (n, x = {}) =>
		track(n, {
			f: x.form,
			c: x.cta ? { id: x.cta, placement: x.placement, variant: x.variant } : undefined,
			p: x.props
		});
	for (const call of early) window.byline(...call);
};

const early: Call[] = [...(window.byline?.q ?? [])];
window.byline = (...call) => early.push(call);

if (!('dnt' in settings && (navigator.globalPrivacyControl || navigator.doNotTrack === '1'))) {
	if (document.prerendering) on(['prerenderingchange'], start, true);
	else start();
}
