import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REPORT_IDS } from '../../analytics/reports/report-ids.ts';
import { canariesIn } from '../support/canary-blog.ts';
import {
	ELSEWHERE,
	emailOf,
	makeCanaryInstallation,
	PASSWORD,
	ROLES,
	SHARED,
	type CanaryPosts,
	type Role
} from '../support/canary-installation.ts';
import { cookieOf, sendForm } from '../support/owner.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { temporaryFolder } from '../support/temp.ts';

type Ability =
	| 'read'
	| 'own_segments'
	| 'segments'
	| 'posts'
	| 'settings'
	| 'imports'
	| 'exports'
	| 'keys'
	| 'links'
	| 'people'
	| 'site';
/** What a route asks of whoever comes: nothing, an account, all sites, or an ability on the site named. */
type Asks = 'nothing' | 'account' | 'every site' | Ability;

const MAY: Readonly<Record<Role, readonly Ability[]>> = {
	owner: [
		'read',
		'own_segments',
		'segments',
		'posts',
		'settings',
		'imports',
		'exports',
		'keys',
		'links',
		'people',
		'site'
	],
	editor: [
		'read',
		'own_segments',
		'segments',
		'posts',
		'settings',
		'imports',
		'exports',
		'keys',
		'links'
	],
	viewer: ['read', 'own_segments'],
	author: ['read', 'own_segments']
};

interface Case {
	readonly asks: Asks;
	/** An address of it on a site. */
	readonly path: (site: string) => string;
	readonly body?: (site: string) => string;
}

const DAYS = 'from=2026-03-01&to=2026-03-20&compare=none';
const screen = (asks: Ability, ...parts: readonly string[]): Case => ({
	asks,
	path: (site) => `/${[site, ...parts].join('/')}?${DAYS}`
});
const api = (asks: Ability, name: string): Case => ({
	asks,
	path: (site) => `/api/${name}?site=${site}&${DAYS}`
});
const none = (path: string): Case => ({ asks: 'nothing', path: () => path });

