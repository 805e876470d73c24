import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CtaRef, Event } from '../../analytics/events/event.ts';
import type { Post } from '../../analytics/posts/post.ts';
import type { Row } from '../../analytics/reports/result.ts';
import { questionArbitrary } from './arbitraries.ts';
import { datesBetween, localDay } from './local-day.ts';
import { ORACLE, ORACLE_COLUMNS } from './oracle.ts';
import type { OracleReport, Question } from './oracle.ts';
import { betaShareBelow, quantile, wilson } from './statistics.ts';

const NOON = Date.parse('2024-05-10T12:00:00Z');
const DAY = 86_400_000;
const google = { source: 'Google', channel: 'Organic Search' };
const ebook: CtaRef = { id: 'ebook', placement: 'sidebar', variant: '' };
const ebookB: CtaRef = { ...ebook, variant: 'b' };

/** Post with id n at `/n`, formerly `/old-n`; 238 words ask for 15 engaged seconds. */
function post(id: number, values: Partial<Post> = {}): Post {
	return {
		id,
		path: `/${id}`,
		formerPaths: [`/old-${id}`],
		title: `Post ${id}`,
		authors: ['Ann'],
		topics: ['Tools'],
		publishedAt: null,
		wordCount: 238,
		commentCount: null,
		...values
	};
}

/** An event of visitor a, some seconds after noon UTC of 10 May 2024. */
function at(seconds: number, name: string, page: string, values: Partial<Event> = {}): Event {
	const ts = NOON + seconds * 1000;
	const moment = localDay(ts, 'UTC');
	return {
		id: '',
		site: 1,
		ts,
		received: ts,
		...moment,
		visitor: 'a',
		name,
		page,
		hostname: 'x',
		...values
	};
}

function ask(
	report: OracleReport,
	events: readonly Event[],
	values: Partial<Question> = {}
): { readonly rows: readonly Row[]; readonly totals: Row } {
	return ORACLE[report]({
		site: { id: 1, domain: 'x', zone: 'UTC' },
		posts: [post(1), post(2)],
		range: { from: '2024-05-10', to: '2024-05-10' },
		now: NOON + DAY,
		events,
		...values
	});
}

const firstRow = (answer: { readonly rows: readonly Row[] }): Row => answer.rows[0] ?? {};

describe('statistics', () => {
	it('gives the published Wilson intervals', () => {
		expect(wilson(81, 263)?.low).toBeCloseTo(0.255289, 6);
		expect(wilson(81, 263)?.high).toBeCloseTo(0.36621, 6);
		expect(wilson(0, 20)?.low).toBe(0);
		expect(wilson(0, 20)?.high).toBeCloseTo(0.1611, 4);
		expect(wilson(2, 2)?.low).toBeCloseTo(0.34238, 6);
		expect(wilson(2, 2)?.high).toBe(1);
		expect(wilson(0, 0)).toBeNull();
	});

	it('gives R-7 quantiles', () => {
		const values = [260, 42, 55, 61, 70, 75, 88, 94, 120, 133];
		expect([0.25, 0.5, 0.75].map((q) => quantile(values, q))).toEqual([63.25, 81.5, 113.5]);
		expect(quantile([], 0.5)).toBeNull();
		expect(quantile([7], 0.9)).toBe(7);
	});

	it('gives shares of beta distributions', () => {
		expect(betaShareBelow(0.3, 1, 1)).toBeCloseTo(0.3, 9);
		expect(betaShareBelow(0.9, 2, 1)).toBeCloseTo(0.81, 9);
		expect(betaShareBelow(0.25, 0.5, 0.5)).toBeCloseTo(1 / 3, 6);
		// Posteriors with the prior Beta(2, 98): 1 of 12 and 40 of 2,100.
		expect(betaShareBelow(0.00741, 3, 109)).toBeCloseTo(0.05, 3);
		expect(betaShareBelow(0.01455, 42, 2158)).toBeCloseTo(0.05, 3);
	});
});

