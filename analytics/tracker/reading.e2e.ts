import type { Page } from '@playwright/test';
import {
	arrived,
	depth,
	engagedMs,
	expect,
	html,
	leave,
	named,
	setFocused,
	setHidden,
	test,
	wheel
} from './tracker-test.ts';

const ARTICLE = html(
	'<header style="height:200px">Blog</header><article class="tall">Text</article><footer style="height:600px">Comments</footer>'
);

/** Counts the turns of the wheel that reach the page from now on. */
async function countWheels(page: Page): Promise<() => Promise<number>> {
	await page.evaluate(() => {
		document.documentElement.dataset['wheels'] = '0';
		addEventListener('wheel', () => {
			const { dataset } = document.documentElement;
			dataset['wheels'] = String(Number(dataset['wheels']) + 1);
		});
	});
	return () => page.evaluate(() => Number(document.documentElement.dataset['wheels']));
}

test.beforeEach(async ({ page }) => {
	await page.clock.install();
});

test('reading to the end: all of the depth, and the time between the touches', async ({
	page,
	capture
}) => {
	await page.goto(capture.page('/post', ARTICLE));
	const wheeled = await countWheels(page);
	for (let screen = 0; screen < 8; screen++) {
		await page.mouse.wheel(0, 500);
		// The browser delivers it when it can, and the page's clock must not run before.
		await expect.poll(wheeled).toBe(screen + 1);
		await page.clock.runFor(5_000);
	}
	await arrived(capture, 'engagement', 2);
	await leave(page);
	await expect.poll(() => engagedMs(capture)).toBeGreaterThan(39_000);
	expect(depth(capture)).toBe(100);
	expect(engagedMs(capture)).toBeLessThan(43_000);
	expect(named(capture, 'pageview')).toHaveLength(1);
	const [view] = named(capture, 'pageview');
	for (const report of named(capture, 'engagement')) expect(report.pv).toBe(view?.pv);
});

test('reports come every 15 s while engaged, each a delta', async ({ page, capture }) => {
	await page.goto(capture.page('/post', ARTICLE));
	for (let second = 0; second < 31; second++) {
		await page.mouse.move(second, 10);
		await page.clock.runFor(1_000);
	}
	const reports = await arrived(capture, 'engagement', 2);
	for (const { e } of reports) {
		expect(e).toBeGreaterThan(13_500);
		expect(e).toBeLessThan(15_600);
	}
});

test('skimming: the depth reached and no more', async ({ page, capture }) => {
	await page.goto(capture.page('/post', ARTICLE));
	await wheel(page, 1_000);
	await page.clock.runFor(2_000);
	await wheel(page, -1_000);
	await page.clock.runFor(1_000);
	await leave(page);
	// 1,000 px scrolled and 720 px of viewport, less the 200 px header, of 3,000 px.
	await expect.poll(() => depth(capture)).toBe(50);
	expect(engagedMs(capture)).toBeLessThan(4_000);
});

test('opened and never touched: the first screen, no time', async ({ page, capture }) => {
	await page.goto(capture.page('/post', ARTICLE));
	await page.clock.runFor(10_000);
	await leave(page);
	const reports = await arrived(capture, 'engagement');
	expect(reports[0]).toMatchObject({ e: 0, sd: 17 });
});

test('attention ends 30 s after the last touch', async ({ page, capture }) => {
	await page.goto(capture.page('/post', ARTICLE));
	await page.keyboard.press('ArrowRight');
	await page.clock.runFor(120_000);
	await leave(page);
	await expect.poll(() => engagedMs(capture)).toBeGreaterThan(29_500);
	expect(engagedMs(capture)).toBeLessThan(30_200);
});

test('a background tab: a page view, no time, no depth', async ({ page, capture }) => {
	await page.addInitScript(() => {
		Object.defineProperty(document, 'hidden', { value: true, configurable: true });
	});
	await page.goto(capture.page('/post', ARTICLE));
	await page.mouse.wheel(0, 2_000);
	await page.clock.runFor(20_000);
	await leave(page);
	await arrived(capture, 'pageview');
	expect(named(capture, 'engagement')).toEqual([]);
});

test('hiding the tab reports at once, and time stands still until it is shown', async ({
	page,
	capture
}) => {
	await page.goto(capture.page('/post', ARTICLE));
	await page.mouse.move(5, 5);
	await page.clock.runFor(4_000);
	await setHidden(page, true);
	await arrived(capture, 'engagement');
	const before = engagedMs(capture);
	expect(before).toBeGreaterThan(3_800);
	await page.clock.runFor(20_000);
	await setHidden(page, false);
	await page.mouse.move(9, 9);
	await page.clock.runFor(3_000);
	await leave(page);
	await expect.poll(() => engagedMs(capture) - before).toBeGreaterThan(2_800);
	expect(engagedMs(capture) - before).toBeLessThan(4_500);
});

test('a window without focus is not read', async ({ page, capture }) => {
	await page.goto(capture.page('/post', ARTICLE));
	await page.mouse.move(5, 5);
	await page.clock.runFor(2_000);
	await setFocused(page, false);
	await arrived(capture, 'engagement');
	const before = engagedMs(capture);
	await page.mouse.move(9, 9);
	await page.clock.runFor(14_000);
	await leave(page);
	expect(engagedMs(capture)).toBe(before);
});

test('a short article is at 100 at once; what follows it does not count', async ({
	page,
	capture
}) => {
	await page.goto(
		capture.page(
			'/short',
			html(
				'<main><div itemprop="text articleBody" style="height:300px">Text</div><div class="tall">Comments</div></main>'
			)
		)
	);
	await arrived(capture, 'pageview');
	await leave(page);
	await expect.poll(() => depth(capture)).toBe(100);
});

test('the article body is the first mark that is there', async ({ page, capture }) => {
	await page.goto(
		capture.page(
			'/marks',
			html(
				'<article style="height:100px">A card</article><div data-byline-article style="height:1440px">Text</div>'
			)
		)
	);
	await arrived(capture, 'pageview');
	await leave(page);
	// 720 px of viewport less the card's 100 px, of 1,440 px.
	await expect.poll(() => depth(capture)).toBe(43);
});

test('an article that grows takes its share back', async ({ page, capture }) => {
	await page.goto(capture.page('/late', html('<article><p>Loading</p></article>')));
	await page.clock.runFor(1_000);
	await page.evaluate(() => {
		document.querySelector('article')?.setAttribute('style', 'height:7200px');
	});
	await page.clock.runFor(1_000);
	await leave(page);
	await expect.poll(() => depth(capture)).toBeGreaterThan(0);
	expect(depth(capture)).toBeLessThan(12);
});

test('printing is neither reading nor an impression', async ({ page, capture }) => {
	await page.goto(
		capture.page(
			'/print',
			html('<article class="tall">Text</article><a href="#" data-cta="ebook">E-book</a>')
		)
	);
	await arrived(capture, 'pageview');
	await page.pdf();
	await page.clock.runFor(2_000);
	await leave(page);
	await expect.poll(() => depth(capture)).toBe(24);
	expect(named(capture, 'cta_view')).toEqual([]);
});
