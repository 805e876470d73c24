import { chromium, type Page } from '@playwright/test';
import { arrived, depth, expect, html, leave, named, test, wheel } from './tracker-test.ts';

/** A router without a library: changes the address, and the page a moment later. */
const SPA = html(
	`<header><a data-cta="head" data-cta-placement="header" href="#">Start</a></header>
	<article class="tall"><a data-cta="first" href="#">First</a></article>
	<script>
		addEventListener('go', ({ detail }) => {
			history.pushState({}, '', detail);
			setTimeout(() => {
				document.querySelector('article').innerHTML = '<a data-cta="second" href="#">Second</a>';
				scrollTo(0, 0);
			}, 60);
		});
	</script>`
);

async function go(page: Page, path: string): Promise<void> {
	await page.evaluate((detail) => dispatchEvent(new CustomEvent('go', { detail })), path);
}

test('a page view says where, for which site, and from where', async ({ page, capture }) => {
	capture.page('/post', html('<article>Text</article>'));
	await page.goto(capture.page('/from', '<!doctype html><a href="/post?utm_source=x#part">Go</a>'));
	await page.locator('a').click();
	const [view] = await arrived(capture, 'pageview');
	expect(view).toMatchObject({
		u: `${capture.origin}/post?utm_source=x`,
		d: 'blog.example.com',
		r: `${capture.origin}/from`,
		c: []
	});
	expect(capture.requests[0]?.type).toBe('text/plain;charset=UTF-8');
});

test('stores nothing on the device', async ({ page, capture, context }) => {
	await page.goto(capture.page('/post', html('<article>Text</article>')));
	await arrived(capture, 'pageview');
	expect(await context.storageState({ indexedDB: true })).toEqual({ cookies: [], origins: [] });
	expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
});

test('needs no preflight for another origin, by data-api', async ({ page, capture }) => {
	const methods: string[] = [];
	page.on('request', (request) => {
		if (request.url().includes('/api/event')) methods.push(request.method());
	});
	const { port } = new URL(capture.origin);
	capture.page(
		'/away',
		`<!doctype html><script defer src="${capture.origin}/js/byline.js" data-domain="away"></script>`
	);
	await page.goto(`http://127.0.0.1:${port}/away`);
	const [view] = await arrived(capture, 'pageview');
	expect(view).toMatchObject({ u: `http://127.0.0.1:${port}/away`, d: 'away' });
	capture.page('/own', html('', `data-api="${capture.origin}/api/event?own" data-domain="own"`));
	await page.goto(`http://127.0.0.1:${port}/own`);
	await arrived(capture, 'pageview', 2);
	expect(methods).toEqual(['POST', 'POST']);
});

test('navigating away at once still counts', async ({ page, capture }) => {
	capture.page('/two', html('<article>Two</article>'));
	await page.goto(
		capture.page(
			'/one',
			html(
				'<article>One</article><script>addEventListener("DOMContentLoaded", () => location.assign("/two"))</script>'
			)
		)
	);
	await page.waitForURL('**/two');
	const views = await arrived(capture, 'pageview', 2);
	expect(views.map(({ u }) => new URL(u).pathname)).toEqual(['/one', '/two']);
	expect(views[0]?.pv).not.toBe(views[1]?.pv);
});

test('closing the tab delivers what was read', async ({ context, capture }) => {
	const page = await context.newPage();
	await page.goto(capture.page('/post', html('<article class="tall">Text</article>')));
	await arrived(capture, 'pageview');
	await wheel(page, 1_200);
	await page.waitForTimeout(400);
	await page.close({ runBeforeUnload: true });
	await arrived(capture, 'engagement');
	expect(depth(capture)).toBe(64);
});

test('a router’s navigation is a page view of its own', async ({ page, capture }) => {
	await page.goto(capture.page('/app', SPA));
	await arrived(capture, 'pageview');
	await wheel(page, 2_500);
	await page.waitForTimeout(400);
	await go(page, '/app/two');
	const [first, second] = await arrived(capture, 'pageview', 2);
	expect(first?.c).toEqual([{ id: 'head', placement: 'header' }, { id: 'first' }]);
	expect(second).toMatchObject({ u: `${capture.origin}/app/two`, r: `${capture.origin}/app` });
	expect(second?.c).toEqual([{ id: 'head', placement: 'header' }, { id: 'second' }]);
	await leave(page);
	const reports = named(capture, 'engagement');
	expect(reports.find(({ pv }) => pv === first?.pv)).toMatchObject({
		u: `${capture.origin}/app`
	});
	const deepest = (pv: string | undefined): number =>
		Math.max(...reports.filter((report) => report.pv === pv).map(({ sd }) => sd ?? 0));
	expect(deepest(first?.pv)).toBe(100);
	expect(deepest(second?.pv)).toBeLessThan(30);
});

