import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bylineOk } from '../../http/byline-command.ts';
import { sendForm, sessionFor } from '../../support/owner.ts';
import type { TestServer } from '../../support/server.ts';

export const FIELDS_SITE = 'fields.test';

/** What a field that is not written as text turns into: a script, a handler, an element, an attribute, a template. */
const ATTACKS: readonly ((field: string) => string)[] = [
	(field) => `<script>window.__pwned='${field}'</script>`,
	(field) => `</script><script>window.__pwned='${field}'</script>`,
	(field) => `"><img src=x onerror=window.__pwned='${field}'>`,
	(field) => `'-(window.__pwned='${field}')-'`,
	(field) => `javascript:window.__pwned='${field}'`,
	(field) => `<i data-pwned>${field}</i>`,
	(field) => `" data-pwned="${field}`,
	(field) => `{{7*7}} {@html 7*7} $${'{7*7}'} <%= 7*7 %> ${field}`,
	(field) => `${field} reversed \u202egnp.exe`
];

const payloads = (field: string): readonly string[] => ATTACKS.map((attack) => attack(field));

/** As it must be shown: what turns the direction of the text is taken out at the door. */
const shown = (texts: readonly string[]): readonly string[] =>
	texts.map((text) => text.replace('\u202e', ''));

/** Fields of events that are kept as they are sent, by the dimension that shows them. */
const OF_EVENTS = {
	cta: 'x-cta',
	placement: 'x-placement',
	variant: 'x-variant',
	utm_source: 'x-utm-source',
	utm_medium: 'x-utm-medium',
	utm_campaign: 'x-utm-campaign',
	utm_content: 'x-utm-content',
	utm_term: 'x-utm-term'
} as const;
const OF_POSTS = { topic: 'x-topic', author: 'x-author', post: 'x-title' } as const;
/** Fields that an address is read from, by their dimension: they are kept as an address writes them. */
export const OF_ADDRESSES = {
	page: 'x-page',
	entry_page: 'x-page',
	referrer: 'x-referrer',
	hostname: 'x-host'
} as const;
/** What people of the installation call things; a file name holds no slash. */
const NAMES = {
	segment: payloads('x-segment'),
	key: payloads('x-key'),
	link: payloads('x-link'),
	person: payloads('x-person').slice(2, 6),
	file: payloads('x-file').filter((text) => !text.includes('/'))
} as const;
/** What is on no screen, and in a file of all events only. */
export const IN_FILES_ONLY: readonly string[] = ['x-event', 'x-form', 'x-prop'].flatMap((field) =>
	shown(payloads(field))
);

/** Every text that some screen must show, by its field. */
export const SHOWN: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
	[
		...Object.entries({ ...OF_EVENTS, ...OF_POSTS }).map(
			([dimension, field]) => [dimension, payloads(field)] as const
		),
		...Object.entries(NAMES)
	].map(([name, texts]) => [name, shown(texts)])
);

/** What addresses of the site's screens have in them. */
export interface HostileAddresses {
	readonly post: string;
	readonly topic: string;
	readonly author: string;
	readonly cta: string;
	readonly import: string;
	/** Of a link to the whole site. */
	readonly share: string;
	/** Of an invitation. */
	readonly invitation: string;
}

/** Adds a site that has an attack in each text that a blog, a reader or a person can choose. */
export const addHostileFields = async (server: TestServer): Promise<HostileAddresses> => {
	const command = (...words: readonly string[]): Promise<string> =>
		bylineOk(server.dataDir, ...words);
	await command('site', 'add', FIELDS_SITE, '--timezone', 'UTC');
	const catalogue = join(server.dataDir, 'fields-posts.json');
	writeFileSync(catalogue, JSON.stringify(ATTACKS.map((_, at) => hostilePost(at))));
	await command('posts', 'sync', '--site', FIELDS_SITE, '--file', catalogue);
	for (const at of ATTACKS.keys()) await sendReader(server, at);
	const logs = NAMES.file.map((name, at) => {
		const path = join(server.dataDir, name);
		writeFileSync(path, logLine(at));
		return path;
	});
	await command('import', 'access-log', ...logs, '--site', FIELDS_SITE);

	const cookie = await sessionFor(server.url);
	const settings = (action: string, fields: Readonly<Record<string, string>>): Promise<string> =>
		sent(`${server.url}/${FIELDS_SITE}/settings/${action}`, fields, cookie);
	for (const name of NAMES.segment)
		await sent(
			`${server.url}/${FIELDS_SITE}/segments?/save`,
			{ name, filter: 'os:is:Linux' },
			cookie
		);
	for (const name of NAMES.key)
		await settings('keys?/add', { name, scope: 'reports', expires: '0' });
	let share = '';
	for (const name of NAMES.link) {
		const fields = { name, screen: 'site', filters: '', expires: '0' };
		share = /\/share\/([\w-]{32})/.exec(await settings('links?/add', fields))?.[1] ?? '';
	}
	const invite = async (email: string): Promise<string> =>
		/\/invite\/([\w-]+)/.exec(await settings('people?/invite', { email, role: 'viewer' }))?.[1] ??
		'';
	for (const [at, name] of NAMES.person.entries()) {
		const token = await invite(`person${at}@example.com`);
		await sent(`${server.url}/invite/${token}`, { name, password: 'a long enough password' });
	}
	return {
		post: '1',
		topic: payloads(OF_POSTS.topic)[1] ?? '',
		author: payloads(OF_POSTS.author)[2] ?? '',
		cta: payloads(OF_EVENTS.cta)[1] ?? '',
		import: '1',
		share,
		invitation: await invite('waiting@example.com')
	};
};