/** Each route and method, with an address of it. Posts are named once they are known. */
const casesOf = ({ own }: CanaryPosts): Readonly<Record<string, Case>> => ({
	'GET /': { asks: 'account', path: () => '/' },
	'GET /(door)/setup': none('/setup'),
	'POST /(door)/setup': none('/setup'),
	'GET /(door)/sign-in': none('/sign-in'),
	'POST /(door)/sign-in': none('/sign-in'),
	'GET /(door)/sign-in/code': none('/sign-in/code'),
	'POST /(door)/sign-in/code': none('/sign-in/code'),
	'POST /(door)/sign-in/passkey': none('/sign-in/passkey'),
	'GET /(door)/forgot': none('/forgot'),
	'POST /(door)/forgot': none('/forgot'),
	'GET /(door)/reset/[token]': none('/reset/no-such-token'),
	'POST /(door)/reset/[token]': none('/reset/no-such-token'),
	'GET /(door)/invite/[token]': none('/invite/no-such-token'),
	'POST /(door)/invite/[token]': none('/invite/no-such-token'),
	'GET /api/auth/callback/[provider]': none('/api/auth/callback/oidc'),
	'GET /account': { asks: 'account', path: () => '/account' },
	'POST /account': { asks: 'account', path: () => '/account' },
	'GET /account/export': { asks: 'account', path: () => '/account/export' },
	'POST /account/passkeys': { asks: 'account', path: () => '/account/passkeys' },
	'GET /(door)/sites/new': { asks: 'every site', path: () => '/sites/new' },
	'POST /(door)/sites/new': { asks: 'every site', path: () => '/sites/new' },
	'GET /(door)/share/[token]/password': none('/share/no-such-token/password'),
	'POST /(door)/share/[token]/password': none('/share/no-such-token/password'),
	'GET /dev/design': none('/dev/design'),
	'GET /[site]': screen('read'),
	'GET /[site]/audience/[[report]]': screen('read', 'audience'),
	'GET /[site]/authors': screen('read', 'authors'),
	'GET /[site]/authors/[author]': screen('read', 'authors', 'Ines%20Own'),
	'GET /[site]/ctas': screen('read', 'ctas'),
	'GET /[site]/ctas/[cta]': screen('read', 'ctas', 'own-cta'),
	'GET /[site]/filter': screen('read', 'filter'),
	'GET /[site]/live': screen('read', 'live'),
	'GET /[site]/posts': screen('read', 'posts'),
	'GET /[site]/posts/[post]': screen('read', 'posts', String(own)),
	'GET /[site]/posts/[post]/edit': screen('posts', 'posts', String(own), 'edit'),
	'POST /[site]/posts/[post]/edit': screen('posts', 'posts', String(own), 'edit'),
	'GET /[site]/posts/attribution': screen('read', 'posts', 'attribution'),
	'GET /[site]/posts/pages': screen('read', 'posts', 'pages'),
	'GET /[site]/recent': screen('read', 'recent'),
	'GET /[site]/segments': screen('own_segments', 'segments'),
	'POST /[site]/segments': screen('own_segments', 'segments'),
	'GET /[site]/settings': screen('settings', 'settings'),
	'POST /[site]/settings': screen('settings', 'settings'),
	'GET /[site]/settings/catalogue': screen('settings', 'settings', 'catalogue'),
	'POST /[site]/settings/catalogue': screen('settings', 'settings', 'catalogue'),
	'GET /[site]/settings/exports': screen('exports', 'settings', 'exports'),
	'GET /[site]/settings/exports/[file]': screen('exports', 'settings', 'exports', 'events.csv'),
	'GET /[site]/settings/imports': screen('imports', 'settings', 'imports'),
	'GET /[site]/settings/imports/[import]': screen('imports', 'settings', 'imports', '1'),
	'GET /[site]/settings/imports/[import]/remove': screen(
		'imports',
		'settings',
		'imports',
		'1',
		'remove'
	),
	'POST /[site]/settings/imports/[import]/remove': screen(
		'imports',
		'settings',
		'imports',
		'1',
		'remove'
	),
	'GET /[site]/settings/imports/new': screen('imports', 'settings', 'imports', 'new'),
	'POST /[site]/settings/imports/new': screen('imports', 'settings', 'imports', 'new'),
	'POST /[site]/settings/imports/upload': screen('imports', 'settings', 'imports', 'upload'),
	'GET /[site]/settings/keys': screen('keys', 'settings', 'keys'),
	'POST /[site]/settings/keys': screen('keys', 'settings', 'keys'),
	'GET /[site]/settings/links': screen('links', 'settings', 'links'),
	'POST /[site]/settings/links': screen('links', 'settings', 'links'),
	'GET /[site]/settings/names': screen('settings', 'settings', 'names'),
	'POST /[site]/settings/names': screen('settings', 'settings', 'names'),
	'GET /[site]/settings/log': screen('people', 'settings', 'log'),
	'GET /[site]/settings/people': screen('people', 'settings', 'people'),
	'POST /[site]/settings/people': screen('people', 'settings', 'people'),
	'GET /[site]/settings/remove': screen('site', 'settings', 'remove'),
	'POST /[site]/settings/remove': screen('site', 'settings', 'remove'),
	'GET /[site]/sources': screen('read', 'sources'),
	'GET /[site]/topics': screen('read', 'topics'),
	'GET /[site]/topics/[topic]': screen('read', 'topics', 'Own%20topic'),
	'GET /api/openapi.json': none('/api/openapi.json'),
	'PUT /api/posts': api('posts', 'posts'),
	'GET /api/reports/[report]': api('read', 'reports/posts'),
	'GET /api/segments': api('read', 'segments'),
	'POST /api/segments': api('own_segments', 'segments'),
	'PATCH /api/segments/[id]': api('own_segments', 'segments/1'),
	'DELETE /api/segments/[id]': api('own_segments', 'segments/1'),
	'GET /api/suggestions': {
		asks: 'read',
		path: (site) =>
			`/api/suggestions?site=${site}&from=2026-03-01&to=2026-03-20&dimension=page,source,cta,author`
	},
	'POST /api/v2/query': {
		asks: 'read',
		path: () => '/api/v2/query',
		body: (site) =>
			JSON.stringify({
				site_id: site,
				metrics: ['visitors', 'pageviews'],
				date_range: ['2026-03-01', '2026-03-20'],
				dimensions: ['event:page']
			})
	}
});
/** Ends the session that asks, so it is tried where sessions are. */
const LEFT_OUT = ['POST /sign-out'];

