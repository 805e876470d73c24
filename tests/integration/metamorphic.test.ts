/**
 * A few rounds by default. The nightly form: ORACLE_RUNS=500 npx vitest run tests/integration/metamorphic.test.ts
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { additiveDimensions } from '../../analytics/additive-dimensions.ts';
import { DIMENSIONS, type DimensionId } from '../../analytics/dimensions.ts';
import type { Event } from '../../analytics/events/event.ts';
import { openEngine } from '../../analytics/engine.ts';
import { takeBody } from '../../analytics/intake/intake.ts';
import { keysOf } from '../../analytics/keys-of.ts';
import { METRICS, type MetricId } from '../../analytics/metrics.ts';
import type { Post } from '../../analytics/posts/post.ts';
import { ask } from '../../analytics/reports/ask.ts';
import { WHOLE_SITE } from '../../analytics/query/scope.ts';
import { REPORTS } from '../../analytics/reports/registry.ts';
import type { Filter, Row } from '../../analytics/reports/result.ts';
import { runReport } from '../../analytics/reports/run.ts';
import { parseSettings } from '../../analytics/settings.ts';
import { CHROME } from '../http/client.ts';
import { questionArbitrary, steadyQuestionArbitrary } from '../oracle/arbitraries.ts';
import { expectCells, expectRows } from '../oracle/expect-rows.ts';
import { addDays, localDay } from '../oracle/local-day.ts';
import { kindOf, ORACLE_METRICS, type MetricQuestion } from '../oracle/metric-oracle.ts';
import { filtersArbitrary, metricAskArbitrary } from '../oracle/metric-questions.ts';
import type { Question } from '../oracle/oracle.ts';
import { temporaryFolder } from '../support/temp.ts';
import { LAST_DAY, rollUp } from '../oracle/recording.ts';
import { openAskedEngine, type AskedEngine } from './asked-engine.ts';

const RUNS = Number(process.env['ORACLE_RUNS'] ?? 3);
const TIME = { timeout: 60_000 + RUNS * 15_000 };
/** On a slow machine fewer runs are made, so that nobody waits. */
const BOUNDS = {
	numRuns: RUNS,
	...('ORACLE_RUNS' in process.env ? {} : { interruptAfterTimeLimit: 30_000 })
};
const DAY_MS = 86_400_000;

const ALL_DIMENSIONS = keysOf(DIMENSIONS);
const isMetric = (text: string): text is MetricId => Object.hasOwn(METRICS, text);
const ALL_METRICS = ORACLE_METRICS.filter(isMetric);
/** Metrics that count something: a part has no more of it than the whole. */
const COUNTS = ALL_METRICS.filter((id) => {
	const metric = METRICS[id];
	return metric.kind === 'base' && metric.empty === 0;
});

let engine: AskedEngine;
let segment = 0;

beforeAll(async () => {
	engine = await openAskedEngine('metamorphic');
});
afterAll(() => engine.close());

const several = (of: fc.Arbitrary<Question>): fc.Arbitrary<readonly Question[]> =>
	fc.array(of, { minLength: 1, maxLength: 3, size: 'max' });

/** Stores questions' events and catalogues as sites of their own. */
async function stored(drawn: readonly Question[]): Promise<readonly Question[]> {
	const questions = drawn.map(engine.ofNewSite);
	for (const { site, posts } of questions) await engine.store.putCatalogue(site, posts);
	await append(questions.flatMap(({ events }) => events));
	await engine.store.settle();
	// The days of some sites are summed up, those of others in part or not.
	for (const [index, { site, range }] of questions.entries())
		if (index % 3 < 2)
			await rollUp(engine.store, site.id, index % 3 === 0 ? LAST_DAY : addDays(range.from, 1));
	return questions;
}

async function append(events: readonly Event[]): Promise<number> {
	const lines = events.map((event) => JSON.stringify(event));
	return engine.store.append(lines, { segment: (segment += 1), offset: 0 });
}

const plain = ({ range }: Question, more: Partial<MetricQuestion> = {}): MetricQuestion => ({
	metrics: COUNTS,
	by: [],
	interval: 'day',
	range,
	filters: [],
	postsOnly: false,
	...more
});

async function total(question: Question, more: Partial<MetricQuestion> = {}): Promise<Row> {
	const [row] = await engine.ask(question, plain(question, { ...more, by: [] }));
	return row ?? {};
}

