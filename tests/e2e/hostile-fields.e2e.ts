import { expect, type Page } from '@playwright/test';
import { startServer, type TestServer } from '../support/server.ts';
import {
	addHostileFields,
	FIELDS_SITE,
	IN_FILES_ONLY,
	OF_ADDRESSES,
	SHOWN,
	type HostileAddresses
} from './support/hostile-fields.ts';
import { getText, searchOf } from './support/report.ts';
import { allRouteIds } from './support/routes.ts';
import { test } from './support/test.ts';
import { watch } from './support/watch.ts';

// Whatever a blog, a reader or a person can choose is shown as text, on every screen that there is.

test.describe.configure({ mode: 'serial' });

let server: TestServer;
let addresses: HostileAddresses;
/** All that screens have shown, in one text. */
let seen = '';

test.beforeAll(async () => {
	test.setTimeout(120_000);
	server = await startServer({ env: { ALLOW_HEADLESS: 'true', LOG_LEVEL: 'warn' } });
	addresses = await addHostileFields(server);
	await expect.poll(async () => (await valuesOf('hostname')).length, { timeout: 60_000 }).toBe(9);
});

test.beforeEach(async ({ context, page }) => {
	await server.signIn(context);
	await page.addInitScript(() =>
		document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
			console.error(`refused by the policy: ${violatedDirective} ${blockedURI}`)
		)
	);
});

test.afterAll(async () => {
	await server.stop();
});

const home = `/${FIELDS_SITE}`;

const valuesOf = async (dimension: string): Promise<readonly string[]> => {
	const text = await getText(
		`${server.url}/api/suggestions${searchOf({ site: FIELDS_SITE, dimension, q: 'x-', period: '7d', limit: '50' })}`
	);
	const { suggestions } = JSON.parse(text) as {
		readonly suggestions: readonly { readonly value: string; readonly label: string }[];
	};
	return suggestions.map(({ value }) => value);
};

/** What a page shows, as its text and in attributes and fields; what payloads became fails. */
const lookAt = async (page: Page, at: string): Promise<void> => {
	const found = await page.evaluate(() => {
		const body = document.body.cloneNode(true) as HTMLElement;
		for (const script of body.querySelectorAll('script')) script.remove();
		const named = [...document.querySelectorAll('[title], [aria-label]')].flatMap((element) => [
			element.getAttribute('title') ?? '',
			element.getAttribute('aria-label') ?? ''
		]);
		const fields = [...document.querySelectorAll('input, select, textarea')].map((field) =>
			'value' in field ? String(field.value) : ''
		);
		const links = [...document.querySelectorAll('[href], [src], [action], [formaction]')].flatMap(
			(element) =>
				['href', 'src', 'action', 'formaction'].map((name) => element.getAttribute(name) ?? '')
		);
		return {
			text: [body.textContent, ...named, ...fields, document.title].join('\n'),
			ran: Reflect.get(window, '__pwned') as unknown,
			made: document.querySelectorAll(
				'[data-pwned], [onerror], [onload], img, iframe, object, embed, main script'
			).length,
			leads: links.filter((link) => /^\s*(javascript|data|vbscript):/i.test(link))
		};
	});
	expect(found.ran, at).toBeUndefined();
	expect(found.made, at).toBe(0);
	expect(found.leads, at).toEqual([]);
	expect(/.{0,40}\u202e.{0,40}/.exec(found.text)?.[0], at).toBeUndefined();
	seen += found.text;
};

const encoded = encodeURIComponent;

