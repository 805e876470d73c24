import { expect, type Page } from '@playwright/test';
import { DEMO_SITE, newReader, visitedDemoUrl } from './support/demo.ts';
import { readServed } from './support/served.ts';
import { getCsv, getReport, getText, searchOf } from './support/report.ts';
import { still } from './support/still.ts';
import { test } from './support/test.ts';
import { watch } from './support/watch.ts';

/** The shortest articles: reading one at the pace that counts as a read takes half a minute. */
const READ_THROUGH = '/demo-blog/hello-from-plain-pitch';
const CLICKED_AWAY = '/demo-blog/quiet-hours';

const DAY_MS = 86_400_000;
/** Today and tomorrow, so that a midnight within the test changes nothing. */
const today = (): string => new Date().toISOString().slice(0, 10);
const tomorrow = (): string => new Date(Date.now() + DAY_MS).toISOString().slice(0, 10);
const DAYS = { from: today(), to: tomorrow(), compare: 'none' };
const VISIBLE_WITHIN_MS = 15_000;
const POLL_MS = 100;
const WORDS_A_MINUTE = 238;
const COUNTED = ['page_views', 'reads', 'cta_exposed', 'cta_clickers', 'subscribes'] as const;

type Counts = Readonly<Record<string, number>>;

interface MeasuredPost {
	readonly id: number;
	readonly wordCount: number;
	readonly path: string;
}

const origin = visitedDemoUrl();

const findPost = async (path: string): Promise<MeasuredPost> => {
	const { rows } = await getReport(origin, DEMO_SITE, 'posts', DAYS);
	const id = rows.find((row) => row.path === path)?.post_id;
	const words = /([\d,]+) words/.exec(await getText(screenOf(Number(id))))?.[1];
	return { id: Number(id), wordCount: Number(words?.replace(',', '')), path };
};

const screenOf = (id: number): string => `${origin}/${DEMO_SITE}/posts/${id}${searchOf(DAYS)}`;

/** What the dashboard's screen of a post says: its page views and its funnel. */
const onScreen = async (reader: Page, { id }: MeasuredPost): Promise<Counts> => {
	const { figures } = await readServed(reader, await getText(screenOf(id)));
	return Object.fromEntries(figures.map(({ metric, value }) => [metric, Number(value)]));
};

const inCsv = async ({ path }: MeasuredPost): Promise<Counts> => {
	const rows = await getCsv(origin, DEMO_SITE, 'posts', DAYS);
	const row = rows.find((candidate) => candidate.path === path);
	return Object.fromEntries(COUNTED.map((metric) => [metric, Number(row?.[metric])]));
};

const inJson = async ({ path }: MeasuredPost): Promise<Counts> => {
	const { rows } = await getReport(origin, DEMO_SITE, 'posts', DAYS);
	const row = rows.find((candidate) => candidate.path === path);
	return Object.fromEntries(COUNTED.map((metric) => [metric, Number(row?.[metric])]));
};

const grown = (counts: Counts, by: Counts): Counts =>
	Object.fromEntries(
		Object.entries(counts).map(([metric, count]) => [metric, count + (by[metric] ?? 0)])
	);

/** Waits until a figure of the post reached a value; fails once the time since `since` is long up. */
const untilVisible = async (
	post: MeasuredPost,
	metric: (typeof COUNTED)[number],
	value: number,
	since: number
): Promise<void> => {
	for (;;) {
		const counts = await inJson(post);
		const elapsed = performance.now() - since;
		if (counts[metric] === value) return;
		if (elapsed > VISIBLE_WITHIN_MS)
			throw new Error(`${metric} is ${counts[metric]}, not ${value}, after ${elapsed} ms.`);
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	}
};

/** When the tracker sends an event of a name: from then on the dashboard has two seconds. */
const sent = async (page: Page, name: string): Promise<number> => {
	await page.waitForRequest(
		(request) =>
			request.url().endsWith('/api/event') && (request.postData() ?? '').includes(`"n":"${name}"`)
	);
	return performance.now();
};

/** Scrolls from the top to the last line at an even pace that counts as reading. */
const readToTheEnd = async (page: Page, { wordCount }: MeasuredPost): Promise<void> => {
	const seconds = Math.ceil((wordCount / WORDS_A_MINUTE) * 60 * 0.25) + 2;
	const distance = await page
		.locator('[data-byline-article]')
		.evaluate((article) => article.getBoundingClientRect().bottom - innerHeight);
	await page.mouse.move(600, 400);
	const started = performance.now();
	for (let second = 1; second <= seconds; second++) {
		await page.mouse.wheel(0, Math.ceil(distance / seconds) + 1);
		await page.waitForTimeout(Math.max(0, started + second * 1_000 - performance.now()));
	}
};