const sumOf = (rows: readonly Row[], id: string): number =>
	rows.reduce((sum, row) => sum + Number(row[id]), 0);

test('a filter never raises a count', TIME, async () => {
	await fc.assert(
		fc.asyncProperty(
			several(questionArbitrary),
			filtersArbitrary,
			filtersArbitrary,
			fc.option(fc.constantFrom<MetricQuestion['by'][number]>('date', ...ALL_DIMENSIONS), {
				nil: null
			}),
			async (drawn, few, more, dimension) => {
				const by = dimension === null ? [] : [dimension];
				const metrics = COUNTS.filter((id) => kindOf(id, by) !== null);
				for (const question of await stored(drawn)) {
					const steps: readonly (readonly Filter[])[] = [[], few, [...few, ...more]];
					let above: readonly Row[] | null = null;
					for (const filters of steps) {
						const rows = await engine.ask(question, plain(question, { metrics, by, filters }));
						for (const row of rows) {
							const whole = above?.find((other) => by.every((key) => other[key] === row[key]));
							if (above !== null) expect(whole, JSON.stringify(row)).toBeDefined();
							for (const id of whole === undefined ? [] : metrics)
								expect(Number(row[id]), id).toBeLessThanOrEqual(Number(whole?.[id]) + 1e-9);
						}
						above = rows;
					}
				}
			}
		),
		BOUNDS
	);
});

describe('the parts of a whole', () => {
	test('add up over every dimension that the metric names', TIME, async () => {
		const range = { from: '2023-01-01', to: '2026-01-01' };
		await fc.assert(
			fc.asyncProperty(
				several(steadyQuestionArbitrary),
				fc.subarray([...ALL_DIMENSIONS], { minLength: 5, maxLength: 5 }),
				async (drawn, dimensions) => {
					for (const question of await stored(drawn)) {
						const whole = await total(question, { range });
						for (const dimension of dimensions) {
							const metrics = COUNTS.filter(
								(id) =>
									kindOf(id, [dimension]) !== null && additiveDimensions(id).includes(dimension)
							);
							const by: MetricQuestion['by'] = [dimension];
							const rows = await engine.ask(question, plain(question, { range, metrics, by }));
							for (const id of metrics)
								expect(sumOf(rows, id), `${id} by ${dimension}`).toBeCloseTo(Number(whole[id]), 6);
						}
					}
				}
			),
			BOUNDS
		);
	});

	test('do not add up over any other', async () => {
		const [question] = await stored([oneReaderTwice()]);
		if (question === undefined) throw new Error('nothing stored');
		const whole = await total(question);
		for (const dimension of ALL_DIMENSIONS)
			for (const id of COUNTS) {
				const isKnown = kindOf(id, [dimension]) !== null;
				// A visit that viewed something has one source and one client, as every visit.
				const isOfVisit = id === 'viewing_visits' && kindOf('visits', [dimension]) !== null;
				if (!isKnown || isOfVisit || additiveDimensions(id).includes(dimension)) continue;
				const rows = await engine.ask(
					question,
					plain(question, { metrics: [id], by: [dimension] })
				);
				expect(sumOf(rows, id), `${id} by ${dimension}`).toBeGreaterThan(Number(whole[id]));
			}
	});

	test(
		'split at a day add up for what counts days, split by the hour for what counts moments',
		TIME,
		async () => {
			await fc.assert(
				fc.asyncProperty(
					several(questionArbitrary),
					fc.nat(40),
					filtersArbitrary,
					fc.constantFrom('day', 'week', 'month'),
					async (drawn, cut, filters, interval) => {
						for (const question of await stored(drawn)) {
							const from = addDays(question.range.from, -20);
							const to = addDays(from, 41);
							const middle = addDays(from, cut);
							const whole = await total(question, { range: { from, to }, filters });
							const halves = [
								await total(question, { range: { from, to: middle }, filters }),
								await total(question, { range: { from: addDays(middle, 1), to }, filters })
							];
							const byDate = (width: MetricQuestion['interval']): Promise<readonly Row[]> =>
								engine.ask(
									question,
									plain(question, { range: { from, to }, filters, by: ['date'], interval: width })
								);
							const dates = await byDate(interval);
							const hours = await byDate('hour');
							for (const id of COUNTS) {
								const { additive } = METRICS[id];
								if (additive.days) {
									expect(sumOf(halves, id), id).toBeCloseTo(Number(whole[id]), 6);
									expect(sumOf(dates, id), `${id} by ${interval}`).toBeCloseTo(
										Number(whole[id]),
										6
									);
								}
								if (additive.hours)
									expect(sumOf(hours, id), `${id} by hour`).toBeCloseTo(Number(whole[id]), 6);
								else expect(sumOf(hours, id) + 1e-9).toBeGreaterThanOrEqual(Number(whole[id]));
							}
						}
					}
				),
				BOUNDS
			);
		}
	);

	test('of a visitor who reads two posts of two topics are one reader and more', async () => {
		const posts = [post(1, ['Selling', 'Tools']), post(2, ['Tools'])];
		const [question] = await stored([
			quiet(posts, [view('a', '/post-1', 10), view('a', '/post-2', 20), view('b', '/post-2', 20)])
		]);
		if (question === undefined) throw new Error('nothing stored');
		const by = async (key: DimensionId): Promise<readonly Row[]> =>
			engine.ask(question, plain(question, { metrics: ['readers', 'page_views'], by: [key] }));
		expect(await total(question)).toMatchObject({ readers: 2, page_views: 3 });
		expect(new Map((await by('topic')).map((row) => [row['topic'], row['readers']]))).toEqual(
			new Map([
				['Selling', 1],
				['Tools', 2]
			])
		);
		expect(sumOf(await by('post'), 'readers')).toBe(3);
		expect(sumOf(await by('post'), 'page_views')).toBe(3);
		expect(sumOf(await by('topic'), 'page_views')).toBe(4);
	});
});