/** The addresses of a route; one that needs something that nobody has said here fails. */
const addressesOf = (route: string): readonly string[] => {
	const values: Readonly<Record<string, string>> = {
		site: FIELDS_SITE,
		post: addresses.post,
		topic: addresses.topic,
		author: addresses.author,
		cta: addresses.cta,
		import: addresses.import
	};
	switch (route) {
		case '/[site]/filter':
			// All dimensions are listed alike; these are those that no other screen lists, and one of each kind.
			return ['hostname', 'entry_page', 'author', 'cta', 'utm_term'].map(
				(dimension) => `${home}/filter${searchOf({ dimension, to: `${home}?period=7d` })}`
			);
		case '/[site]/sources':
			return [
				'',
				...['referrer', 'source', 'medium', 'campaign', 'content', 'term'].map((by, at) =>
					at === 0 ? `?by=${by}` : `?by=utm_${by}`
				)
			].map((search) => `${home}/sources${search}`);
		case '/(door)/invite/[token]':
			return [`/invite/${addresses.invitation}`];
		case '/(door)/share/[token]/password':
			return [`/share/${addresses.share}/password`];
		case '/(door)/reset/[token]':
			return ['/reset/none'];
		default: {
			const parts = route
				.split('/')
				.filter((part) => part !== '' && !part.startsWith('(') && !part.startsWith('[['))
				.map((part) => {
					const name = /^\[(\w+)\]$/.exec(part)?.[1];
					if (name === undefined) return part;
					const value = values[name];
					if (value === undefined) throw new Error(`What is [${name}] of ${route}?`);
					return encoded(value);
				});
			return [`/${parts.join('/')}`];
		}
	}
};

/** What is over, or holds no longer, and says so: the set-up, and a link for a new password. */
const GONE: readonly string[] = ['/setup', '/reset/none'];

test('every screen shows what it is told as text', async ({ page, context }) => {
	test.slow();
	const problems = watch(page);
	const gone = await context.newPage();
	for (const address of allRouteIds().flatMap(addressesOf)) {
		const isGone = GONE.includes(address);
		const shown = isGone ? gone : page;
		const response = await shown.goto(server.url + address);
		expect([address, response?.status()]).toEqual([address, isGone ? 404 : 200]);
		await lookAt(shown, address);
	}
	expect(problems).toEqual([]);
});

test('so do the screens of a guest, the palette, the editor of filters, and charts that are read', async ({
	page
}) => {
	const problems = watch(page);
	for (const screen of [
		'',
		'/posts',
		'/recent',
		'/sources?by=utm_term',
		'/ctas',
		`/topics/${encoded(addresses.topic)}`
	]) {
		await page.goto(`${server.url}/share/${addresses.share}${screen}`);
		await lookAt(page, `a guest's ${screen}`);
	}
	await page.goto(`${server.url}${home}/recent`);
	await page.keyboard.press('ControlOrMeta+k');
	await page.getByRole('combobox').fill('x-');
	await expect(page.getByRole('option', { name: SHOWN['cta']?.[0] ?? '' })).toBeVisible();
	await lookAt(page, 'the palette');
	await page.keyboard.press('Escape');
	await page.goto(server.url + home);
	await page
		.getByText(/^\d+ posts published/)
		.or(page.getByLabel(/posts? published/))
		.first()
		.click();
	await page.getByRole('application').first().focus();
	await page.keyboard.press('ArrowRight');
	await lookAt(page, 'a chart');
	await page.goto(`${server.url}${home}/ctas`);
	await page.getByRole('link', { name: 'Add filter' }).click();
	const editor = page.getByRole('dialog');
	await editor.getByLabel('Dimension').selectOption('placement');
	await expect(editor).toContainText(SHOWN['placement']?.[0] ?? '');
	await lookAt(page, 'the editor of filters');
	expect(problems).toEqual([]);
});

test('every one of them was shown, as it was written', async () => {
	// Where a tag turned the direction of its text a blank stands.
	const folded = seen.replace(/\s+/g, ' ');
	const missing = Object.entries(SHOWN).flatMap(([field, texts]) =>
		texts.filter((text) => !folded.includes(text)).map((text) => `${field}: ${text}`)
	);
	expect(missing).toEqual([]);
	for (const [dimension, marker] of Object.entries(OF_ADDRESSES)) {
		const values = (await valuesOf(dimension)).filter((value) => value.includes(marker));
		expect(values.length, dimension).toBe(9);
		expect(
			values.filter((value) => !seen.includes(value)),
			dimension
		).toEqual([]);
	}
});

test('what is on no screen is in the file of events, which no browser takes for a page', async () => {
	const answer = await server.fetch(`${home}/settings/exports/events.csv`);
	expect(answer.headers.get('content-type')).toContain('text/csv');
	expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
	expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
	// Quotes are doubled in a cell, and properties are JSON in it.
	const file = (await answer.text()).replaceAll('""', '"').replaceAll('\\"', '"');
	expect(IN_FILES_ONLY.filter((text) => !file.includes(text))).toEqual([]);
	expect(IN_FILES_ONLY.filter((text) => seen.includes(text))).toEqual([]);
});
