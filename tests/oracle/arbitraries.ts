import fc from 'fast-check';
import type { CtaRef, Event } from '../../analytics/events/event.ts';
import type { Post } from '../../analytics/posts/post.ts';
import { addDays, localDay } from './local-day.ts';
import type { Question } from './oracle.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Moments worth streaming events around: clock changes, local midnights, a leap day. */
const ANCHORS = [
	['UTC', '2024-02-29T00:00:00Z'],
	['UTC', '2024-03-01T00:00:00Z'],
	['UTC', '2025-01-01T00:00:00Z'],
	['Asia/Kathmandu', '2024-02-28T18:15:00Z'],
	['Asia/Kathmandu', '2024-12-31T18:15:00Z'],
	['Europe/Berlin', '2024-03-31T01:00:00Z'],
	['Europe/Berlin', '2024-10-27T01:00:00Z'],
	['Europe/Berlin', '2024-02-28T23:00:00Z'],
	['America/New_York', '2024-03-10T07:00:00Z'],
	['America/New_York', '2024-11-03T06:00:00Z'],
	['America/New_York', '2024-03-01T05:00:00Z'],
	['America/Santiago', '2024-04-07T03:00:00Z'],
	['America/Santiago', '2024-09-08T04:00:00Z'],
	['America/Santiago', '2024-02-29T03:00:00Z'],
	['Australia/Lord_Howe', '2024-04-06T15:00:00Z'],
	['Australia/Lord_Howe', '2024-10-05T15:30:00Z']
] as const;

const VISITORS = ['0000000000000001', '7fffffffffffffff', '8000000000000000', 'ffffffffffffffff'];
const PAGE_VIEWS = ['pv1', 'pv2', 'pv3', 'pv4', 'Unseen_page-view'];
const FORMS = ['newsletter', 'footer'];
export const AUTHORS = ['Chris Peterson', 'Renée O’Neil', "Ada 'd'Arc"];
export const TOPICS = ['Selling', 'selling', 'Growth; "quoted"', '=1+1', 'Tools'];
export const OTHER_PAGES = ['/', '/about', "/it's%20here", '/blog'];
export const CTAS: readonly CtaRef[] = [
	{ id: 'ebook', placement: 'end-of-post', variant: '' },
	{ id: 'ebook', placement: 'end-of-post', variant: 'b' },
	{ id: 'ebook', placement: 'sidebar', variant: '' },
	{ id: 'demo', placement: 'in-text', variant: 'a' }
];
type Origin = Pick<
	Event,
	| 'source'
	| 'channel'
	| 'referrer'
	| 'utmSource'
	| 'utmMedium'
	| 'utmCampaign'
	| 'utmContent'
	| 'utmTerm'
>;
export const ORIGINS: readonly Origin[] = [
	{},
	{ source: 'Google', channel: 'Organic Search', referrer: 'google.com' },
	{
		source: 'Google',
		channel: 'Paid Search',
		utmSource: 'google',
		utmMedium: 'cpc',
		utmContent: 'blue|button',
		utmTerm: 'böcker 100%'
	},
	{ source: 'newsletter', channel: 'Email', utmSource: 'newsletter', utmCampaign: "may's" },
	{ source: 'Direct', channel: 'Direct' },
	{ source: 'friend.example', channel: 'Referral', referrer: 'friend.example/Links_1' },
	{
		source: 'newsletter',
		channel: 'Email',
		referrer: 'mail.example',
		utmSource: 'Newsletter',
		utmContent: 'footer'
	}
];
type Client = Pick<Event, 'country' | 'device' | 'browser' | 'os' | 'hostname'>;
export const CLIENTS: readonly Client[] = [
	{ hostname: 'blog.example.com' },
	{
		country: 'DE',
		device: 'desktop',
		browser: 'Firefox',
		os: 'Linux',
		hostname: 'blog.example.com'
	},
	{ country: 'US', device: 'mobile', browser: 'Safari', os: 'iOS', hostname: 'blog.example.com' },
	{
		country: 'US',
		device: 'desktop',
		browser: 'Chrome',
		os: 'Windows',
		hostname: 'www.example.com'
	},
	{ country: 'CL', device: 'tablet', browser: 'Chrome', os: 'Android', hostname: 'de.example.com' },
	{ device: 'mobile', browser: 'Chrome', os: 'Android', hostname: 'blog.example.com' }
];

const index = fc.nat(999);
const pick = <T>(list: readonly T[], at: number): T => {
	const value = list[at % list.length];
	if (value === undefined) throw new Error('nothing to pick from');
	return value;
};
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
	fc.option(arbitrary, { nil: undefined });

/** Offset from the anchor: hours that repeat within a stream, then minutes in steps so that gaps of exactly 30 min and equal times are common. */
const moment = fc.record({
	cluster: index,
	step: fc.nat(23),
	jitter: fc.constantFrom(0, 0, 0, 0, 1, -1, 2_500)
});
type Moment = typeof moment extends fc.Arbitrary<infer T> ? T : never;

