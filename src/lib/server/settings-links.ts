import type { Site } from '#analytics';
import { filtersNow } from '#lib/server/access/names-now.ts';
import { record } from '#lib/server/access/record.ts';
import { engine, segmentsOf } from '#lib/server/engine.ts';
import { filterTexts } from '#lib/server/filter-texts.ts';
import { textOf, WrongField } from '#lib/server/settings-change.ts';
import { EXPIRIES, momentsOf, parseExpiry, parseName } from '#lib/server/settings-expiry.ts';
import { sharedPost, SHARE_SCREENS } from '#lib/share-screens.ts';

const WHOLE = 'site';
const POST = 'post';
const HOST =
	/^(?=.{1,253}(?::|$))[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*(:\d{1,5})?$/;
const MOST_HOSTS = 10;
const PASSWORD = { least: 8, most: 128 } as const;

/** The links of a site, and what can be said of a new one: `filters` are those of the address. */
export async function linksView(site: Site, filters: readonly string[]) {
	const { accounts } = engine();
	return {
		links: await Promise.all(
			accounts.shareLinks.list(site.id).map(async (link) => ({
				id: link.id,
				name: link.name,
				prefix: link.prefix,
				shows: screenLabel(site, link.screen),
				filters: await wordsOf(site, filtersNow(site, link.filters)),
				hosts: link.hosts,
				hasPassword: link.hasPassword,
				...momentsOf(link)
			}))
		),
		screens: [
			{ id: WHOLE, label: 'The whole site' },
			...Object.entries(SHARE_SCREENS).map(([id, { label }]) => ({ id, label })),
			{ id: POST, label: 'One post' }
		],
		filterChoices: [
			{ id: '', label: 'None' },
			...(filters.length === 0
				? []
				: [{ id: 'address', label: (await wordsOf(site, filters)).join(', ') }]),
			...segmentsOf(site).map(({ id, name }) => ({ id: String(id), label: name }))
		],
		expiries: EXPIRIES
	};
}

/** Makes a link; its token is told here alone. @throws WrongField */
export async function addLink(
	site: Site,
	form: FormData,
	address: readonly string[]
): Promise<string> {
	const now = Date.now();
	const name = parseName(form);
	const screen = parseScreen(site, form);
	const { link, token } = await engine().accounts.shareLinks.add(
		site.id,
		{
			name,
			screen,
			filters: parseFilters(site, form, address),
			hosts: parseHosts(form),
			password: parsePassword(form),
			expiresAt: parseExpiry(form, now)
		},
		now
	);
	record('link_added', {
		site,
		detail: { name, prefix: link.prefix, shows: screenLabel(site, screen) }
	});
	return token;
}

/** Ends a link at once. Answers its name. @throws WrongField */
export function removeLink(site: Site, form: FormData): string {
	const { shareLinks } = engine().accounts;
	const id = Number(textOf(form.get('id')));
	const link = shareLinks.list(site.id).find((each) => each.id === id);
	if (link === undefined) throw new WrongField('', 'There is no such link any more.');
	shareLinks.remove(site.id, id);
	record('link_removed', { site, detail: { name: link.name, prefix: link.prefix } });
	return link.name;
}

function screenLabel(site: Site, screen: string | null): string {
	if (screen === null) return 'The whole site';
	const post = sharedPost(screen);
	if (post === null)
		return Object.entries(SHARE_SCREENS).find(([id]) => id === screen)?.[1].label ?? screen;
	const { title } = engine()
		.posts(site)
		.find(({ id }) => String(id) === post) ?? { title: `Post ${post}` };
	return title;
}

async function wordsOf(site: Site, filters: readonly string[]): Promise<readonly string[]> {
	return (await filterTexts(site, filters)).map(({ test, values }) =>
		`${test} ${values.join(', ')}`.trim()
	);
}

function parseScreen(site: Site, form: FormData): string | null {
	const screen = textOf(form.get('screen'));
	if (screen === WHOLE) return null;
	if (screen !== POST) {
		if (Object.hasOwn(SHARE_SCREENS, screen)) return screen;
		throw new WrongField('screen', `"${screen}" is no screen.`);
	}
	const given = textOf(form.get('post'));
	const path = URL.canParse(given) ? new URL(given).pathname : given;
	const post = engine()
		.posts(site)
		.find((each) => each.path === path || each.formerPaths.includes(path));
	if (post === undefined)
		throw new WrongField('post', `There is no post at “${given}” on ${site.domain}.`);
	return `posts/${post.id}`;
}

function parseFilters(site: Site, form: FormData, address: readonly string[]): readonly string[] {
	const chosen = textOf(form.get('filters'));
	if (chosen === '') return [];
	if (chosen === 'address') return address;
	const segment = segmentsOf(site).find(({ id }) => String(id) === chosen);
	if (segment === undefined) throw new WrongField('filters', 'There is no such segment any more.');
	return segment.filters;
}

function parseHosts(form: FormData): readonly string[] {
	const hosts = textOf(form.get('hosts'))
		.toLowerCase()
		.split(/[\s,]+/)
		.map((host) => host.replace(/^https?:\/\//, '').replace(/\/$/, ''))
		.filter((host) => host !== '');
	const wrong = hosts.find((host) => !HOST.test(host));
	if (wrong !== undefined)
		throw new WrongField('hosts', `“${wrong}” is no host; write it as wiki.example.com.`);
	if (hosts.length > MOST_HOSTS) throw new WrongField('hosts', `At most ${MOST_HOSTS} hosts.`);
	return [...new Set(hosts)];
}

function parsePassword(form: FormData): string {
	const given = form.get('password');
	const password = typeof given === 'string' ? given : '';
	const { least, most } = PASSWORD;
	if (password !== '' && (password.length < least || password.length > most))
		throw new WrongField('password', `A password has ${least} to ${most} characters.`);
	return password;
}