test('events that come again change nothing', TIME, async () => {
	await fc.assert(
		fc.asyncProperty(
			several(questionArbitrary),
			fc.array(metricAskArbitrary, { minLength: 3, maxLength: 3 }),
			async (drawn, asks) => {
				const questions = await stored(drawn);
				const answers = async (): Promise<unknown> =>
					Promise.all(
						questions.flatMap((question) =>
							asks.map(async (of) => inOrder(await engine.ask(question, of(question))))
						)
					);
				const before = await answers();
				const events = questions.flatMap((question) => question.events);
				expect(await append(events)).toBe(0);
				expect(
					await append(
						events
							.toReversed()
							.map((event) => ({ ...event, received: event.received + 60_000, page: '/other' }))
					)
				).toBe(0);
				await engine.store.settle();
				expect(await answers()).toEqual(before);
			}
		),
		BOUNDS
	);
});

const inOrder = (rows: readonly Row[]): readonly string[] =>
	rows.map((row) => JSON.stringify(row)).sort();

test('bots change nothing, and are counted as dropped', async () => {
	using folder = temporaryFolder('bots');
	const bots = await openEngine({ settings: parseSettings({ DATA_DIR: folder.path }) });
	const site = bots.addSite('blog.example.com', 'Europe/Berlin');
	const readers = [CHROME, CHROME.replace('141', '140')];
	const crawlers = [
		'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
		CHROME.replace('Chrome/', 'HeadlessChrome/'),
		'curl/8.5.0',
		undefined
	];
	const send = async (userAgent: string | undefined): Promise<void> => {
		for (const n of ['pageview', 'engagement', 'subscribe'])
			for (const path of ['/a', '/b']) {
				const body = { n, u: `https://blog.example.com${path}`, sd: 90, e: 9_000, f: 'footer' };
				const sender = { ip: '203.0.113.9', userAgent };
				expect((await takeBody(JSON.stringify(body), sender, bots.intake)).status).toBe(202);
			}
	};
	const day = localDay(Date.now(), site.zone).day;
	const answers = async (): Promise<unknown> => {
		await bots.drain();
		const query = { interval: 'hour' as const, filters: [] };
		const range = { from: addDays(day, -1), to: addDays(day, 1) };
		return Promise.all(
			([[], ['date'], ['page'], ['browser']] as const).map(async (by) => {
				const metrics = ALL_METRICS.filter((id) => kindOf(id, by) !== null);
				return inOrder(
					await ask({ site, query, store: bots.store, scope: WHOLE_SITE }, range, { metrics, by })
				);
			})
		);
	};
	for (const reader of readers) await send(reader);
	const before = await answers();
	for (const bot of crawlers) await send(bot);
	expect(await answers()).toEqual(before);
	const dropped = bots.drops(site).ofSite.reasons.map(({ lastDay }) => lastDay);
	expect(dropped.reduce((sum, count) => sum + count, 0)).toBe(crawlers.length * 6);
	await bots.close();
});

