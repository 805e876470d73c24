import { launch } from 'puppeteer-core';
import { expect, test } from 'vitest';
import { openCaptureServer } from '../../analytics/tracker/capture-server.ts';
import { html, named } from '../../analytics/tracker/captured.ts';
import { CHROMIUM_ARGS, chromiumPath } from '../support/chromium.ts';

// Playwright keeps Chromium from rendering ahead.

const SOON = { timeout: 10_000, interval: 50 };
const RULES = '{ "prerender": [{ "urls": ["/ahead"], "eagerness": "immediate" }] }';
const AHEAD = `<article>Text</article><a href="#x" data-cta="ebook">E-book</a>
	<script>const wasAhead = document.prerendering;</script>`;

test('a page that Chromium renders ahead counts when it is opened, and only then', async () => {
	const capture = await openCaptureServer();
	const browser = await launch({
		executablePath: await chromiumPath(),
		args: [...CHROMIUM_ARGS],
		headless: true
	});
	try {
		const page = await browser.newPage();
		capture.page('/ahead', html(AHEAD));
		const start = `<!doctype html><script type="speculationrules">${RULES}</script><a href="/ahead">Go</a>`;
		await page.goto(capture.page('/start', start));
		await new Promise((resolve) => setTimeout(resolve, 2_000));
		expect(capture.events).toEqual([]);
		await page.click('a');
		await expect.poll(() => named(capture, 'pageview').length, SOON).toBe(1);
		expect(await page.evaluate('wasAhead')).toBe(true);
		expect(named(capture, 'pageview')[0]).toMatchObject({
			u: `${capture.origin}/ahead`,
			c: [{ id: 'ebook' }]
		});
		await expect.poll(() => named(capture, 'cta_view').length, SOON).toBe(1);
	} finally {
		await browser.close();
		await capture.close();
	}
});
