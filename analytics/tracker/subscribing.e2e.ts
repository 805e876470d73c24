import { arrived, expect, html, leave, named, test } from './tracker-test.ts';

const FIELDS = '<input type="email" name="email" required><button>Subscribe</button></form>';

test('a marked form subscribes on submit, and nothing typed is sent', async ({ page, capture }) => {
	await page.goto(
		capture.page('/post', html(`<form data-subscribe="sidebar" onsubmit="return false">${FIELDS}`))
	);
	await page.locator('button').click();
	await page.waitForTimeout(200);
	expect(named(capture, 'subscribe')).toEqual([]);
	await page.locator('input').fill('ada@lovelace.example');
	await page.locator('button').click();
	const [subscribe] = await arrived(capture, 'subscribe');
	expect(subscribe).toMatchObject({ f: 'sidebar', pv: named(capture, 'pageview')[0]?.pv });
	await leave(page);
	expect(capture.requests.map(({ body }) => body).join()).not.toContain('lovelace');
	expect(named(capture, 'subscribe')).toHaveLength(1);
});

test('a form that checks by itself subscribes only with valid fields', async ({
	page,
	capture
}) => {
	await page.goto(
		capture.page('/post', html(`<form data-subscribe novalidate onsubmit="return false">${FIELDS}`))
	);
	await page.locator('input').fill('not an address');
	await page.locator('button').click();
	await page.waitForTimeout(200);
	expect(named(capture, 'subscribe')).toEqual([]);
	await page.locator('input').fill('ada@lovelace.example');
	await page.keyboard.press('Enter');
	const [subscribe] = await arrived(capture, 'subscribe');
	expect(subscribe?.f).toBe('newsletter');
});

test('a submit that leaves the page counts', async ({ page, capture }) => {
	capture.page('/thanks', '<!doctype html>Thanks');
	await page.goto(
		capture.page('/post', html(`<form data-subscribe="end" action="/thanks">${FIELDS}`))
	);
	await page.locator('input').fill('ada@lovelace.example');
	await page.locator('button').click();
	await page.waitForURL('**/thanks**');
	await arrived(capture, 'subscribe');
});

for (const [system, attributes, counts] of [
	['Mailchimp', 'action="https://x.us1.list-manage.com/subscribe/post?u=1" novalidate', true],
	['ConvertKit', 'action="https://app.convertkit.com/forms/1/subscriptions"', true],
	['Kit', 'action="https://app.kit.com/forms/1/subscriptions"', true],
	['Ghost', 'data-members-form="subscribe"', true],
	['Ghost sign-in', 'data-members-form="signin"', false],
	['any other', 'action="/search"', false]
] as const) {
	test(`${system} form: ${counts ? 'a subscribe' : 'none'}`, async ({ page, capture }) => {
		await page.goto(
			capture.page('/post', html(`<form ${attributes} onsubmit="return false">${FIELDS}`))
		);
		await page.locator('input').fill('ada@lovelace.example');
		await page.locator('button').click();
		if (counts) await arrived(capture, 'subscribe');
		await page.waitForTimeout(200);
		expect(named(capture, 'subscribe')).toHaveLength(counts ? 1 : 0);
	});
}

test('a form added later subscribes, also inside what a component renders anew', async ({
	page,
	capture
}) => {
	await page.goto(capture.page('/later', html('<main></main>')));
	await arrived(capture, 'pageview');
	for (const form of ['popup', 'footer']) {
		await page.evaluate(
			([name, fields]) => {
				const main = document.querySelector('main');
				if (main)
					main.innerHTML = `<form data-subscribe="${name}" onsubmit="return false">${fields}`;
			},
			[form, FIELDS] as const
		);
		await page.locator('input').fill('ada@lovelace.example');
		await page.locator('button').click();
		await expect.poll(() => named(capture, 'subscribe').map(({ f }) => f)).toContain(form);
	}
	expect(named(capture, 'subscribe')).toHaveLength(2);
});

test('calls made before the script has loaded are kept', async ({ page, capture }) => {
	await page.goto(
		capture.page(
			'/queue',
			html(
				`<script>
					window.byline = window.byline || function () { (byline.q = byline.q || []).push(arguments); };
					byline('subscribe', { form: 'popup' });
					byline('comment');
				</script>`
			)
		)
	);
	const [subscribe] = await arrived(capture, 'subscribe');
	expect(subscribe?.f).toBe('popup');
	await arrived(capture, 'comment');
	expect(capture.events[0]?.n).toBe('pageview');
});

test('calls from code: a click, and an event of the site’s own', async ({ page, capture }) => {
	await page.goto(capture.page('/code', html('<article>Text</article>')));
	await page.evaluate(() => {
		window.byline?.('cta_click', { cta: 'ebook', placement: 'popup', variant: 'b' });
		window.byline?.('download', { props: { file: 'a.pdf', pages: 3 } });
	});
	const [click] = await arrived(capture, 'cta_click');
	expect(click?.c).toEqual({ id: 'ebook', placement: 'popup', variant: 'b' });
	const [download] = await arrived(capture, 'download');
	expect(download?.p).toEqual({ file: 'a.pdf', pages: 3 });
});