const hostilePost = (at: number): unknown => ({
	path: `/post-${at}`,
	title: payloads(OF_POSTS.post)[at],
	authors: [payloads(OF_POSTS.author)[at]],
	topics: [payloads(OF_POSTS.topic)[at]],
	published_at: new Date(Date.now() - (at + 2) * 3_600_000).toISOString(),
	word_count: 100
});

/** One reader with an attack in each field. */
const sendReader = async (server: TestServer, at: number): Promise<void> => {
	const text = (field: string): string => payloads(field)[at] ?? '';
	const tags = new URLSearchParams(
		['source', 'medium', 'campaign', 'content', 'term'].map((tag) => [
			`utm_${tag}`,
			text(`x-utm-${tag}`)
		])
	);
	const c = { id: text('x-cta'), placement: text('x-placement'), variant: text('x-variant') };
	const pv = `fields-${at}`;
	const props = { [text('x-prop')]: text('x-prop') };
	const event = { d: FIELDS_SITE, u: `https://${FIELDS_SITE}/post-${at}?${tags.toString()}`, pv };
	const from = `https://evil.test/${text('x-referrer')}`;
	const events = [
		{ ...event, n: 'pageview', c: [c] },
		{ ...event, n: 'cta_view', c },
		{ ...event, n: 'cta_click', c },
		{ ...event, n: 'engagement', e: 60_000, sd: 100 },
		{ ...event, n: 'subscribe', f: text('x-form') },
		{ ...event, n: text('x-event'), p: props }
	];
	const elsewhere = {
		n: 'pageview',
		d: FIELDS_SITE,
		u: `https://'-alert-{{7*7}}-${at}-x-host.${FIELDS_SITE}/none/${encodeURIComponent(text('x-page'))}`,
		r: from,
		pv: `${pv}-b`
	};
	await take(server, at, events);
	await take(server, at + ATTACKS.length, [elsewhere]);
};

const take = async (
	server: TestServer,
	reader: number,
	events: readonly unknown[]
): Promise<void> => {
	const response = await fetch(`${server.url}/api/event`, {
		method: 'POST',
		headers: { 'user-agent': `Mozilla/5.0 (X11; Linux x86_64; rv:${reader}) Firefox/150.0` },
		body: JSON.stringify(events)
	});
	const { accepted } = (await response.json()) as { readonly accepted?: number };
	if (accepted !== undefined && accepted !== events.length)
		throw new Error(`Of ${events.length} events ${accepted} were taken.`);
	if (!response.ok) throw new Error(`The events were answered ${response.status}.`);
};

const logLine = (at: number): string => {
	const day = new Date(Date.now() - 40 * 86_400_000).toUTCString().split(' ');
	const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
	return `203.0.113.${at} - - [${day[1]}/${day[2]}/${day[3]}:10:00:00 +0000] "GET /post-${at} HTTP/1.1" 200 100 "-" "${agent}"\n`;
};

/** The page that a form is answered with; a redirect is as good. @throws where it is refused */
const sent = async (
	url: string,
	fields: Readonly<Record<string, string>>,
	cookie = ''
): Promise<string> => {
	const answer = await sendForm(url, fields, cookie);
	const text = await answer.text();
	if (answer.status >= 400)
		throw new Error(`${url} answered ${answer.status}: ${text.slice(0, 300)}`);
	return text;
};
