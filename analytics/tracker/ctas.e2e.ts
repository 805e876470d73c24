import type { Page } from '@playwright/test';
import { arrived, expect, html, leave, named, setFocused, test } from './tracker-test.ts';

const EBOOK = 'data-cta="ebook" data-cta-placement="end-of-post" data-cta-variant="b"';
const EBOOK_REF = { id: 'ebook', placement: 'end-of-post', variant: 'b' };
const BELOW = html(`<article class="tall">Text</article><a href="#more" ${EBOOK}>E-book</a>`);

/** Scrolls the element into view for so long, timed by the page itself; answers for how long it was at most. */
function show(page: Page, selector: string, ms: number): Promise<number> {
	return page.evaluate(
		async ([at, duration]) => {
			const settled = (): Promise<unknown> =>
				new Promise((resolve) =>
					requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)))
				);
			const started = performance.now();
			document.querySelector(at)?.scrollIntoView();
			await settled();
			await new Promise((resolve) => setTimeout(resolve, duration));
			scrollTo(0, 0);
			await settled();
			return performance.now() - started;
		},
		[selector, ms] as const
	);
}

test('below the fold and never shown: eligible, no impression', async ({ page, capture }) => {
	await page.goto(capture.page('/below', BELOW));
	const [view] = await arrived(capture, 'pageview');
	expect(view?.c).toEqual([EBOOK_REF]);
	await page.waitForTimeout(1_300);
	await leave(page);
	expect(named(capture, 'cta_view')).toEqual([]);
});

test('shown for 0.9 s: no impression; for 1.1 s: one, and only one a page view', async ({
	page,
	capture
}) => {
	// A machine that stalls shows it longer than it was asked to: then once more, on a new page.
	for (let shown = 1_000, attempt = 0; shown >= 1_000; attempt++) {
		expect(attempt).toBeLessThan(5);
		await leave(page);
		capture.events.length = 0;
		await page.goto(capture.page('/below', BELOW));
		shown = await show(page, '[data-cta]', 850);
	}
	await page.waitForTimeout(300);
	expect(named(capture, 'cta_view')).toEqual([]);
	await show(page, '[data-cta]', 1_100);
	const [impression] = await arrived(capture, 'cta_view');
	expect(impression?.c).toEqual(EBOOK_REF);
	expect(impression?.pv).toBe(named(capture, 'pageview')[0]?.pv);
	await show(page, '[data-cta]', 1_300);
	await leave(page);
	expect(named(capture, 'cta_view')).toHaveLength(1);
});

test('two short showings do not add up to a second', async ({ page, capture }) => {
	await page.goto(capture.page('/below', BELOW));
	await show(page, '[data-cta]', 700);
	await show(page, '[data-cta]', 700);
	await leave(page);
	expect(named(capture, 'cta_view')).toEqual([]);
});

test('half of the pixels are enough, less is not', async ({ page, capture }) => {
	await page.goto(
		capture.page(
			'/half',
			html(
				`<div style="height:660px"></div><div data-cta="49" style="height:125px"></div>
				<div data-cta="50" style="height:120px;position:absolute;top:660px;left:400px"></div>
				<div data-cta="empty" style="height:0"></div>`
			)
		)
	);
	await arrived(capture, 'cta_view');
	await page.waitForTimeout(300);
	expect(named(capture, 'cta_view').map(({ c }) => c)).toEqual([{ id: '50' }]);
});

test('a large one needs 30 %: 36 % of it fill the viewport, 24 % never suffice', async ({
	page,
	capture
}) => {
	await page.goto(
		capture.page(
			'/large',
			html('<div data-cta="large" style="height:2000px;width:1000px">Large</div>')
		)
	);
	await arrived(capture, 'cta_view');
	await page.goto(
		capture.page(
			'/huge',
			html('<div data-cta="huge" style="height:3000px;width:1000px">Huge</div>')
		)
	);
	await page.waitForTimeout(1_500);
	await leave(page);
	expect(named(capture, 'cta_view')).toHaveLength(1);
});