describe('local days', () => {
	it('follows the zone', () => {
		const day = (moment: string, zone: string): unknown => localDay(Date.parse(moment), zone);
		expect(day('2024-02-28T18:14:59Z', 'Asia/Kathmandu')).toEqual({ day: '2024-02-28', hour: 23 });
		expect(day('2024-02-28T18:15:00Z', 'Asia/Kathmandu')).toEqual({ day: '2024-02-29', hour: 0 });
		expect(day('2024-10-27T00:30:00Z', 'Europe/Berlin')).toEqual({ day: '2024-10-27', hour: 2 });
		expect(day('2024-10-27T01:30:00Z', 'Europe/Berlin')).toEqual({ day: '2024-10-27', hour: 2 });
		expect(day('2024-09-08T04:00:00Z', 'America/Santiago')).toEqual({ day: '2024-09-08', hour: 1 });
		expect(day('2024-04-07T03:30:00Z', 'America/Santiago')).toEqual({
			day: '2024-04-06',
			hour: 23
		});
	});

	it('counts every date of a range', () => {
		expect(datesBetween('2024-02-28', '2024-03-01')).toEqual([
			'2024-02-28',
			'2024-02-29',
			'2024-03-01'
		]);
	});
});

describe('visits', () => {
	it('are cut by gaps over 30 minutes, whatever the order of arrival', () => {
		const events = [
			at(1800, 'comment', '/1'),
			at(0, 'pageview', '/1'),
			at(3600.001, 'pageview', '/2')
		];
		expect(ask('overview', events).totals).toMatchObject({ visitors: 1, visits: 2, page_views: 2 });
	});

	it('end with the day, and a visitor of two days counts twice', () => {
		const events = [at(43_199, 'pageview', '/1'), at(43_201, 'pageview', '/1')];
		const answer = ask('overview', events, { range: { from: '2024-05-09', to: '2024-05-11' } });
		expect(answer.rows.map((row) => [row['date'], row['visits'], row['readers']])).toEqual([
			['2024-05-09', 0, 0],
			['2024-05-10', 1, 1],
			['2024-05-11', 1, 1]
		]);
		expect(answer.rows[0]).toMatchObject({ bounce_rate: null, engaged_seconds_avg: null });
		expect(answer.totals).toMatchObject({ visitors: 2, visits: 2, readers: 2 });
	});

	it('bounce with one page view, less than 10 s and no conversion', () => {
		const bounces = (...more: readonly Event[]): unknown =>
			ask('overview', [at(0, 'pageview', '/1'), ...more]).totals['bounce_rate'];
		expect(bounces()).toBe(1);
		expect(bounces(at(9, 'engagement', '/1', { engagedMs: 9_999 }))).toBe(1);
		expect(bounces(at(9, 'engagement', '/1', { engagedMs: 10_000 }))).toBe(0);
		expect(bounces(at(9, 'engagement', '/1', { engagedMs: 10_000, pageView: 'gone' }))).toBe(0);
		expect(bounces(at(9, 'pageview', '/1'))).toBe(0);
		expect(bounces(at(9, 'subscribe', '/1'))).toBe(0);
		expect(bounces(at(9, 'cta_click', '/1', { ctas: [ebook] }))).toBe(0);
		expect(bounces(at(9, 'cta_view', '/1', { ctas: [ebook] }))).toBe(1);
		expect(ask('overview', [at(0, 'comment', '/1')]).totals['bounce_rate']).toBe(0);
	});

	it('take their source from the first page view, else are direct', () => {
		const events = [
			at(0, 'comment', '/1', google),
			at(1, 'pageview', '/1'),
			at(2, 'pageview', '/2', google),
			at(4000, 'pageview', '/2', google),
			at(4001, 'pageview', '/1'),
			at(8000, 'subscribe', '/3', google)
		];
		expect(ask('sources', events).rows).toMatchObject([
			// /1 and /2 were first viewed in the direct visit, so the reader is its; a page view is its own visit's.
			// /3 has no page view at all.
			{ channel: 'Direct', source: 'Direct', visits: 2, page_views: 2, readers: 1, subscribes: 1 },
			{ channel: 'Organic Search', source: 'Google', visits: 1, page_views: 2, readers: 0 }
		]);
	});
});