test('a fragment, and replacing the address by itself, is no navigation', async ({
	page,
	capture
}) => {
	await page.goto(capture.page('/app', SPA));
	await page.evaluate(() => {
		location.hash = 'part';
		history.replaceState({ scroll: 1 }, '', location.href);
		history.pushState({}, '', '#other');
	});
	await page.waitForTimeout(500);
	expect(named(capture, 'pageview')).toHaveLength(1);
	await page.evaluate(() => history.replaceState({}, '', '/app/replaced'));
	await arrived(capture, 'pageview', 2);
});

test('back within a router is a page view again', async ({ page, capture }) => {
	await page.goto(capture.page('/app', SPA));
	await go(page, '/app/two');
	await arrived(capture, 'pageview', 2);
	await page.goBack();
	const views = await arrived(capture, 'pageview', 3);
	expect(views[2]?.u).toBe(`${capture.origin}/app`);
	expect(new Set(views.map(({ pv }) => pv)).size).toBe(3);
});

test('the back button brings a page view, also where the page was kept alive', async ({
	capture,
	launchOptions
}) => {
	const browser = await chromium.launch({
		...launchOptions,
		ignoreDefaultArgs: ['--disable-back-forward-cache']
	});
	try {
		const page = await browser.newPage();
		capture.page('/two', html('<article>Two</article>'));
		await page.goto(
			capture.page(
				'/one',
				html(
					'<article>One</article><a href="/two">Two</a><script>addEventListener("pageshow", (event) => { window.kept = event.persisted; })</script>'
				)
			)
		);
		await arrived(capture, 'pageview');
		await page.waitForTimeout(300);
		await page.locator('a').click();
		await arrived(capture, 'pageview', 2);
		await page.evaluate(() => history.back());
		const views = await arrived(capture, 'pageview', 3);
		expect(new URL(views[2]?.u ?? '').pathname).toBe('/one');
		expect(views[2]?.pv).not.toBe(views[0]?.pv);
		expect(await page.evaluate('window.kept')).toBe(true);
		await page.waitForTimeout(500);
		expect(named(capture, 'pageview')).toHaveLength(3);
	} finally {
		await browser.close();
	}
});

test('a page rendered ahead counts when it is opened', async ({ page, capture }) => {
	await page.addInitScript(() => {
		Object.defineProperty(document, 'prerendering', { value: true, configurable: true });
	});
	await page.goto(
		capture.page(
			'/ahead',
			html('<article>Text</article><script defer src="data:,byline(%22early%22)"></script>')
		)
	);
	await page.waitForTimeout(400);
	expect(capture.events).toEqual([]);
	await page.evaluate(() => {
		Object.defineProperty(document, 'prerendering', { value: false });
		document.dispatchEvent(new Event('prerenderingchange'));
	});
	await arrived(capture, 'pageview');
	await arrived(capture, 'early');
});

test('offline, then online: what could not be sent comes, once', async ({
	page,
	capture,
	context
}) => {
	await page.goto(capture.page('/post', html('<article>Text</article>')));
	await arrived(capture, 'pageview');
	await context.setOffline(true);
	await page.evaluate(() => {
		window.byline?.('comment');
		window.byline?.('subscribe', { form: 'newsletter' });
	});
	await page.waitForTimeout(300);
	expect(capture.events).toHaveLength(1);
	await context.setOffline(false);
	await arrived(capture, 'comment');
	const [subscribe] = await arrived(capture, 'subscribe');
	expect(subscribe?.f).toBe('newsletter');
	expect(capture.events).toHaveLength(3);
});

test('an overloaded server gets the same event again, a refusing one does not', async ({
	page,
	capture
}) => {
	const sent: string[] = [];
	page.on('request', (request) => {
		if (request.method() === 'POST') sent.push(request.postData() ?? '');
	});
	await page.goto(capture.page('/post', html('<article>Text</article>')));
	await arrived(capture, 'pageview');
	capture.answer(503);
	await page.evaluate(() => window.byline?.('comment'));
	await page.waitForTimeout(300);
	capture.answer(400);
	await page.evaluate(() => window.dispatchEvent(new Event('online')));
	await page.waitForTimeout(300);
	capture.answer(202);
	await page.evaluate(() => window.dispatchEvent(new Event('online')));
	await page.waitForTimeout(300);
	expect(named(capture, 'comment')).toEqual([]);
	const comments = sent.filter((body) => body.includes('"comment"'));
	expect(comments).toHaveLength(2);
	expect(comments[0]).toBe(comments[1]);
});

for (const [signal, value] of [
	['globalPrivacyControl', true],
	['doNotTrack', '1']
] as const) {
	test(`${signal} is honoured where the site says so`, async ({ page, capture }) => {
		await page.addInitScript(
			([name, set]) => Object.defineProperty(navigator, name, { value: set }),
			[signal, value] as const
		);
		await page.goto(capture.page('/dnt', html('<a data-cta="a">A</a>', 'data-dnt')));
		await page.evaluate(() => window.byline?.('comment'));
		await leave(page);
		expect(capture.events).toEqual([]);
		await page.goto(capture.page('/any', html('<a data-cta="a">A</a>')));
		await arrived(capture, 'pageview');
	});
}