const folder = temporaryFolder('authorisation');
let server: TestServer | undefined;
let posts: CanaryPosts;
const cookies = new Map<Role, string>();
beforeAll(async () => {
	posts = await makeCanaryInstallation(folder.path);
	server = await startServer({ dataDir: folder.path });
	for (const role of ROLES) {
		const form = { email: emailOf(role), password: PASSWORD };
		const answer = await sendForm(`${server?.url ?? ''}/sign-in?/password`, form);
		expect(answer.status, role).toBe(303);
		cookies.set(role, cookieOf(answer));
	}
});
afterAll(async () => {
	await server?.stop();
	folder.remove();
});

interface Answer {
	readonly status: number;
	readonly location: string;
	readonly headers: string;
	readonly body: string;
}

/** Sends what a browser would; of a stream the first that is told. */
async function send(
	method: string,
	path: string,
	{ role, body }: { readonly role?: Role; readonly body?: string } = {}
): Promise<Answer> {
	const leave = new AbortController();
	const answer = await fetch((server?.url ?? '') + path, {
		method,
		redirect: 'manual',
		signal: leave.signal,
		headers: {
			origin: server?.url ?? '',
			accept: isForm(body) ? 'text/html' : '*/*',
			cookie: role === undefined ? '' : (cookies.get(role) ?? ''),
			...(method === 'GET'
				? {}
				: {
						'content-type':
							body === undefined ? 'application/x-www-form-urlencoded' : 'application/json'
					})
		},
		...(method === 'GET' ? {} : { body: body ?? '' })
	});
	const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') === true;
	const text = isStream ? await firstOf(answer) : await answer.text();
	leave.abort();
	return {
		status: answer.status,
		location: answer.headers.get('location') ?? '',
		headers: JSON.stringify([...answer.headers]),
		body: text
	};
}

const isForm = (body: string | undefined): boolean => body === undefined;

async function firstOf(answer: Response): Promise<string> {
	const chunk = await answer.body?.getReader().read();
	return new TextDecoder().decode(chunk?.value);
}

function isEndpoint(name: string): boolean {
	return (
		name.includes('/api/') || /\/(live|upload|\[file\]|account\/(export|passkeys))$/.test(name)
	);
}

/** Each case by its name, as a method, an address and what goes with it. */
async function ask(name: string, site: string, role?: Role): Promise<Answer> {
	const found = casesOf(posts)[name];
	if (found === undefined) throw new Error(`There is no case ${name}.`);
	const [method = ''] = name.split(' ');
	const body = found.body?.(site);
	return send(method, found.path(site), {
		...(role === undefined ? {} : { role }),
		...(body === undefined ? {} : { body })
	});
}

const NAMES = Object.keys(casesOf({ own: 0, other: 0, invented: 0 }));
const asks = (name: string): Asks => casesOf(posts)[name]?.asks ?? 'nothing';