const content = fc.record({
	name: fc.oneof(
		{ weight: 5, arbitrary: fc.constant('pageview') },
		{ weight: 4, arbitrary: fc.constant('engagement') },
		{ weight: 2, arbitrary: fc.constantFrom('cta_view', 'cta_click') },
		{ weight: 2, arbitrary: fc.constantFrom('subscribe', 'comment', 'Outbound Link: Click') }
	),
	pageView: maybe(fc.constantFrom(...PAGE_VIEWS)),
	measured: maybe(fc.boolean()),
	depth: maybe(fc.constantFrom(0, 10, 50, 74, 75, 76, 100)),
	engagedMs: maybe(fc.constantFrom(0, 1, 4_000, 5_000, 7_500, 9_999, 10_000, 15_000, 30_000)),
	cta: index,
	ctas: maybe(fc.subarray([0, 1, 2, 3])),
	form: maybe(fc.constantFrom(...FORMS))
});
type Content = typeof content extends fc.Arbitrary<infer T> ? T : never;

const frame = fc.record({
	visitor: index,
	page: index,
	origin: index,
	client: index,
	at: moment
});
type Frame = typeof frame extends fc.Arbitrary<infer T> ? T : never;

const loose = fc.record({ frame, content, late: fc.constantFrom(0, 0, 0, 5, 90, 2_000) });

/** A page view and what followed it, as the tracker would send it. */
const story = fc.record({
	frame,
	pageView: maybe(index),
	engagements: fc.array(
		fc.record({
			depth: fc.constantFrom(20, 60, 75, 100),
			ms: fc.constantFrom(3_000, 8_000, 15_000)
		}),
		{ maxLength: 4 }
	),
	ctas: maybe(fc.subarray([0, 1, 2, 3])),
	seen: fc.boolean(),
	clicks: fc.nat(2),
	subscribe: maybe(fc.constantFrom(...FORMS)),
	late: fc.constantFrom(0, 0, 3, 600)
});

const postShape = fc.record({
	formers: fc.nat(2),
	authors: fc.subarray(AUTHORS, { minLength: 1 }),
	topics: fc.subarray(TOPICS),
	words: fc.constantFrom(null, 0, 100, 119, 238, 476, 2_000),
	published: fc.oneof(
		{ weight: 1, arbitrary: fc.constant(null) },
		{ weight: 6, arbitrary: fc.integer({ min: -40, max: 25 }) },
		{ weight: 2, arbitrary: fc.integer({ min: -1_500, max: -30 }) }
	),
	step: fc.constantFrom(0, 0, 6, 15)
});

const scenarioShape = fc.record({
	anchor: fc.constantFrom(...ANCHORS),
	clusters: fc.array(
		fc.oneof(
			{ weight: 3, arbitrary: fc.constantFrom(-24, -1, 0, 1, 23) },
			{ weight: 3, arbitrary: fc.integer({ min: -30, max: 30 }) },
			{ weight: 1, arbitrary: fc.constantFrom(696, 719, 720, 721) }
		),
		{ minLength: 1, maxLength: 4, size: 'max' }
	),
	visitors: fc.integer({ min: 1, max: VISITORS.length }),
	// A visitor is made of address and browser, so that one day shows one client; clocks and databases may disagree.
	oneClient: fc.boolean(),
	pages: fc.integer({ min: 1, max: 8 }),
	posts: fc.oneof(
		{ weight: 8, arbitrary: fc.array(postShape, { maxLength: 14, size: 'max' }) },
		{ weight: 1, arbitrary: fc.array(postShape, { minLength: 34, maxLength: 44, size: 'max' }) }
	),
	stories: fc.array(story, { maxLength: 12, size: 'max' }),
	loose: fc.array(loose, { maxLength: 40, size: 'max' }),
	early: fc.constantFrom(true, true, false),
	inOrderReceived: fc.boolean(),
	nowHours: fc.oneof(
		fc.integer({ min: -10, max: 40 }),
		fc.integer({ min: 690, max: 780 }),
		fc.constantFrom(720, 721)
	),
	nowStep: fc.constantFrom(0, 0, 3, 11),
	from: fc.constantFrom(-2, -1, -1, 0, 1),
	days: fc.constantFrom(0, 1, 2, 3, 4, 32)
});
type Scenario = typeof scenarioShape extends fc.Arbitrary<infer T> ? T : never;

function postsOf(scenario: Scenario, anchor: number): readonly Post[] {
	return scenario.posts.map((shape, at) => ({
		id: at + 1,
		path: `/blog/post-${at + 1}.html`,
		formerPaths: Array.from({ length: shape.formers }, (_, former) => `/old/${at + 1}-${former}`),
		title: `Post ${at + 1}`,
		authors: shape.authors,
		topics: shape.topics,
		publishedAt:
			shape.published === null ? null : anchor + shape.published * HOUR + shape.step * 5 * MINUTE,
		wordCount: shape.words,
		commentCount: null
	}));
}

/** An event without the parts that follow from its time. */
type Draft = Omit<Event, 'id' | 'site' | 'day' | 'hour'>;