test('a window without focus shows nothing; its second starts with the focus', async ({
	page,
	capture
}) => {
	await page.addInitScript(() => {
		document.hasFocus = () => false;
	});
	await page.goto(capture.page('/top', html(`<a href="#more" ${EBOOK}>E-book</a>`)));
	await page.waitForTimeout(1_500);
	expect(named(capture, 'cta_view')).toEqual([]);
	await setFocused(page, true);
	await page.waitForTimeout(600);
	await setFocused(page, false);
	await page.waitForTimeout(600);
	expect(named(capture, 'cta_view')).toEqual([]);
	await setFocused(page, true);
	await arrived(capture, 'cta_view');
});

test('a popup counts from when it can be seen', async ({ page, capture }) => {
	await page.goto(
		capture.page(
			'/popup',
			html(
				'<div data-cta="popup" style="position:fixed;top:9px;opacity:0">Popup</div><div data-cta="slide" style="position:fixed;top:300px;visibility:hidden">Slide-in</div>'
			)
		)
	);
	await page.waitForTimeout(1_400);
	expect(named(capture, 'cta_view')).toEqual([]);
	await page.evaluate(() => {
		document.querySelector('[data-cta=popup]')?.setAttribute('style', 'position:fixed;top:9px');
	});
	const [impression] = await arrived(capture, 'cta_view');
	expect(impression?.c).toEqual({ id: 'popup' });
});

test('inside an iframe of the same origin', async ({ page, capture }) => {
	capture.page('/inner', html(`<a href="#more" ${EBOOK}>E-book</a>`));
	await page.goto(
		capture.page(
			'/outer',
			'<!doctype html><div style="height:3000px"></div><iframe src="/inner" width="600" height="300"></iframe>'
		)
	);
	await arrived(capture, 'pageview');
	await page.waitForTimeout(1_300);
	expect(named(capture, 'cta_view')).toEqual([]);
	await page.evaluate(() => scrollTo(0, 5_000));
	await arrived(capture, 'cta_view');
	await page.frameLocator('iframe').locator('a').click();
	await arrived(capture, 'cta_click');
});

test('a click without an impression is a click, also when it leaves the page', async ({
	page,
	capture
}) => {
	capture.page('/target', '<!doctype html>Target');
	// However slow the machine is, no second passes before the click.
	await page.clock.install();
	await page.clock.pauseAt(Date.now() + 1_000);
	await page.goto(capture.page('/link', html(`<a href="/target" ${EBOOK}><b>E-book</b></a>`)));
	// A clock that stands at the page's first moment would take the click for the second half of one.
	await page.clock.runFor(100);
	await page.locator('b').click();
	await page.waitForURL('**/target');
	const [click] = await arrived(capture, 'cta_click');
	expect(click?.c).toEqual(EBOOK_REF);
	expect(click?.u).toBe(`${capture.origin}/link`);
	expect(named(capture, 'cta_view')).toEqual([]);
});

test('the keyboard clicks too; a site that stops the event hides nothing', async ({
	page,
	capture
}) => {
	await page.goto(
		capture.page(
			'/keys',
			html(`<button ${EBOOK} onclick="event.stopPropagation()">E-book</button>`)
		)
	);
	await page.locator('button').focus();
	await page.keyboard.press('Enter');
	await arrived(capture, 'cta_click');
	await page.waitForTimeout(100);
	await page.keyboard.press('Space');
	await arrived(capture, 'cta_click', 2);
});

test('a double click is two clicks', async ({ page, capture }) => {
	await page.goto(capture.page('/double', html(`<button ${EBOOK}>E-book</button>`)));
	await page.locator('button').dblclick({ delay: 80 });
	await arrived(capture, 'cta_click', 2);
});