const wheelTo = async (page: Page, selector: string): Promise<void> => {
	const top = await page
		.locator(selector)
		.first()
		.evaluate((element) => element.getBoundingClientRect().top - innerHeight / 3);
	await page.mouse.wheel(0, top);
};

const blogPageViews = async (): Promise<number> => {
	const { totals } = await getReport(origin, DEMO_SITE, 'overview', DAYS);
	return Number(totals.page_views);
};

test.beforeEach(() => still(origin));

test('read to the end, see a CTA, click it, subscribe: each grows by one', async ({ browser }) => {
	test.slow();
	const blog = await blogPageViews();
	const post = await findPost(READ_THROUGH);
	expect(post.wordCount).toBeGreaterThan(300);
	const dashboard = await browser.newPage();
	const context = await browser.newContext({ userAgent: newReader() });
	const page = await context.newPage();
	const problems = watch(page);
	const [screen, csv, json] = [
		await onScreen(dashboard, post),
		await inCsv(post),
		await inJson(post)
	];
	expect(csv).toEqual(json);

	const expectOneMore = async (
		metric: (typeof COUNTED)[number],
		onPost: string,
		since: number
	): Promise<void> => {
		const value = (json[metric] ?? 0) + 1;
		await untilVisible(post, metric, value, since);
		expect((await onScreen(dashboard, post))[onPost], onPost).toBe((screen[onPost] ?? 0) + 1);
	};

	const opened = sent(page, 'pageview');
	await page.goto(origin + post.path);
	await expectOneMore('page_views', 'page_views', await opened);

	// The reader sees more than one CTA on the way down, and is one exposed reader all the same.
	const exposed = sent(page, 'cta_view');
	await readToTheEnd(page, post);
	await wheelTo(page, '[data-cta-placement=end-of-post]');
	await page.waitForTimeout(1_300);
	await exposed;
	await expectOneMore('cta_exposed', 'funnel_cta_exposed', performance.now());

	// In a tab of its own: coming back then means closing that tab. The back button would show the article a second
	// time, and a page that comes out of the back/forward cache is a page view of its own (the test below).
	const offered = context.waitForEvent('page');
	const clicked = sent(page, 'cta_click');
	await page.locator('[data-cta-placement=end-of-post]').click({ modifiers: ['ControlOrMeta'] });
	await expectOneMore('cta_clickers', 'funnel_cta_clickers', await clicked);
	const offer = await offered;
	await expect(offer.locator('h1')).toBeVisible();
	await offer.close();

	const form = page.locator('form[data-subscribe]');
	await form.getByLabel('Email address').fill('reader@company.example');
	const subscribing = sent(page, 'subscribe');
	await form.getByRole('button', { name: 'Subscribe' }).click();
	const subscribed = await subscribing;
	await expectOneMore('subscribes', 'funnel_subscribed', subscribed);
	// What was read last is reported when the page is left, which sending the form does.
	await expectOneMore('reads', 'funnel_reads', subscribed);
	await expect(page).toHaveURL(/\/demo-blog\/subscribed/);
	const one = Object.fromEntries(COUNTED.map((metric) => [metric, 1]));
	expect(await inCsv(post)).toEqual(grown(csv, one));
	expect(await inJson(post)).toEqual(grown(json, one));
	// The article, the offer and the page after subscribing.
	await expect
		.poll(blogPageViews, { timeout: VISIBLE_WITHIN_MS, intervals: [POLL_MS] })
		.toBe(blog + 3);

	const all = await onScreen(dashboard, post);
	await dashboard.goto(screenOf(post.id));
	for (const metric of ['page_views', 'funnel_reads', 'funnel_cta_exposed', 'funnel_subscribed'])
		await expect(dashboard.locator(`data[data-metric=${metric}]`).first()).toHaveAttribute(
			'value',
			String(all[metric])
		);
	expect(problems).toEqual([]);
	await context.close();
	await dashboard.close();
});

test('by the back button: a second page view, still one reader, one exposed and one clicker', async ({
	browser
}) => {
	const post = await findPost(CLICKED_AWAY);
	const json = await inJson(post);
	const context = await browser.newContext({ userAgent: newReader() });
	const page = await context.newPage();
	await page.goto(origin + post.path);
	await page.mouse.move(600, 400);
	await wheelTo(page, '[data-cta]');
	await page.waitForTimeout(1_300);
	await page.locator('[data-cta]').first().click();
	await expect(page).toHaveURL(/\/demo-blog\/offers\//);
	await page.goBack();
	await expect(page.locator('[data-byline-article]')).toBeVisible();
	await expect
		.poll(() => inJson(post), { timeout: VISIBLE_WITHIN_MS, intervals: [POLL_MS] })
		.toEqual(grown(json, { page_views: 2, cta_exposed: 1, cta_clickers: 1 }));
	await context.close();
});