describe('the source of a reading', () => {
	it('is that of the visit with its first page view, not with its first event', () => {
		const events = [
			at(0, 'pageview', '/2', google),
			at(1, 'comment', '/1'),
			at(4000, 'pageview', '/1')
		];
		expect(ask('sources', events).rows).toMatchObject([
			{ source: 'Google', page_views: 1, comments: 0 },
			{ source: 'Direct', page_views: 1, comments: 1 }
		]);
	});
});

describe('reading', () => {
	const measured = { measured: true };

	it('is measured by the client, or by any engagement tied to it', () => {
		const events = [
			at(0, 'pageview', '/1', { pageView: 'p' }),
			at(1, 'pageview', '/1', { ...measured, pageView: 'q' }),
			at(2, 'pageview', '/1', { pageView: 'r' }),
			at(-9, 'engagement', '/2', { pageView: 'p', engagedMs: 4_000, depth: 30 })
		];
		const [one, two] = ask('posts', events).rows;
		expect(one).toMatchObject({
			page_views: 3,
			measured_page_views: 2,
			engaged_seconds_avg: 2,
			engaged_seconds_median: 2,
			depth_avg: 30,
			reads: 0,
			read_ratio: 0
		});
		expect(two).toMatchObject({ page_views: 0, readers: 0, read_ratio: null, depth_avg: null });
	});

	it('ties engagement without an id to the latest page view of the page before it', () => {
		const events = [
			at(0, 'engagement', '/1', { engagedMs: 50_000, depth: 100 }),
			at(1, 'pageview', '/1'),
			at(2, 'pageview', '/old-1', { pageView: 'p' }),
			at(3, 'pageview', '/2'),
			at(4, 'engagement', '/1', { engagedMs: 6_000, depth: 40 }),
			at(5, 'engagement', '/1', { engagedMs: 50_000, pageView: 'none' })
		];
		const [one, two] = ask('posts', events).rows;
		expect(one).toMatchObject({ page_views: 2, measured_page_views: 1, engaged_seconds_avg: 6 });
		expect(two).toMatchObject({ page_views: 1, measured_page_views: 0, engaged_seconds_avg: null });
	});

	it('shares an id used twice by time, else gives to the earliest', () => {
		const events = [
			at(0, 'engagement', '/1', { pageView: 'p', engagedMs: 1_000 }),
			at(1, 'pageview', '/1', { pageView: 'p' }),
			at(2, 'pageview', '/2', { pageView: 'p' }),
			at(2, 'engagement', '/1', { pageView: 'p', engagedMs: 5_000 })
		];
		expect(ask('posts', events).rows.map((row) => row['engaged_seconds_avg'])).toEqual([1, 5]);
	});

	it('is a read from depth 75 and a quarter of the expected time', () => {
		const reads = (words: number | null, depth: number | undefined, ms: number): unknown => {
			const engagement = { engagedMs: ms, ...(depth === undefined ? {} : { depth }) };
			const events = [at(0, 'pageview', '/1'), at(1, 'engagement', '/1', engagement)];
			return ask('overview', events, { posts: [post(1, { wordCount: words })] }).totals['reads'];
		};
		expect(reads(238, 75, 15_000)).toBe(1);
		expect(reads(238, 74, 15_000)).toBe(0);
		expect(reads(238, 75, 14_999)).toBe(0);
		expect(reads(null, 75, 29_999)).toBe(0);
		expect(reads(0, 75, 30_000)).toBe(1);
		expect(reads(238, undefined, 90_000)).toBe(0);
	});

	it('adds up its reports and keeps the greatest depth', () => {
		const events = [
			at(0, 'pageview', '/1'),
			at(1, 'engagement', '/1', { engagedMs: 8_000, depth: 80 }),
			at(2, 'engagement', '/1', { engagedMs: 7_000, depth: 60 }),
			at(3, 'pageview', '/1', { ...measured, visitor: 'b' })
		];
		// b's reading has no depth and stays out of the mean.
		expect(firstRow(ask('posts', events))).toMatchObject({
			readers: 2,
			reads: 1,
			measured_page_views: 2,
			read_ratio: 0.5,
			engaged_seconds_avg: 7.5,
			depth_avg: 80
		});
	});

	it('counts a reader of two posts of a topic once', () => {
		const events = [
			at(0, 'pageview', '/1'),
			at(1, 'pageview', '/2'),
			at(2, 'pageview', '/no-post', { visitor: 'b' })
		];
		const answer = ask('topics', events);
		expect(answer.rows).toMatchObject([
			{ topic: 'Tools', posts: 2, page_views: 2, readers: 1, reader_share: 1, post_share: 1 }
		]);
		expect(answer.totals).toMatchObject({ page_views: 3, readers: 1 });
	});

	it('follows visits from post to post', () => {
		const events = [
			at(0, 'pageview', '/1'),
			at(1, 'pageview', '/1'),
			at(2, 'pageview', '/about'),
			at(3, 'pageview', '/2'),
			at(4, 'pageview', '/1'),
			at(9000, 'pageview', '/1'),
			at(9001, 'pageview', '/about')
		];
		const [one, two] = ask('posts', events).rows;
		expect(one).toMatchObject({ entrances: 2, exits: 1, recirculation_rate: 1 / 2 });
		expect(two).toMatchObject({ entrances: 0, exits: 0, recirculation_rate: 1 });
		expect(firstRow(ask('authors', events))).toMatchObject({ recirculation_rate: 2 / 3 });
	});
});

