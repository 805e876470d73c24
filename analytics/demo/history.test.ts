import { describe, expect, it } from 'vitest';
import type { Event } from '../events/event.ts';
import type { PostInput } from '../posts/post.ts';
import { daysBetween, localDay, localHour } from '../time/local.ts';
import { DEMO_DOMAIN, DEMO_ZONE } from './blog.ts';
import { catalogue } from './catalogue.ts';
import { demoHistory, HISTORY_DAYS } from './history.ts';
import { hashText } from './random.ts';

const NOW = Date.UTC(2026, 10, 23, 11);
const CHANNELS = new Set([
	'Direct',
	'Organic Search',
	'Organic Social',
	'Referral',
	'Email',
	'Paid Search',
	'Paid Social',
	'AI assistants',
	'Feed readers'
]);

const POSTS = catalogue(NOW);
const history = (zone: string = DEMO_ZONE, now: number = NOW, seed = 1): Generator<Event> =>
	demoHistory({ now, seed, site: 1, zone, posts: now === NOW ? POSTS : catalogue(now) });
const EVENTS: readonly Event[] = [...history()];
const VIEWS = EVENTS.filter(({ name }) => name === 'pageview');
const named = (name: string): readonly Event[] => EVENTS.filter((event) => event.name === name);
const byPath: ReadonlyMap<string, PostInput> = new Map(POSTS.map((post) => [post.path, post]));

/** A number that tells two histories apart, from each 20th event. */
function digest(events: Iterable<Event>): number {
	let sum = 0;
	let seen = 0;
	for (const event of events) {
		if (seen++ % 20 !== 0) continue;
		sum = (Math.imul(sum, 31) + hashText(JSON.stringify(event))) | 0;
	}
	return sum + seen;
}

interface Share {
	of: number;
	count: number;
}

function shares<T>(
	items: Iterable<T>,
	keys: (item: T) => readonly string[],
	hit: (item: T) => boolean
): (key: string) => number {
	const found = new Map<string, Share>();
	for (const item of items)
		for (const key of keys(item)) {
			const share = found.get(key) ?? { of: 0, count: 0 };
			share.of++;
			if (hit(item)) share.count++;
			found.set(key, share);
		}
	return (key) => {
		const share = found.get(key) ?? { of: 0, count: 0 };
		return share.count / share.of;
	};
}

