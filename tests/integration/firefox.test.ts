import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { depth, engagedMs, html, named } from '../../analytics/tracker/captured.ts';
import {
	openCaptureServer,
	type CapturedEvent,
	type CaptureServer
} from '../../analytics/tracker/capture-server.ts';
import { openFirefox } from '../support/firefox.ts';

const EBOOK = '<a href="#more" data-cta="ebook" data-cta-placement="end-of-post">E-book</a>';
const EBOOK_REF = { id: 'ebook', placement: 'end-of-post' };
const BELOW = html(`<article class="tall">Text</article>${EBOOK}`);
const SOON = { timeout: 15_000, interval: 25 };

const firefox = await openFirefox();
if (firefox.browser === null) console.warn(`Not tested in Firefox: ${firefox.reason}.`);

describe.skipIf(firefox.browser === null)('the tracker in Firefox', () => {
	let capture: CaptureServer;
	let page: Page;

	beforeAll(async () => {
		capture = await openCaptureServer();
	});
	afterAll(async () => {
		await firefox.browser?.close();
		await capture.close();
	});
	beforeEach(async () => {
		page = await newPage();
		capture.events.length = 0;
		capture.requests.length = 0;
	});
	afterEach(() => page.close());

	async function newPage(): Promise<Page> {
		if (firefox.browser === null) throw new Error(firefox.reason);
		return firefox.browser.newPage();
	}

	/** Waits until so many events of a name are there. */
	async function arrived(name: string, count = 1): Promise<CapturedEvent[]> {
		await expect.poll(() => named(capture, name).length, { ...SOON, message: name }).toBe(count);
		return named(capture, name);
	}

	/** Leaves the page the way a reader does, and waits for what is sent on leaving. */
	async function leave(): Promise<void> {
		await page.goto('about:blank');
		await wait(200);
	}

	async function open(path: string, content: string): Promise<void> {
		await page.goto(capture.page(path, content));
		await arrived('pageview');
	}

	test('reading to the end: all of the depth, and the time it took', async () => {
		await open(
			'/read',
			html('<article class="tall">Text</article><footer class="tall">F</footer>')
		);
		const started = performance.now();
		for (let screen = 0; screen < 6; screen++) {
			await page.mouse.wheel({ deltaY: 500 });
			await wait(300);
		}
		await leave();
		expect(depth(capture)).toBe(100);
		expect(engagedMs(capture)).toBeGreaterThan(1_200);
		expect(engagedMs(capture)).toBeLessThan(performance.now() - started + 200);
	});

	test('skimming: the depth reached, and hardly any time', async () => {
		await open('/skim', html('<article class="tall">Text</article>'));
		await page.mouse.wheel({ deltaY: 780 });
		await wait(250);
		await page.mouse.wheel({ deltaY: -780 });
		await wait(250);
		await leave();
		expect(depth(capture)).toBe(50);
		expect(engagedMs(capture)).toBeLessThan(5_000);
	});

	test('a background tab: no time, no impression, until it comes to the front', async () => {
		await open('/behind', html(`<article class="tall">${EBOOK}</article>`));
		await page.mouse.move(20, 300);
		const other = await newPage();
		await other.bringToFront();
		expect(await page.evaluate(() => document.hidden)).toBe(true);
		await wait(100);
		const before = engagedMs(capture);
		await wait(1_300);
		expect(named(capture, 'cta_view')).toEqual([]);
		await page.bringToFront();
		await other.close();
		await arrived('cta_view');
		await leave();
		// The touch from before keeps for 30 s; what counts is that the hidden second is not in.
		expect(engagedMs(capture) - before).toBeLessThan(1_900);
	});

	test('a call to action below the fold is eligible and has no impression', async () => {
		await open('/below', BELOW);
		expect(named(capture, 'pageview')[0]?.c).toEqual([EBOOK_REF]);
		await wait(1_200);
		await leave();
		expect(named(capture, 'cta_view')).toEqual([]);
	});

	test('shown for 0.9 s: no impression; for 1.1 s: one', async () => {
		// A machine that stalls shows it longer than it was asked to: then once more, on a new page.
		for (let shown = 1_000, attempt = 0; shown >= 1_000; attempt++) {
			expect(attempt).toBeLessThan(5);
			await leave();
			capture.events.length = 0;
			await open('/shown', BELOW);
			shown = await show(page, 850);
		}
		await wait(300);
		expect(named(capture, 'cta_view')).toEqual([]);
		await show(page, 1_150);
		const [impression] = await arrived('cta_view');
		expect(impression?.c).toEqual(EBOOK_REF);
		await show(page, 1_150);
		await leave();
		expect(named(capture, 'cta_view')).toHaveLength(1);
	});

	test('one larger than the viewport needs 30 % of its pixels', async () => {
		await open(
			'/large',
			html('<div data-cta="large" style="height:2000px;width:1000px">Large</div>')
		);
		await arrived('cta_view');
		await page.goto(
			capture.page(
				'/huge',
				html('<div data-cta="huge" style="height:3000px;width:1000px">Huge</div>')
			)
		);
		await wait(1_300);
		await leave();
		expect(named(capture, 'cta_view').map(({ c }) => c)).toEqual([{ id: 'large' }]);
	});

	test('inside an iframe of the same origin', async () => {
		capture.page('/inner', html(EBOOK));
		const frame = '<iframe src="/inner" width="600" height="300"></iframe>';
		await open('/outer', `<!doctype html><div style="height:3000px"></div>${frame}`);
		await wait(1_200);
		expect(named(capture, 'cta_view')).toEqual([]);
		await page.evaluate(() => scrollTo(0, 5_000));
		await arrived('cta_view');
		const inner = await page.waitForFrame((candidate) => candidate.url().endsWith('/inner'));
		await (await inner.waitForSelector('a'))?.click();
		await arrived('cta_click');
	});

	test('a click without an impression is a click, also when it leaves the page', async () => {
		capture.page('/target', '<!doctype html>Target');
		await open('/link', html('<a href="/target" data-cta="go"><b>Go</b></a>'));
		await Promise.all([page.waitForNavigation(), page.click('b')]);
		const [click] = await arrived('cta_click');
		expect(click).toMatchObject({ u: `${capture.origin}/link`, c: { id: 'go' } });
		expect(named(capture, 'cta_view')).toEqual([]);
	});

	test('a double click is two clicks', async () => {
		await open('/double', html('<button data-cta="b">B</button>'));
		await page.click('button', { count: 2, delay: 80 });
		await arrived('cta_click', 2);
	});

	test('the keyboard clicks too', async () => {
		await open('/keys', html('<button data-cta="b">B</button>'));
		await page.focus('button');
		await page.keyboard.press('Enter');
		await arrived('cta_click');
		await wait(100);
		await page.keyboard.press(' ');
		await arrived('cta_click', 2);
	});

	test('navigating away at once still counts', async () => {
		capture.page('/two', html('<article>Two</article>'));
		const away = `<script>addEventListener('DOMContentLoaded', () => location.assign('/two'))</script>`;
		await page.goto(capture.page('/one', html(`<article>One</article>${away}`)));
		const views = await arrived('pageview', 2);
		expect(views.map(({ u }) => new URL(u).pathname)).toEqual(['/one', '/two']);
	});

	test('closing the tab delivers what was read', async () => {
		const closing = await newPage();
		await closing.goto(capture.page('/close', html('<article class="tall">Text</article>')));
		await arrived('pageview');
		await closing.mouse.wheel({ deltaY: 1_200 });
		await wait(300);
		await closing.close();
		await expect.poll(() => depth(capture), SOON).toBe(64);
	});

	test('the back button brings a page view, once', async () => {
		capture.page('/two', html('<article>Two</article>'));
		await open('/one', html('<article>One</article><a href="/two">Two</a>'));
		await Promise.all([page.waitForNavigation(), page.click('a')]);
		await arrived('pageview', 2);
		await page.evaluate(() => history.back());
		const views = await arrived('pageview', 3);
		expect(new URL(views[2]?.u ?? '').pathname).toBe('/one');
		expect(views[2]?.pv).not.toBe(views[0]?.pv);
		await wait(300);
		expect(named(capture, 'pageview')).toHaveLength(3);
	});

	test('printing is neither reading nor an impression', async () => {
		await open('/print', BELOW);
		await page.pdf();
		await wait(1_200);
		await leave();
		expect(depth(capture)).toBe(24);
		expect(named(capture, 'cta_view')).toEqual([]);
	});

	test('offline, then online: what could not be sent comes, once', async () => {
		await open('/offline', html('<article>Text</article>'));
		await page.setOfflineMode(true);
		await page.evaluate(() => window.byline?.('subscribe', { form: 'newsletter' }));
		await wait(300);
		expect(named(capture, 'subscribe')).toEqual([]);
		await page.setOfflineMode(false);
		const [subscribe] = await arrived('subscribe');
		expect(subscribe?.f).toBe('newsletter');
		expect(capture.events.filter(({ n }) => n === 'subscribe')).toHaveLength(1);
	});

	test('calls to action and forms that are added later', async () => {
		await open('/later', html('<p>Text</p>'));
		await page.evaluate(() =>
			document.body.insertAdjacentHTML(
				'beforeend',
				'<a data-cta="late">A</a><form data-subscribe="late" onsubmit="return false"><button>Go</button></form>'
			)
		);
		const [report] = await arrived('engagement');
		expect(report?.c).toEqual([{ id: 'late' }]);
		await arrived('cta_view');
		await page.click('button');
		const [subscribe] = await arrived('subscribe');
		expect(subscribe?.f).toBe('late');
	});

	test('tells the server of Global Privacy Control, and with data-dnt sends nothing', async () => {
		await open('/signal', html('<article>Text</article>'));
		expect(capture.requests.map(({ gpc, cookie }) => [gpc, cookie])).toEqual([['1', undefined]]);
		await page.goto(capture.page('/silent', html(EBOOK, 'data-dnt')));
		await page.evaluate(() => window.byline?.('comment'));
		await page.click('a');
		await leave();
		expect(capture.events.filter(({ u }) => u.endsWith('/silent'))).toEqual([]);
	});
});

function wait(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Scrolls the call to action into view for so long; answers for how long it was at most. */
function show(page: Page, ms: number): Promise<number> {
	return page.evaluate(async (duration) => {
		const settled = (): Promise<unknown> =>
			new Promise((resolve) =>
				requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)))
			);
		const started = performance.now();
		document.querySelector('[data-cta]')?.scrollIntoView();
		await settled();
		await new Promise((resolve) => setTimeout(resolve, duration));
		scrollTo(0, 0);
		await settled();
		return performance.now() - started;
	}, ms);
}