describe('recirculation', () => {
	const rates = (...pages: readonly string[]): unknown =>
		ask(
			'posts',
			pages.map((page, seconds) => at(seconds, 'pageview', page))
		).rows.map((row) => row['recirculation_rate']);

	it('needs a different post, later', () => {
		expect(rates('/2', '/1')).toEqual([0, 1]);
		expect(rates('/1', '/old-1', '/about')).toEqual([0, null]);
		expect(rates('/1', '/2', '/1')).toEqual([1, 1]);
	});
});

describe('converting', () => {
	it('counts a subscribe once per visitor, day and form, on the first page', () => {
		const events = [
			at(0, 'pageview', '/1'),
			at(1, 'pageview', '/2'),
			at(3, 'subscribe', '/1', { form: 'f' }),
			at(2, 'subscribe', '/2', { form: 'f' }),
			at(4, 'subscribe', '/1'),
			at(5, 'subscribe', '/1'),
			at(6, 'subscribe', '/about', { visitor: 'b', form: 'f' })
		];
		const [one, two] = ask('posts', events).rows;
		expect(one).toMatchObject({ subscribes: 1, subscribe_rate: 1, conversions: 1 });
		expect(two).toMatchObject({ subscribes: 1, subscribe_rate: 1, conversions: 1 });
		const { totals } = ask('overview', events);
		expect(totals).toMatchObject({ subscribes: 3, conversions: 3, readers: 1 });
	});

	it('rates only readers of the very post', () => {
		const events = [
			at(0, 'pageview', '/1'),
			at(1, 'subscribe', '/2'),
			at(2, 'pageview', '/1', { visitor: 'b' }),
			at(3, 'cta_click', '/1', { visitor: 'b', ctas: [ebook] })
		];
		expect(firstRow(ask('topics', events))).toMatchObject({
			readers: 2,
			subscribes: 1,
			subscribe_rate: 0,
			conversions: 2,
			conversion_rate: 0.5,
			conversions_per_1000_readers: 1000
		});
	});

	it('takes each unknown page-view id for a page view of its own, none at all for one', () => {
		const events = ['x', 'x', 'y'].map((pageView, seconds) =>
			at(seconds, 'cta_view', '/1', { pageView, ctas: [ebook] })
		);
		const bare = [at(8, 'cta_view', '/1', { ctas: [ebook] })];
		expect(ask('ctas', events).totals).toMatchObject({ cta_eligible: 2, cta_impressions: 2 });
		expect(ask('ctas', [...events, ...bare, ...bare]).totals).toMatchObject({ cta_eligible: 3 });
	});

	it('counts CTAs per page view', () => {
		const events = [
			at(0, 'pageview', '/1', { pageView: 'p', ctas: [ebook, ebookB] }),
			at(1, 'engagement', '/1', { ctas: [ebook] }),
			at(2, 'cta_view', '/1', { pageView: 'p', ctas: [ebook] }),
			at(3, 'cta_click', '/1', { ctas: [ebook] }),
			at(4, 'cta_click', '/1', { ctas: [ebook] }),
			at(5, 'cta_view', '/1', { pageView: 'unknown', ctas: [ebook] }),
			at(6, 'cta_view', '/about', { ctas: [ebook] }),
			at(7, 'cta_click', '/about', { ctas: [ebook] })
		];
		const answer = ask('ctas', events);
		expect(answer.rows).toMatchObject([
			{ path: '/1', variant: '', cta_eligible: 2, cta_impressions: 2, cta_clicks: 2, cta_ctr: 1 },
			{ path: '/1', variant: 'b', cta_eligible: 1, viewability_rate: 0, cta_ctr: null },
			{ path: '/about', cta_eligible: 1, cta_impressions: 1, cta_clicks: 1, cta_clickers: 1 }
		]);
		expect(answer.totals).toMatchObject({ cta_eligible: 4, cta_exposed: 1, cta_clickers: 1 });
	});
});