describe('demoHistory', () => {
	it('is the same for the same options, and another for another seed', () => {
		const begin = 60_000;
		const first = digest(EVENTS.slice(0, begin));
		expect(digest(history().take(begin))).toBe(first);
		expect(digest(history(DEMO_ZONE, NOW, 2).take(begin))).not.toBe(first);
	});

	it('has about 400,000 events over 18 months, in order, none after now', () => {
		expect(EVENTS.length).toBeGreaterThan(370_000);
		expect(EVENTS.length).toBeLessThan(440_000);
		let last = 0;
		for (const event of EVENTS) {
			if (event.ts < last || event.ts > NOW) expect(event).toBe('in order');
			last = event.ts;
		}
		expect(daysBetween(EVENTS[0]?.day ?? '', localDay(DEMO_ZONE, NOW))).toBe(HISTORY_DAYS);
		expect(new Set(EVENTS.map(({ day }) => day)).size).toBe(HISTORY_DAYS + 1);
	});

	it('has identifiers that are short and unique', () => {
		expect(new Set(EVENTS.map(({ id }) => id)).size).toBe(EVENTS.length);
		expect(new Set(VIEWS.map(({ pageView }) => pageView)).size).toBe(VIEWS.length);
		for (const { id, visitor } of EVENTS.slice(0, 5000)) {
			expect(id).toMatch(/^[A-Za-z0-9_-]{3,12}$/);
			expect(visitor).toMatch(/^[0-9a-f]{16}$/);
		}
	});

	it.each(['Europe/London', 'Asia/Kathmandu'])(
		'gives each event its day and hour in %s',
		(zone) => {
			let seen = 0;
			for (const event of history(zone)) {
				if (seen++ % 97 !== 0) continue;
				if (event.day !== localDay(zone, event.ts) || event.hour !== localHour(zone, event.ts))
					expect(event).toBe('on its day');
			}
		}
	);

	it('gives a visitor one day, one machine and one country', () => {
		const known = new Map<string, string>();
		for (const { visitor, day, device, browser, os, country, hostname } of EVENTS) {
			const facts = [day, device, browser, os, country, hostname].join();
			const before = known.get(visitor) ?? facts;
			if (before !== facts) expect(facts).toBe(before);
			known.set(visitor, facts);
		}
		for (const { browser, os } of VIEWS)
			if (browser === 'Mobile Safari' && os !== 'iOS') expect(os).toBe('iOS');
	});

	it('ties what happens on a page to a page view before it', () => {
		const opened = new Map<string, Event>();
		for (const event of EVENTS) {
			if (event.name === 'pageview') opened.set(event.pageView ?? '', event);
			const view = opened.get(event.pageView ?? '');
			if (view?.page !== event.page || view.visitor !== event.visitor)
				expect(event).toBe('on a page view');
			if (view !== undefined && (event.name === 'engagement' || event.name.startsWith('cta_')))
				if (view.measured !== true) expect(event).toBe('measured');
		}
	});

	it('names where a visit came from on its first page view', () => {
		const visitors = new Set<string>();
		for (const view of VIEWS) {
			const first = !visitors.has(view.visitor);
			visitors.add(view.visitor);
			if (first !== (view.channel !== undefined)) expect(view).toBe('first');
			if (!first && view.referrer?.startsWith(`https://${DEMO_DOMAIN}/`) !== true)
				expect(view).toBe('internal');
			if (view.channel !== undefined && !CHANNELS.has(view.channel))
				expect(view.channel).toBe('known');
		}
		expect(new Set(VIEWS.flatMap(({ channel }) => channel ?? []))).toEqual(CHANNELS);
		for (const event of EVENTS)
			if (
				event.name !== 'pageview' &&
				(event.source ?? event.channel ?? event.referrer) !== undefined
			)
				expect(event).toBe('without a source');
	});

	it('shows nobody a post before it is published', () => {
		for (const { page, ts } of VIEWS)
			if ((byPath.get(page)?.publishedAt ?? 0) > ts) expect(page).toBe('published');
	});

	it('is busier on weekdays and grows', () => {
		const days = new Array<number>(7).fill(0);
		for (const { day } of VIEWS) {
			const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
			days[weekday] = (days[weekday] ?? 0) + 1;
		}
		const [sunday = 0, monday = 0, tuesday = 0, , thursday = 0, friday = 0, saturday = 0] = days;
		expect(Math.max(sunday, saturday)).toBeLessThan(
			0.7 * Math.min(monday, tuesday, thursday, friday)
		);
		const half = NOW - (HISTORY_DAYS / 2) * 86_400_000;
		const later = VIEWS.filter(({ ts }) => ts > half).length;
		expect(later).toBeGreaterThan(1.2 * (VIEWS.length - later));
	});

	it('lets a post begin with a burst and the evergreen go on', () => {
		const post = POSTS.find(({ path }) => path === '/demo-blog/objections-are-maps');
		const age = (ts: number): number => (ts - (post?.publishedAt ?? 0)) / 86_400_000;
		const views = VIEWS.filter(({ page }) => page === post?.path);
		const early = views.filter(({ ts }) => age(ts) < 4).length / 4;
		const late = views.filter(({ ts }) => age(ts) > 60 && age(ts) < 120).length / 60;
		expect(early).toBeGreaterThan(10 * late);
		const evergreen = VIEWS.filter(({ page }) => page === POSTS.at(-1)?.path);
		expect(evergreen.length).toBeGreaterThan(3000);
	});

	it('is read by 15 to 60 % of views, less on phones', () => {
		const done = new Map<string, { depth: number; engaged: number }>();
		for (const { pageView = '', depth = 0, engagedMs = 0 } of named('engagement')) {
			const sum = done.get(pageView) ?? { depth: 0, engaged: 0 };
			if (depth < sum.depth) expect(depth).toBe('a running maximum');
			done.set(pageView, { depth, engaged: sum.engaged + engagedMs });
		}
		const measured = VIEWS.filter(({ page, measured }) => measured === true && byPath.has(page));
		const isRead = ({ page, pageView = '' }: Event): boolean => {
			const { depth, engaged } = done.get(pageView) ?? { depth: 0, engaged: 0 };
			return depth >= 75 && engaged >= 0.25 * (((byPath.get(page)?.wordCount ?? 0) / 238) * 60_000);
		};
		const share = shares(
			measured,
			({ page, device = '', channel = 'Internal' }) => [
				...(byPath.get(page)?.topics ?? []),
				device,
				channel
			],
			isRead
		);
		for (const key of [
			'Selling',
			'SEO',
			'Culture',
			'Email',
			'Organic Social',
			'mobile',
			'desktop'
		]) {
			expect(share(key)).toBeGreaterThan(0.15);
			expect(share(key)).toBeLessThan(0.6);
		}
		expect(share('mobile')).toBeLessThan(0.75 * share('desktop'));
		expect(share('Email')).toBeGreaterThan(1.5 * share('Organic Social'));
		const unmeasured = VIEWS.filter(({ measured }) => measured !== true).length / VIEWS.length;
		expect(unmeasured).toBeGreaterThan(0.03);
		expect(unmeasured).toBeLessThan(0.05);
	});

	it('has calls to action whose placements and variants differ', () => {
		const key = ({ ctas }: Event): string =>
			ctas?.map(({ placement, variant }) => `${placement} ${variant}`.trim()).join() ?? '';
		const clicked = new Set(named('cta_click').map((event) => `${event.pageView} ${key(event)}`));
		const rate = shares(
			named('cta_view'),
			(event) => [key(event)],
			(event) => clicked.has(`${event.pageView} ${key(event)}`)
		);
		expect(rate('end-of-post b')).toBeGreaterThan(1.4 * rate('end-of-post a'));
		expect(rate('in-text b')).toBeGreaterThan(1.2 * rate('in-text a'));
		expect(rate('end-of-post a')).toBeGreaterThan(2 * rate('sidebar a'));
		const eligible = new Map(VIEWS.map(({ pageView, ctas }) => [pageView, ctas ?? []]));
		for (const { pageView, ctas = [] } of named('cta_view')) {
			const [cta] = ctas;
			if (cta === undefined || eligible.get(pageView)?.includes(cta) !== true)
				expect(cta).toBe('eligible');
		}
	});

	it('has topics that differ in what they convert', () => {
		const subscribed = new Set(named('subscribe').map(({ pageView }) => pageView));
		const rate = shares(
			VIEWS,
			({ page }) => byPath.get(page)?.topics ?? [],
			({ pageView }) => subscribed.has(pageView)
		);
		expect(rate('Selling')).toBeGreaterThan(3 * rate('Culture'));
		expect(rate('Pricing')).toBeGreaterThan(1.5 * rate('Social Media'));
		expect(new Set(named('subscribe').map(({ form }) => form))).toEqual(new Set(['newsletter']));
	});

	it('has no more comments than the catalogue counts', () => {
		const counts = new Map<string, number>();
		for (const { page } of named('comment')) counts.set(page, (counts.get(page) ?? 0) + 1);
		expect(counts.size).toBeGreaterThan(10);
		for (const [page, count] of counts)
			expect(count).toBeLessThanOrEqual(byPath.get(page)?.commentCount ?? 0);
	});

	it.each([0, 7 * 60])('has visitors on the site %i minutes after midnight', (minutes) => {
		const now = Date.UTC(2026, 10, 25) + minutes * 60_000 + 20_000;
		let active = 0;
		let last = 0;
		for (const { ts, name } of history(DEMO_ZONE, now)) {
			last = ts;
			if (name === 'pageview' && ts > now - 5 * 60_000) active++;
		}
		expect(last).toBeLessThanOrEqual(now);
		expect(active).toBeGreaterThanOrEqual(2);
	});
});