describe('a week later', () => {
	test('without a clock change every report is the same, a week on', TIME, async () => {
		const steadyZones = ['UTC', 'Asia/Kathmandu'];
		const inSteadyZone = questionArbitrary.filter(({ site }) => steadyZones.includes(site.zone));
		await fc.assert(
			fc.asyncProperty(several(inSteadyZone), async (drawn) => {
				const before = await stored(drawn);
				const after = await stored(
					drawn.map((question) => later(question, (ts) => ts + 7 * DAY_MS))
				);
				for (const [index, question] of before.entries()) {
					const other = after[index];
					if (other !== undefined) await expectSameReports(question, other);
				}
			}),
			BOUNDS
		);
	});

	test.each([
		['Europe/Berlin', '2024-03-25'],
		['Europe/Berlin', '2024-10-21'],
		['America/New_York', '2024-03-04'],
		['America/Santiago', '2024-04-01'],
		['Australia/Lord_Howe', '2024-10-01'],
		['Africa/Casablanca', '2024-03-05']
	])('in %s from %s the same hours by the clock give the same report', async (zone, monday) => {
		await fc.assert(
			fc.asyncProperty(daytimeEvents(zone, monday), async (drawn) => {
				const [before] = await stored([drawn]);
				const [after] = await stored([later(drawn, (ts) => sameClock(ts, zone))]);
				if (before !== undefined && after !== undefined) await expectSameMetrics(before, after);
			}),
			{ ...BOUNDS, numRuns: Math.ceil(RUNS / 6) }
		);
	});
});

/** A site's whole life moved by a week, by the clock of the site. */
function later(question: Question, move: (ts: number) => number): Question {
	const { site, posts, events, range, now } = question;
	return {
		site,
		posts: posts.map((post) => ({
			...post,
			publishedAt: post.publishedAt === null ? null : move(post.publishedAt)
		})),
		events: events.map((event) => {
			const ts = move(event.ts);
			return {
				...event,
				ts,
				received: event.received - event.ts + ts,
				...localDay(ts, site.zone)
			};
		}),
		range: { from: addDays(range.from, 7), to: addDays(range.to, 7) },
		now: move(now)
	};
}

/** The moment seven local days later at the same time by the clock. */
function sameClock(ts: number, zone: string): number {
	const offset = (at: number): number => {
		const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
		const name = parts.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
		const [, sign = '+', hours = '0', minutes = '0'] = /([+-])(\d+):?(\d+)?/.exec(name) ?? [];
		return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
	};
	const plain = ts + 7 * DAY_MS;
	return plain + offset(ts) - offset(plain);
}

const weekOn = (row: Row): Row => {
	const date = row['date'];
	return typeof date === 'string'
		? { ...row, date: addDays(date.slice(0, 10), 7) + date.slice(10) }
		: row;
};

async function expectSameMetrics(before: Question, after: Question): Promise<void> {
	for (const interval of ['hour', 'day', 'week'] as const)
		for (const by of [[], ['date'], ['date', 'post']] as const) {
			const metrics = ALL_METRICS.filter((id) => kindOf(id, by) !== null);
			const rows = await engine.ask(before, plain(before, { metrics, by, interval }));
			const moved = await engine.ask(after, plain(after, { metrics, by, interval }));
			expectRows(`by ${by.join()}`, moved, rows.map(weekOn), by, metrics);
		}
}

async function expectSameReports(before: Question, after: Question): Promise<void> {
	for (const id of keysOf(REPORTS)) {
		const [old, moved] = await Promise.all(
			[before, after].map((question) => reportOf(id, question))
		);
		if (old === undefined || moved === undefined) continue;
		const columns = old.columns.map((column) => column.id);
		const keys = columns.filter((column) =>
			REPORTS[id].keys.some((key) => key.id === column && column !== 'published_at')
		);
		const values = columns.filter((column) => column !== 'published_at');
		expectRows(id, moved.rows, old.rows.map(weekOn), keys, values);
		expectCells(`${id} totals`, moved.totals, old.totals, REPORTS[id].metrics);
	}
}