describe('the life of a post', () => {
	const hour = 3_600_000;
	const publishedAt = NOON - 40 * DAY;

	it('has first-30-day readers once it is old enough and recorded whole', () => {
		const seconds = -40 * 86_400;
		const days30 = 30 * 86_400;
		const events = [
			at(seconds, 'comment', '/1'),
			at(seconds, 'pageview', '/1'),
			at(seconds + 5, 'pageview', '/1'),
			at(seconds + days30 - 1, 'pageview', '/1'),
			at(seconds + days30, 'pageview', '/1', { visitor: 'b' }),
			at(seconds + 10, 'pageview', '/2')
		];
		const median = (posts: readonly Post[], now = NOON): unknown =>
			firstRow(ask('topics', events, { posts, now }))['median_first_30_day_readers'];
		expect(median([post(1, { publishedAt })])).toBe(2);
		expect(median([post(1, { publishedAt }), post(2, { publishedAt })])).toBe(1.5);
		// On the first day a page view came before publication; b's of day 30 is within.
		expect(median([post(1, { publishedAt: publishedAt + 1000 })])).toBe(2);
		expect(median([post(1, { publishedAt: publishedAt - 1 })])).toBeNull();
		expect(median([post(1, { publishedAt })], publishedAt + 30 * DAY - 1)).toBeNull();
		expect(median([post(1, { publishedAt })], publishedAt + 30 * DAY)).toBe(2);
	});

	it('counts posts published on the local days of the range', () => {
		const posts = [post(1, { publishedAt: Date.parse('2024-05-10T18:15:00Z') }), post(2)];
		const published = (day: string): unknown =>
			firstRow(
				ask('authors', [], {
					posts,
					site: { id: 1, domain: 'x', zone: 'Asia/Kathmandu' },
					range: { from: day, to: day }
				})
			)['posts_published'];
		expect(published('2024-05-10')).toBe(0);
		expect(published('2024-05-11')).toBe(1);
	});

	it('is set beside the posts before it at the same age', () => {
		const posts = [1, 2, 3, 4].map((id) => post(id, { publishedAt: NOON - 10 * hour + id * hour }));
		const reader = (id: number, age: number, visitor: string): Event =>
			at((id - 10 + age) * 3600, 'pageview', `/${id}`, { visitor });
		const events = [
			at(-10 * 3600, 'pageview', '/'),
			...['a', 'b', 'c'].map((visitor) => reader(1, 1, visitor)),
			reader(2, 0, 'a'),
			reader(3, 4.9, 'a'),
			reader(3, 6, 'b'),
			reader(4, 5.9, 'a'),
			reader(4, 6, 'b')
		];
		const { rows } = ask('recent', events, { posts, now: NOON + 1800_000 });
		expect(rows.map((row) => [row['post_id'], row['age_hours']])).toEqual([
			[4, 6],
			[3, 7],
			[2, 8],
			[1, 9]
		]);
		// Readers at age 6 h of posts 3, 2, 1: 1, 1, 3.
		expect(rows[0]).toMatchObject({ readers_cumulative: 1, typical_p50: 1, typical_p75: 2 });
		expect(rows[0]?.['typical_p90']).toBeCloseTo(2.6, 12);
		expect(rows[1]).toMatchObject({ readers_cumulative: 2, typical_p50: null });
	});
});

