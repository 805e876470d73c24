/**
 * Nothing that names a reader is in the data folder. Limits of looking for it: an IPv4 address is searched as text only,
 * since any four bytes are somewhere in a file of some size; DuckDB compresses text, so that its rows are read out and
 * searched besides the bytes of its file. What a page itself names to be kept is kept as it is: path, title, form, CTA,
 * campaign tags, names of events and flat properties.
 */
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openEngine, type Engine } from '../../analytics/engine.ts';
import { createIntakeListener } from '../../analytics/intake/http.ts';
import { parseSettings } from '../../analytics/settings.ts';
import { raw, sql } from '../../analytics/stores/sql.ts';
import { temporaryFolder } from '../support/temp.ts';
import { ask, post, type Answer } from './client.ts';
import { BLOG } from './start-blog.ts';

const HOUR = 3_600_000;
const FIRST = Date.parse('2026-06-10T09:00:00Z');

const IPV4 = '81.2.69.142';
const IPV6 = '2a02:6b8:85a3:7d1:8d3:1319:8a2e:7344';
const MODEL = 'SM-S918B Build/UP1A.231005.007';
const USER_AGENT = `Mozilla/5.0 (Linux; Android 14; ${MODEL}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.6422.147 Mobile Safari/537.36`;
/** Typed by a reader: once as it is, once as an address or a form writes it. */
const TYPED = ['ada.lovelace@mail.example', 'my secret wish'];

const folder = temporaryFolder('privacy');
const troubles: string[] = [];
let clock = FIRST;
let engine: Engine;
let server: Server;
let url: string;

beforeAll(async () => {
	// The engine's housekeeping goes by this clock too.
	vi.useFakeTimers({ toFake: ['setInterval'] });
	engine = await openEngine({
		settings: parseSettings({ DATA_DIR: folder.path, TRUSTED_PROXIES: 'loopback' }),
		now: () => clock,
		onTrouble: (message) => troubles.push(message)
	});
	engine.addSite(BLOG, 'UTC');
	const listener = createIntakeListener(engine.intake, '');
	server = createServer((request, response) => void listener(request, response));
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new TypeError('There is no port.');
	url = `http://127.0.0.1:${address.port}`;
});
afterAll(() => {
	vi.useRealTimers();
	server.closeAllConnections();
	server.close();
	folder.remove();
});

const headersOf = (ip: string): Readonly<Record<string, string>> => ({
	'user-agent': USER_AGENT,
	'x-forwarded-for': ip,
	cookie: `session=${encodeURIComponent(TYPED[0] ?? '')}`,
	'accept-language': 'de-CH'
});

/** What a page may send that knows no better, or does not care. */
function hostileEvents(): readonly object[] {
	const [email = '', wish = ''] = TYPED;
	const query = `?email=${encodeURIComponent(email)}&s=${encodeURIComponent(wish)}`;
	const page = `https://${BLOG}/join`;
	const typed = { email, wish, fields: { email }, values: [wish] };
	return [
		{ n: 'pageview', u: `${page}${query}`, r: `https://www.google.com/search?q=${wish}` },
		{
			n: 'pageview',
			u: `${page}#${email}`,
			r: `https://${email.replace('@', ':')}@other.example/`
		},
		{ n: 'pageview', u: `https://${email.replace('@', ':')}@${BLOG}/join;${query}`, h: 1 },
		{ n: 'pageview', u: page, r: `https://other.example/thanks${query}#${email}` },
		{ n: 'subscribe', u: page, f: 'newsletter', ...typed, p: { fields: { email }, all: [wish] } },
		{ n: 'subscribe', u: page, f: 'newsletter', $: { amount: wish }, fd: typed, title: wish },
		{ n: 'engagement', u: page, sd: 10, e: 1_000, p: null, ...typed },
		{ n: 'cta_click', u: page, c: { id: 'ebook', placement: 'end', text: wish, href: email } }
	];
}

async function sendFrom(ip: string): Promise<void> {
	const headers = headersOf(ip);
	const [email = '', wish = ''] = TYPED;
	const expectOk = ({ status, headers, text }: Answer, dropped?: string): void => {
		expect([status, headers['x-byline-dropped'], status < 300 ? '' : text]).toEqual([
			status < 300 ? status : 202,
			dropped,
			''
		]);
	};
	for (const event of hostileEvents()) expectOk(await post(url, event, { headers }));
	expectOk(await post(url, hostileEvents(), { headers }));
	const typed = `email=${encodeURIComponent(email)}&q=${encodeURIComponent(wish)}`;
	const page = encodeURIComponent(`https://${BLOG}/gif?${typed}`);
	expectOk(await ask(`${url}/api/event.gif?n=pageview&u=${page}&${typed}`, { headers }));
	const count = `/count?p=/goat&t=Goat&${typed}`;
	expectOk(
		await ask(url + count, { method: 'POST', headers: { ...headers, referer: `https://${BLOG}/` } })
	);
	const payload = { website: BLOG, hostname: BLOG, url: `/umami?${typed}`, wish, ip };
	expectOk(
		await ask(`${url}/api/send`, {
			method: 'POST',
			headers,
			body: JSON.stringify({ type: 'event', payload: { ...payload, userAgent: USER_AGENT } })
		})
	);
	// What is refused or dropped leaves nothing either.
	await post(url, { n: wish, u: email, d: email }, { headers });
	await post(url, { n: 'subscribe', u: 7, f: wish, p: { email } }, { headers });
	await post(url, { n: 'pageview', u: `https://${wish}.example/` }, { headers });
	await post(url, `{"n":"${wish}", ${email}`, { headers });
}