test('one activation is one click: a label and its field, one element in another', async ({
	page,
	capture
}) => {
	await page.goto(
		capture.page(
			'/nested',
			html(
				'<div data-cta="outer"><label>Yes <input type="checkbox"></label><p data-cta="inner"><i>Here</i></p></div>'
			)
		)
	);
	await page.locator('label').click({ position: { x: 4, y: 8 } });
	await arrived(capture, 'cta_click');
	expect(await page.locator('input').isChecked()).toBe(true);
	await page.waitForTimeout(100);
	await page.locator('i').click();
	const clicks = await arrived(capture, 'cta_click', 2);
	expect(clicks.map(({ c }) => c)).toEqual([{ id: 'outer' }, { id: 'inner' }]);
});

test('the middle button opens a link, the right one a menu', async ({ page, capture }) => {
	await page.goto(capture.page('/buttons', html(`<a href="#more" ${EBOOK}>E-book</a>`)));
	await page.locator('a').click({ button: 'right' });
	await page.waitForTimeout(100);
	await page.locator('a').click({ button: 'middle' });
	await arrived(capture, 'cta_click');
	await page.waitForTimeout(200);
	expect(named(capture, 'cta_click')).toHaveLength(1);
});

test('one added later is reported soon, once, and gets its impression', async ({
	page,
	capture
}) => {
	await page.goto(capture.page('/later', html('<p>Text</p>')));
	const [view] = await arrived(capture, 'pageview');
	expect(view?.c).toEqual([]);
	await page.evaluate((mark) => {
		document.body.insertAdjacentHTML('beforeend', `<a ${mark}>A</a><a ${mark}>The same</a>`);
	}, EBOOK);
	const [report] = await arrived(capture, 'engagement');
	expect(report).toMatchObject({ pv: view?.pv, c: [EBOOK_REF] });
	await arrived(capture, 'cta_view');
	await leave(page);
	const reported = named(capture, 'engagement').flatMap(({ c }) => c ?? []);
	expect(reported).toEqual([EBOOK_REF]);
});

test('more than the server takes at once come in several events', async ({ page, capture }) => {
	const many = Array.from({ length: 120 }, (_, index) => `<a data-cta="c${index}">C</a>`).join('');
	await page.goto(capture.page('/many', html(many)));
	await arrived(capture, 'engagement', 2);
	const sizes = [...named(capture, 'pageview'), ...named(capture, 'engagement')].map(({ c }) =>
		Array.isArray(c) ? c.length : 0
	);
	expect(sizes).toEqual([50, 50, 20]);
});

const HUBSPOT = `<span class="hs-cta-wrapper" id="hs-cta-wrapper-03d6"><span class="hs-cta-node"><a class="cta_button" id="cta_button_1_8e4f" href="#x">Get it</a></span></span>
	<a class="cta_button" id="cta_button_1_9a" href="#y">Try it</a><div data-hs-cta-id="77">Block</div>
	<div data-cta="own"><a class="cta_button" href="#z">In a block of one's own</a></div>`;

test('HubSpot blocks are found, nested ones once', async ({ page, capture }) => {
	await page.goto(capture.page('/hubspot', html(HUBSPOT)));
	const [view] = await arrived(capture, 'pageview');
	expect(view?.c).toEqual([
		{ id: 'hs-cta-wrapper-03d6' },
		{ id: 'cta_button_1_9a' },
		{ id: '77' },
		{ id: 'own' }
	]);
	await page.getByText('Get it').click();
	const [click] = await arrived(capture, 'cta_click');
	expect(click?.c).toEqual({ id: 'hs-cta-wrapper-03d6' });
});

test('a site can switch the built-in rules off', async ({ page, capture }) => {
	await page.goto(capture.page('/own', html(HUBSPOT, 'data-rules="off"')));
	const [view] = await arrived(capture, 'pageview');
	expect(view?.c).toEqual([{ id: 'own' }]);
	expect(view?.d).toBeUndefined();
});

test('a mark without a name still counts', async ({ page, capture }) => {
	await page.goto(capture.page('/blank', html('<a data-cta=" ">A</a>')));
	const [view] = await arrived(capture, 'pageview');
	expect(view?.c).toEqual([{ id: 'cta' }]);
});
