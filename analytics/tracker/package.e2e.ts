import { arrived, depth, expect, leave, named, test, wheel } from './tracker-test.ts';

/** A page whose own module starts the tracker. */
function html(code: string, body = '<article class="tall">Text</article>'): string {
	return `<!doctype html><title>A post</title><style>body { margin: 0 } .tall { height: 3000px }</style>
<script type="module">import { byline, init } from '/js/byline.mjs'; window.start = init; ${code}</script>${body}`;
}

const INIT = "init({ api: '/api/event', domain: 'blog.example.com' });";

test('a page that imports the package: page view, reading and calls, each once', async ({
	page,
	capture
}) => {
	await page.goto(
		capture.page(
			'/package',
			html(
				`byline('early', { props: { a: 1 } }); ${INIT} byline('subscribe', { form: 'popup' });
				${INIT} setTimeout(() => byline('comment'), 100);`,
				'<article class="tall">Text</article><a href="#x" data-cta="ebook">E-book</a>'
			)
		)
	);
	const [view] = await arrived(capture, 'pageview');
	expect(view).toMatchObject({
		u: `${capture.origin}/package`,
		d: 'blog.example.com',
		c: [{ id: 'ebook' }]
	});
	const [early] = await arrived(capture, 'early');
	expect(early?.p).toEqual({ a: 1 });
	const [subscribe] = await arrived(capture, 'subscribe');
	expect(subscribe).toMatchObject({ f: 'popup', pv: view?.pv });
	await arrived(capture, 'comment');
	await wheel(page, 3_000);
	await page.locator('a').click();
	await arrived(capture, 'cta_click');
	await leave(page);
	await expect.poll(() => depth(capture)).toBe(100);
	expect(named(capture, 'pageview')).toHaveLength(1);
});

test('imported and not started, it measures nothing', async ({ page, capture }) => {
	await page.goto(capture.page('/still', html("byline('comment');")));
	await page.waitForTimeout(300);
	expect(capture.events).toEqual([]);
	await page.evaluate("start({ api: '/api/event' })");
	const [view] = await arrived(capture, 'pageview');
	expect(view?.d).toBeUndefined();
	await arrived(capture, 'comment');
});

test('its options do what the attributes do', async ({ page, capture }) => {
	await page.goto(
		capture.page(
			'/rules',
			html("init({ api: '/api/event', rules: 'off' });", '<a class="cta_button">A</a>')
		)
	);
	const [view] = await arrived(capture, 'pageview');
	expect(view?.c).toEqual([]);
	await page.addInitScript(() =>
		Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })
	);
	await page.goto(
		capture.page('/dnt', html("init({ api: '/api/event', dnt: true }); byline('comment');"))
	);
	await leave(page);
	expect(capture.events.filter(({ u }) => u.endsWith('/dnt'))).toEqual([]);
});