interface Needle {
	readonly what: string;
	readonly bytes: Buffer;
}

const text = (what: string, ...spellings: readonly string[]): readonly Needle[] =>
	spellings.map((spelling) => ({ what, bytes: Buffer.from(spelling) }));

const IPV6_BYTES = Buffer.from(
	IPV6.split(':')
		.map((part) => part.padStart(4, '0'))
		.join(''),
	'hex'
);

const NEEDLES: readonly Needle[] = [
	...text('IPv4 address', IPV4),
	...text('IPv6 address', IPV6, IPV6.toUpperCase(), IPV6_BYTES.toString('hex')),
	...text('IPv6 network', '2a02:6b8:85a3:7d1:', IPV6_BYTES.toString('hex', 0, 8)),
	{ what: 'IPv6 address, binary', bytes: IPV6_BYTES },
	{ what: 'IPv6 network, binary', bytes: IPV6_BYTES.subarray(0, 8) },
	...text('User-Agent', USER_AGENT, MODEL, '125.0.6422'),
	...TYPED.flatMap((typed) =>
		text(
			'typed text',
			typed,
			encodeURIComponent(typed),
			encodeURIComponent(typed).replaceAll('%20', '+'),
			typed.replace('@', ':'),
			Buffer.from(typed).toString('base64').slice(0, -4)
		)
	)
];

function filesIn(path: string): readonly string[] {
	return readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) =>
		statSync(join(path, name)).isFile()
	);
}

/** Which needles are in which files of the data folder. */
function foundInFiles(needles: readonly Needle[]): readonly string[] {
	return filesIn(folder.path).flatMap((name) => {
		const bytes = readFileSync(join(folder.path, name));
		return needles
			.filter((needle) => bytes.includes(needle.bytes))
			.map(({ what, bytes }) => `${what} "${bytes.toString('latin1')}" in ${name}`);
	});
}

/** The same for the rows of the event store, as text. */
async function foundInRows(needles: readonly Needle[]): Promise<readonly string[]> {
	const found: string[] = [];
	const tables = await engine.store.query(
		sql`select distinct table_name as name from information_schema.tables order by 1`
	);
	for (const { name } of tables) {
		const rows = await engine.store.query(raw(`select t::varchar as line from ${String(name)} t`));
		const lines = rows.map(({ line }) => String(line)).join('\n');
		for (const { what, bytes } of needles)
			if (lines.includes(bytes.toString('latin1')))
				found.push(`${what} "${bytes.toString('latin1')}" in table ${String(name)}`);
	}
	return found;
}

/** All salts that are on disk now, as text and as bytes. */
function saltsOnDisk(): readonly Needle[] {
	const file = readFileSync(join(folder.path, 'salts.json'), 'utf8');
	const salts = [...file.matchAll(/"salt":"([^"]+)"/g)].map(([, salt = '']) => salt);
	return salts.flatMap((salt) => [
		...text('salt', salt, Buffer.from(salt, 'base64').toString('hex')),
		{ what: 'salt, binary', bytes: Buffer.from(salt, 'base64') }
	]);
}

/** Lets the engine's clock and its housekeeping go on. */
function goTo(epochMs: number): void {
	clock = epochMs;
	vi.advanceTimersByTime(60_000);
}

describe('the data folder', () => {
	let first: readonly Needle[];

	test('holds neither addresses nor User-Agents nor typed text while a day runs', async () => {
		await sendFrom(IPV4);
		await sendFrom(IPV6);
		await engine.drain();
		expect(foundInFiles(NEEDLES)).toEqual([]);
		expect(await foundInRows(NEEDLES)).toEqual([]);
		first = saltsOnDisk();
		// The search finds what is there.
		expect(first).toHaveLength(3);
		expect(foundInFiles(first)).toHaveLength(1);
		expect(foundInFiles(text('page', '/join'))).not.toEqual([]);
	});

	test('holds no salt older than 48 hours, nor what it was used for', async () => {
		for (const hours of [20, 40]) {
			goTo(FIRST + hours * HOUR);
			await sendFrom(IPV4);
			await sendFrom(IPV6);
			await engine.drain();
		}
		const later = saltsOnDisk();
		expect(foundInFiles(first)).toHaveLength(1);
		goTo(FIRST + 48 * HOUR);
		expect(foundInFiles(first)).toEqual([]);
		await engine.store.checkpoint();
		expect(foundInFiles([...first, ...NEEDLES])).toEqual([]);
		expect(await foundInRows([...first, ...NEEDLES])).toEqual([]);
		expect(foundInFiles(later)).not.toEqual([]);
	});

	test('tells no reader of one day from a reader of another', async () => {
		const rows = await engine.store.query(
			sql`select day::varchar as day, count(distinct visitor)::integer as visitors,
					(select count(distinct visitor) from events)::integer as all_visitors
				from events group by day order by day`
		);
		expect(rows).toEqual(
			['2026-06-10', '2026-06-11', '2026-06-12'].map((day) => ({
				day,
				visitors: 2,
				all_visitors: rows.length * 2
			}))
		);
	});

	test('holds nothing of it after the engine is closed', async () => {
		goTo(FIRST + 100 * HOUR);
		await engine.close();
		const salts = readFileSync(join(folder.path, 'salts.json'), 'utf8');
		expect(JSON.parse(salts)).toEqual({});
		expect(foundInFiles([...first, ...NEEDLES])).toEqual([]);
		expect(troubles).toEqual([]);
	});
});