describe('the newest posts', () => {
	it('are ten, and compared with thirty', () => {
		// One a day, 44 and 45 together, 46 still to come.
		const dayOf = (id: number): number => NOON - (46 - (id === 45 ? 44 : id)) * DAY;
		const posts = Array.from({ length: 46 }, (_, zero) =>
			post(zero + 1, { publishedAt: dayOf(zero + 1) })
		);
		const events = [
			at(-50 * 86_400, 'comment', '/'),
			...posts
				.filter((one) => one.id <= 13)
				.map((one) => at((one.id - 46) * 86_400, 'pageview', one.path))
		];
		const { rows } = ask('recent', events, { posts, now: NOON - DAY });
		expect(rows.map((row) => row['post_id'])).toEqual([45, 44, 43, 42, 41, 40, 39, 38, 37, 36]);
		// Before post 45 stand 43 to 14, which nobody read; before post 36 stand 35 to 6, eight of them read.
		expect(rows[0]?.['typical_p90']).toBe(0);
		expect(rows[9]).toMatchObject({ typical_p75: 0.75, typical_p90: 1 });
	});
});

describe('generated streams', () => {
	const reports = Object.keys(ORACLE_COLUMNS).filter(
		(id): id is OracleReport => id in ORACLE_COLUMNS
	);

	it('answer every column of every report and add up', () => {
		fc.assert(
			fc.property(questionArbitrary, (question) => {
				for (const id of reports) {
					const [keys, metrics] = ORACLE_COLUMNS[id];
					const columns = [...keys, ...metrics.split(' ')];
					for (const row of ORACLE[id](question).rows)
						expect(columns.filter((column) => row[column] === undefined)).toEqual([]);
				}
				const { rows, totals } = ORACLE.overview(question);
				for (const column of ['visitors', 'visits', 'page_views', 'readers', 'conversions'])
					expect(rows.reduce((sum, row) => sum + Number(row[column]), 0)).toBe(totals[column]);
				const bySource = ORACLE.sources(question);
				for (const column of ['visits', 'page_views', 'reads', 'subscribes'])
					expect(bySource.rows.reduce((sum, row) => sum + Number(row[column]), 0)).toBe(
						totals[column]
					);
			}),
			{ numRuns: 100, seed: 7 }
		);
	});

	it('reach every metric: something other than zero or nothing', () => {
		const reached = new Set<string>();
		for (const question of fc.sample(questionArbitrary, { numRuns: 100, seed: 11 }))
			for (const id of reports)
				for (const row of ORACLE[id](question).rows)
					for (const [column, value] of Object.entries(row))
						if (value !== null && value !== 0) reached.add(`${id} ${column}`);
		const missing = reports.flatMap((id) =>
			ORACLE_COLUMNS[id][1].split(' ').filter((column) => !reached.has(`${id} ${column}`))
		);
		expect(missing).toEqual([]);
	});

	it('place events on the right local day', () => {
		const question = fc.sample(questionArbitrary, { numRuns: 60, seed: 3 });
		const zones = new Set(question.map(({ site }) => site.zone));
		expect(zones.size).toBeGreaterThan(4);
		const days = question.flatMap(({ events }) => events.map((event) => event.day));
		expect(days).toContain('2024-02-29');
	});
});