function looseEvent(base: Draft, shape: Content): Draft {
	const listed = shape.ctas?.map((at) => pick(CTAS, at));
	const own = shape.name.startsWith('cta_') ? [pick(CTAS, shape.cta)] : undefined;
	const lists = shape.name === 'pageview' || shape.name === 'engagement';
	const ctas = own ?? (lists ? listed : undefined);
	return {
		...base,
		name: shape.name,
		...(shape.pageView === undefined ? {} : { pageView: shape.pageView }),
		...(shape.name === 'pageview' && shape.measured !== undefined
			? { measured: shape.measured }
			: {}),
		...(shape.name === 'engagement' && shape.depth !== undefined ? { depth: shape.depth } : {}),
		...(shape.name === 'engagement' && shape.engagedMs !== undefined
			? { engagedMs: shape.engagedMs }
			: {}),
		...(ctas === undefined ? {} : { ctas }),
		...(shape.name === 'subscribe' && shape.form !== undefined ? { form: shape.form } : {})
	};
}

function storyEvents(base: Draft, shape: Scenario['stories'][number]): readonly Draft[] {
	const pageView = shape.pageView === undefined ? {} : { pageView: `story${shape.pageView}` };
	const ctas = shape.ctas?.map((at) => pick(CTAS, at));
	const later = (seconds: number, draft: Partial<Draft>): Draft => ({
		...base,
		...pageView,
		...draft,
		ts: base.ts + seconds * 1000,
		received: base.received + seconds * 1000
	});
	const about = ctas?.[0] ? { ctas: [ctas[0]] } : null;
	return [
		later(0, { name: 'pageview', measured: true, ...(ctas ? { ctas } : {}) }),
		...shape.engagements.map(({ depth, ms }, at) =>
			later(15 * (at + 1), { name: 'engagement', depth, engagedMs: ms })
		),
		...(about && shape.seen ? [later(20, { name: 'cta_view', ...about })] : []),
		...(about
			? Array.from({ length: shape.clicks }, (_, at) =>
					later(30 + at, { name: 'cta_click', ...about })
				)
			: []),
		...(shape.subscribe ? [later(40, { name: 'subscribe', form: shape.subscribe })] : [])
	];
}

function eventsOf(
	scenario: Scenario,
	anchor: number,
	zone: string,
	posts: readonly Post[]
): readonly Event[] {
	const known = posts
		.toReversed()
		.flatMap((post) => [post.path, ...post.formerPaths])
		.slice(0, scenario.pages);
	const pages = [...known, ...OTHER_PAGES.slice(0, 1 + (scenario.pages % OTHER_PAGES.length))];
	const tsOf = (at: Moment): number =>
		anchor + pick(scenario.clusters, at.cluster) * HOUR + at.step * 5 * MINUTE + at.jitter;
	const base = (of: Frame, lateMinutes: number): Draft => ({
		ts: tsOf(of.at),
		received: tsOf(of.at) + lateMinutes * MINUTE,
		visitor: pick(VISITORS.slice(0, scenario.visitors), of.visitor),
		name: 'pageview',
		page: pick(pages, of.page),
		...pick(CLIENTS, scenario.oneClient ? of.visitor % scenario.visitors : of.client),
		...pick(ORIGINS, of.origin)
	});
	const early: Draft = {
		ts: anchor - 2_000 * HOUR,
		received: anchor - 2_000 * HOUR,
		visitor: pick(VISITORS, 0),
		name: 'pageview',
		page: '/',
		hostname: 'blog.example.com'
	};
	const drafts = [
		...scenario.loose.map((shape) => looseEvent(base(shape.frame, shape.late), shape.content)),
		...scenario.stories.flatMap((shape) => storyEvents(base(shape.frame, shape.late), shape)),
		...(scenario.early ? [early] : [])
	];
	const arrived = scenario.inOrderReceived
		? drafts.toSorted((a, b) => a.received - b.received)
		: drafts;
	return arrived.map((draft, at) => ({
		...draft,
		id: `e${at}`,
		site: 1,
		...localDay(draft.ts, zone)
	}));
}

function questionOf(scenario: Scenario): Question {
	const [zone, moment] = scenario.anchor;
	const anchor = Date.parse(moment);
	const posts = postsOf(scenario, anchor);
	const events = eventsOf(scenario, anchor, zone, posts);
	const from = addDays(localDay(anchor, zone).day, scenario.from);
	return {
		site: { id: 1, domain: 'blog.example.com', zone },
		posts,
		events,
		range: { from, to: addDays(from, scenario.days) },
		now: Math.max(
			anchor + scenario.nowHours * HOUR + scenario.nowStep * 5 * MINUTE,
			...events.map((event) => event.received)
		)
	};
}

/** A site, its catalogue, its events in the order they arrived, a range of days and the moment of asking. */
export const questionArbitrary: fc.Arbitrary<Question> = scenarioShape.map(questionOf);

/** The same with one client for each visitor, as a visitor made of address and browser has. */
export const steadyQuestionArbitrary: fc.Arbitrary<Question> = scenarioShape.map((scenario) =>
	questionOf({ ...scenario, oneClient: true })
);