async function reportOf(
	id: keyof typeof REPORTS,
	{ site, posts, range, now }: Question
): ReturnType<typeof runReport> {
	const query = {
		site: site.domain,
		zone: site.zone,
		period: 'custom',
		...range,
		compare: null,
		interval: 'day' as const,
		by: null,
		filters: [],
		sort: null,
		search: ''
	};
	return runReport(id, {
		site,
		query,
		store: engine.store,
		scope: WHOLE_SITE,
		posts,
		peers: posts,
		commentGrowth: () => new Map<number, number>(),
		now
	});
}

const NOON = Date.parse('2024-05-10T12:00:00Z');

function post(id: number, topics: readonly string[]): Post {
	return {
		id,
		path: `/post-${id}`,
		formerPaths: [],
		title: `Post ${id}`,
		authors: ['Ada'],
		topics,
		publishedAt: NOON,
		wordCount: 238,
		commentCount: null
	};
}

let events = 0;
function view(visitor: string, page: string, minute: number): Event {
	const ts = NOON + minute * 60_000;
	return {
		id: `m${(events += 1)}`,
		site: 1,
		ts,
		received: ts,
		...localDay(ts, 'UTC'),
		visitor: visitor.padStart(16, '0'),
		name: 'pageview',
		page,
		hostname: 'blog.example.com'
	};
}

/** A reader who comes back an hour later from elsewhere: one person in two rows of every dimension but the client's. */
function oneReaderTwice(): Question {
	const posts = [post(1, ['A', 'B']), post(2, ['B', 'C']), post(3, ['A', 'C'])];
	const reading = (page: string, minute: number, more: Partial<Event>): readonly Event[] => {
		const cta = { id: `cta${page}`, placement: page, variant: page };
		const step = (after: number, own: Partial<Event>): Event => ({
			...view('a', page, minute + after),
			...more,
			...own
		});
		return [
			step(0, { measured: true, ctas: [cta] }),
			step(1, { name: 'engagement', depth: 100, engagedMs: 60_000 }),
			step(2, { name: 'cta_view', ctas: [cta] }),
			step(3, { name: 'cta_click', ctas: [cta] }),
			step(4, { name: 'subscribe', form: page }),
			step(5, { name: 'comment' })
		];
	};
	const from = (name: string): Partial<Event> => ({
		source: name,
		channel: name,
		referrer: name,
		utmSource: name,
		utmMedium: name,
		utmCampaign: name,
		utmContent: name,
		utmTerm: name,
		hostname: `${name}.example`
	});
	return quiet(
		posts.map((one) => ({ ...one, authors: ['Ada', 'Grace'] })),
		[
			...reading('/post-1', 0, from('google')),
			...reading('/post-3', 10, from('google')),
			...reading('/post-2', 100, from('newsletter'))
		]
	);
}

const quiet = (posts: readonly Post[], own: readonly Event[]): Question => ({
	site: { id: 1, domain: 'blog.example.com', zone: 'UTC' },
	posts,
	events: own,
	range: { from: '2024-05-10', to: '2024-05-10' },
	now: NOON + DAY_MS
});

/** Events of a week from nine to six, when no clock changes. */
function daytimeEvents(zone: string, monday: string): fc.Arbitrary<Question> {
	const posts = [post(1, ['Selling']), post(2, [])];
	const noonOf = (day: string): number => {
		const guess = Date.parse(`${day}T12:00:00Z`);
		return guess - (localDay(guess, zone).hour - 12) * 3_600_000;
	};
	const moment = fc.record({
		day: fc.nat(6),
		minute: fc.integer({ min: -170, max: 350 }),
		visitor: fc.constantFrom('a', 'b'),
		page: fc.constantFrom('/post-1', '/post-2', '/'),
		name: fc.constantFrom('pageview', 'pageview', 'engagement', 'subscribe')
	});
	return fc.array(moment, { minLength: 1, maxLength: 40 }).map((moments) => ({
		...quiet(
			posts,
			moments.map(({ day, minute, visitor, page, name }) => {
				const ts = noonOf(addDays(monday, day)) + minute * 60_000;
				const more = name === 'engagement' ? { depth: 80, engagedMs: 20_000 } : {};
				return {
					...view(visitor, page, 0),
					ts,
					received: ts,
					...localDay(ts, zone),
					name,
					...more
				};
			})
		),
		site: { id: 1, domain: 'blog.example.com', zone },
		range: { from: monday, to: addDays(monday, 6) }
	}));
}