/** Texts and figures of others in whatever form an answer has. */
function leaksIn({ headers, body }: Answer): readonly string[] {
	const data = body.replace(/^(retry: \d+\n)?data: /, '');
	const found = canariesIn(headers).concat(/kanarie[^"<\\]{0,30}/i.exec(body) ?? []);
	return found.concat(/\b1[,.\u202f]?(237|301)\b/.exec(body)?.[0] ?? [], canariesIn(jsonOf(data)));
}

function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

test('every route and method of the app has a case here', () => {
	const routes = fileURLToPath(new URL('../../src/routes/', import.meta.url));
	const files = readdirSync(routes, { recursive: true, encoding: 'utf8' });
	const answered = files.flatMap((path): readonly string[] => {
		const [, folderOf = '', file = ''] = /^(.*?)\/?([^/]+)$/.exec(path) ?? [];
		const text = (): string => readFileSync(routes + path, 'utf8');
		if (file === '+page.svelte') return [`GET /${folderOf}`];
		if (file === '+page.server.ts')
			return /export const actions\b/.test(text()) ? [`POST /${folderOf}`] : [];
		if (file !== '+server.ts') return [];
		return [...text().matchAll(/export (?:const|async function|function) ([A-Z]+)\b/g)]
			.map(([, method = '']) => method)
			.filter((method) => method !== 'HEAD')
			.map((method) => `${method} /${folderOf}`);
	});
	expect([...NAMES, ...LEFT_OUT].toSorted()).toEqual(answered.toSorted());
});

describe.each(ROLES)('%s', (role) => {
	test.each(NAMES)('%s', async (name) => {
		const asked = asks(name);
		const shared = await ask(name, SHARED, role);
		if (asked === 'every site') expect(shared.status).toBe(404);
		else if (asked === 'read') expect(shared.status).toBe(200);
		else if (asked !== 'nothing' && asked !== 'account' && !MAY[role].includes(asked))
			expect(shared.status).toBe(403);
		else {
			expect([401, 403]).not.toContain(shared.status);
			if (asked !== 'nothing') expect(shared.location).not.toContain('sign-in');
		}
		if (role === 'author') expect(leaksIn(shared)).toEqual([]);
		if (asked === 'nothing' || asked === 'account' || asked === 'every site') return;
		const elsewhere = await ask(name, ELSEWHERE, role);
		const invented = await ask(name, 'invented.example', role);
		// The Stats API says so in Plausible’s words.
		expect(elsewhere.status).toBe(name.endsWith('/v2/query') ? 401 : 404);
		expect(leaksIn(elsewhere)).toEqual([]);
		expect(withoutName(elsewhere.body, ELSEWHERE)).toBe(
			withoutName(invented.body, 'invented.example')
		);
	});
});

/** An answer that names the site as it was asked for, and nothing else of it; nonces differ. */
function withoutName(body: string, site: string): string {
	return body.replaceAll(site, 'SITE').replaceAll(/nonce="[^"]*"|__sveltekit_\w+/g, '');
}

describe('a stranger', () => {
	test.each(NAMES)('%s', async (name) => {
		const asked = asks(name);
		const shared = await ask(name, SHARED);
		expect(leaksIn(shared)).toEqual([]);
		if (asked === 'nothing') return;
		if (isEndpoint(name)) expect(shared.status).toBe(401);
		else {
			expect(shared.status).toBe(303);
			expect(shared.location).toMatch(/^\/sign-in/);
		}
		const invented = await ask(name, 'invented.example');
		expect(invented.status).toBe(shared.status);
		expect(withoutName(invented.body, 'invented.example')).toBe(withoutName(shared.body, SHARED));
	});
});

describe('an author', () => {
	const role = 'author';
	test.each(NAMES.filter((name) => /^GET \/\[site\]/.test(name) && !isEndpoint(name)))(
		'gets no more from the data of %s',
		async (name) => {
			const { path } = casesOf(posts)[name] ?? none('');
			const answer = await send('GET', path(SHARED).replace('?', '/__data.json?'), { role });
			expect(leaksIn(answer)).toEqual([]);
		}
	);

	test.each(REPORT_IDS.flatMap((id) => [id, `${id}.csv`]))('gets no more from %s', async (id) => {
		const answer = await send('GET', `/api/reports/${id}?site=${SHARED}&${DAYS}`, { role });
		expect(answer.status).toBe(200);
		expect(leaksIn(answer)).toEqual([]);
		const all = await send('GET', `/api/reports/${id}?site=${SHARED}&period=all`, { role });
		expect(leaksIn(all)).toEqual([]);
	});

	test('hears the same of another post as of one that is invented', async () => {
		for (const end of ['', '/edit']) {
			const other = await send('GET', `/${SHARED}/posts/${posts.other}${end}`, { role });
			const invented = await send('GET', `/${SHARED}/posts/${posts.invented}${end}`, { role });
			expect(other.status).toBe(end === '' ? 404 : 403);
			const named = (id: number): RegExp => new RegExp(`(?<=posts/|"|&quot;)${id}\\b`, 'g');
			expect(withoutName(other.body.replaceAll(named(posts.other), 'POST'), SHARED)).toBe(
				withoutName(invented.body.replaceAll(named(posts.invented), 'POST'), SHARED)
			);
		}
	});

	test.each([
		['topics', 'kanarie topic'],
		['authors', 'kanarie author'],
		['ctas', 'kanarie-cta']
	])('hears the same of what others have among %s as of what is invented', async (kind, name) => {
		const of = async (named: string): Promise<Answer> => {
			const path = `/${SHARED}/${kind}/${encodeURIComponent(named)}/__data.json?${DAYS}`;
			return send('GET', path, { role });
		};
		const invented = name.replace('kanarie', 'nobody9');
		const [theirs, nobodys] = [await of(name), await of(invented)];
		expect(theirs.status).toBe(nobodys.status);
		expect(theirs.body.replaceAll(name, invented)).toBe(nobodys.body);
	});
});
