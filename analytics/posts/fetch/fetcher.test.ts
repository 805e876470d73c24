import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { fetchExceptions, NO_EXCEPTIONS, parseFetchExceptions } from './exceptions.ts';
import { openFetcher, type FetcherOptions } from './fetcher.ts';

const servers: ReturnType<typeof createServer>[] = [];
afterAll(() => {
	for (const server of servers) {
		server.closeAllConnections();
		server.close();
	}
});

interface Asked {
	readonly url: string;
	readonly headers: NodeJS.Dict<string | string[]>;
	readonly at: number;
}

/** A server whose pages are given by path; robots.txt is missing unless given. */
async function serve(pages: Readonly<Record<string, RequestListener>>) {
	const asked: Asked[] = [];
	const server = createServer((request, response) => {
		asked.push({ url: request.url ?? '', headers: request.headers, at: performance.now() });
		const page = pages[request.url ?? ''];
		if (page) page(request, response);
		else response.writeHead(404).end();
	});
	servers.push(server);
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const text =
	(body: string | Buffer, headers: Readonly<Record<string, string>> = {}): RequestListener =>
	(_request, response) =>
		void response.writeHead(200, { 'content-type': 'text/html', ...headers }).end(body);
const redirect =
	(location: string): RequestListener =>
	(_request, response) =>
		void response.writeHead(302, { location }).end();

const ANSWERED_AT = Date.UTC(2026, 5, 3, 12);
const dated = (ms: number) => ({ 'last-modified': new Date(ANSWERED_AT + ms).toUTCString() });

const local = parseFetchExceptions('127.0.0.1') ?? NO_EXCEPTIONS;
const open = (options: Partial<FetcherOptions> = {}) =>
	openFetcher({
		isOwnHost: (host) => host === 'blog.example',
		exceptions: local,
		pauseMs: 0,
		...options
	});
const reason = async (work: Promise<unknown>): Promise<string> => {
	const thrown = await work.then(
		() => new Error('it was fetched'),
		(error: unknown) => error
	);
	const { message } = thrown as Error;
	expect(message).toMatch(/^[^\n]+\.$/);
	return message;
};

describe('what is asked', () => {
	const strict = open({ exceptions: NO_EXCEPTIONS, resolve: () => Promise.resolve(['10.0.0.7']) });

	it.each([
		['https://other.example/feed', /other\.example is no host of this site/],
		['http://127.0.0.1/', /is no host of this site/],
		['http://0x7f.1/', /127\.0\.0\.1 is no host/],
		['http://2130706433/', /127\.0\.0\.1 is no host/],
		['http://[::ffff:127.0.0.1]/', /is no host of this site/],
		['http://169.254.169.254/latest/meta-data', /is no host of this site/],
		['file:///etc/passwd', /only http and https/],
		['ftp://blog.example/', /only http and https/],
		['javascript:alert(1)', /only http and https/],
		['https://jo:secret@blog.example/', /user name or password/],
		['https://blog.example:22/', /only the usual ports/],
		['nonsense', /is not a web address/],
		['https://blog.example/', /10\.0\.0\.7 is no public address/]
	])('%s is refused', async (url, why) => {
		expect(await reason(strict.fetch(url))).toMatch(why);
	});

	it('refuses a host of which one address is private', async () => {
		const fetcher = open({
			exceptions: NO_EXCEPTIONS,
			resolve: () => Promise.resolve(['93.184.216.34', '::ffff:10.0.0.1'])
		});
		expect(await reason(fetcher.fetch('https://blog.example/'))).toMatch(/10\.0\.0\.1|a00:1/);
	});

	it('refuses the own host where only exceptions are fetched', async () => {
		const exceptions = fetchExceptions({ FETCH_ALLOW: '127.0.0.1', FETCH_ALLOWED_ONLY: true });
		const { url } = await serve({ '/a': text('one') });
		const fetcher = open({ exceptions });
		expect(await fetcher.fetch(`${url}/a`)).toMatchObject({ body: Buffer.from('one') });
		expect(await reason(fetcher.fetch('https://blog.example/'))).toMatch(
			/FETCH_ALLOW does not name/
		);
	});

	it('connects to the address that was judged, and judges each connection anew', async () => {
		const { url } = await serve({ '/a': text('one') });
		const { port } = new URL(url);
		const answers = [['127.0.0.1'], ['127.0.0.1'], ['10.0.0.1']];
		const exceptions = parseFetchExceptions('127.0.0.1,blog.example') ?? NO_EXCEPTIONS;
		const fetcher = open({ exceptions, resolve: () => Promise.resolve(answers.shift() ?? []) });
		const page = `http://blog.example:${port}/a`;
		expect(await fetcher.fetch(page)).toMatchObject({ body: Buffer.from('one'), url: page });
		expect(await reason(fetcher.fetch(page))).toMatch(/10\.0\.0\.1 is no public address/);
	});
});

describe('redirects', () => {
	it('are followed on the own host and told', async () => {
		const { url } = await serve({ '/old': redirect('/new'), '/new': text('here') });
		const answer = await open().fetch(`${url}/old`);
		expect(answer).toMatchObject({ url: `${url}/new`, via: [`${url}/old`] });
	});

	it.each([
		['http://169.254.169.254/latest', /no host of this site/],
		['http://10.0.0.1/', /no host of this site/],
		['file:///etc/passwd', /only http and https/],
		['http://blog.example/', /192\.168\.0\.9 is no public address/]
	])('to %s are refused', async (location, why) => {
		const { url } = await serve({ '/a': redirect(location) });
		const fetcher = open({ resolve: () => Promise.resolve(['192.168.0.9']) });
		expect(await reason(fetcher.fetch(`${url}/a`))).toMatch(why);
	});

	it('end after five', async () => {
		const { url } = await serve({ '/a': redirect('/a') });
		expect(await reason(open().fetch(`${url}/a`))).toMatch(/redirects too often/);
	});
});

describe('size and time', () => {
	const limits = { maxBytes: 1024 * 1024, maxMs: 400 };
	const big = Buffer.alloc(3 * 1024 * 1024, 'a');

	it.each<[string, RequestListener]>([
		['plain', text(big)],
		['a gzip answer', text(gzipSync(big), { 'content-encoding': 'gzip' })],
		['a Brotli answer', text(brotliCompressSync(big), { 'content-encoding': 'br' })],
		['a gzip file', text(gzipSync(big), { 'content-type': 'application/gzip' })]
	])('%s beyond the limit is refused', async (_, page) => {
		const { url } = await serve({ '/a': page });
		expect(await reason(open({ limits: { ...limits, maxMs: 10_000 } }).fetch(`${url}/a`))).toMatch(
			/is larger than 1 MB/
		);
	});

	it.each<[string, RequestListener]>([
		['never answers', () => undefined],
		['stops within the headers', (_, response) => void response.writeHead(200).flushHeaders()],
		[
			'drips',
			(_, response) => {
				const drip = setInterval(() => response.write('a'), 50);
				response.on('close', () => clearInterval(drip));
			}
		]
	])('a server that %s is left', async (_, page) => {
		const { url } = await serve({ '/a': page });
		const message = await reason(open({ limits }).fetch(`${url}/a`));
		expect(message).toMatch(/took longer than 0\.4 s/);
	});

	it('unpacks what is in bounds', async () => {
		const { url } = await serve({ '/a': text(gzipSync('hello'), { 'content-encoding': 'gzip' }) });
		const answer = await open().fetch(`${url}/a`);
		expect(answer.body.toString()).toBe('hello');
	});

	it('a broken gzip answer, an error and a picture are one sentence', async () => {
		const { url } = await serve({
			'/a': text('no gzip', { 'content-encoding': 'gzip' }),
			'/b': text('GIF89a', { 'content-type': 'image/gif' })
		});
		expect(await reason(open().fetch(`${url}/a`))).toMatch(/incorrect header check/);
		expect(await reason(open().fetch(`${url}/b`))).toMatch(/is image\/gif/);
		expect(await reason(open().fetch(`${url}/c`))).toMatch(/answered with status 404/);
	});
});

describe('manners', () => {
	it('asks whether something changed', async () => {
		const { url, asked } = await serve({
			'/feed': (request, response) => {
				const isSame = request.headers['if-none-match'] === '"7"';
				response.writeHead(isSame ? 304 : 200, { etag: '"7"' }).end(isSame ? '' : 'feed');
			}
		});
		const fetcher = open();
		const first = await fetcher.fetch(`${url}/feed`);
		expect(first).toMatchObject({ validators: { etag: '"7"' } });
		expect(await fetcher.fetchIfChanged(`${url}/feed`, first.validators!)).toBeNull();
		expect(asked.map((each) => each.url)).toEqual(['/robots.txt', '/feed', '/feed']);
	});

	it.each([
		['neither', {}, null],
		['an ETag', { etag: '"7"' }, { etag: '"7"' }],
		['a weak ETag', { etag: 'W/"7"' }, { etag: 'W/"7"' }],
		['an ETag longer than anybody needs', { etag: `"${'7'.repeat(600)}"` }, null],
		['a date long ago', dated(-2_000), { lastModified: dated(-2_000)['last-modified'] }],
		['the date of its answer', dated(0), null],
		['a date to come', dated(60_000), null],
		['no date', { 'last-modified': 'yesterday' }, null],
		['an ETag and the date of its answer', { etag: '"7"', ...dated(0) }, { etag: '"7"' }]
	])('what gives %s can be asked by what is sure', async (_, headers, wanted) => {
		const { url } = await serve({
			'/a': text('a', { date: dated(0)['last-modified'], ...headers })
		});
		const { validators } = await open().fetch(`${url}/a`);
		expect(validators).toEqual(
			wanted && { etag: undefined, lastModified: undefined, ...wanted, of: expect.any(String) }
		);
	});

	it('asks no other address by the validators of one', async () => {
		const answer = text('a', { etag: '"7"' });
		const { url, asked } = await serve({ '/a': answer, '/b': answer, '/to-a': redirect('/a') });
		const fetcher = open();
		const { validators } = await fetcher.fetch(`${url}/a`);
		for (const path of ['/b', '/to-a', '/a']) await fetcher.fetchIfChanged(url + path, validators!);
		expect(asked.slice(2).map((each) => [each.url, each.headers['if-none-match']])).toEqual([
			['/b', undefined],
			['/to-a', undefined],
			['/a', '"7"'],
			['/a', '"7"']
		]);
	});

	it('takes 304 for a fault where it did not ask', async () => {
		const { url } = await serve({ '/a': (_, response) => void response.writeHead(304).end() });
		expect(await reason(open().fetch(`${url}/a`))).toMatch(/\/a answered with status 304\.$/);
		const others = { etag: '"7"', of: 'another address' };
		expect(await reason(open().fetchIfChanged(`${url}/a`, others))).toMatch(/status 304/);
	});

	it('keeps to robots.txt, and asks nothing of a server whose robots.txt fails', async () => {
		const { url, asked } = await serve({
			'/robots.txt': text('User-agent: *\nDisallow: /private'),
			'/private/a': text('a'),
			'/b': text('b')
		});
		expect(await reason(open().fetch(`${url}/private/a`))).toMatch(/robots\.txt does not allow/);
		expect(await open().fetch(`${url}/b`)).toMatchObject({ body: Buffer.from('b') });
		expect(asked.some((each) => each.url === '/private/a')).toBe(false);
		const failing = await serve({
			'/robots.txt': (_, response) => void response.writeHead(500).end(),
			'/a': text('a')
		});
		expect(await reason(open().fetch(`${failing.url}/a`))).toMatch(/robots\.txt does not allow/);
	});

	it('asks one thing at a time, with a pause', async () => {
		const waits: number[] = [];
		let clock = 0;
		let inside = 0;
		let most = 0;
		const page: RequestListener = (_, response) => {
			most = Math.max(most, ++inside);
			setTimeout(() => {
				inside -= 1;
				response.end('ok');
			}, 20);
		};
		const { url } = await serve({ '/a': page, '/b': page, '/c': page });
		const sleep = (ms: number) => {
			waits.push(ms);
			clock += ms;
			return Promise.resolve();
		};
		const fetcher = open({ pauseMs: 500, now: () => clock, sleep });
		await Promise.all(['/a', '/b', '/c'].map((path) => fetcher.fetch(url + path)));
		expect(most).toBe(1);
		expect(waits.length).toBeGreaterThanOrEqual(3);
		expect(new Set(waits)).toEqual(new Set([500]));
	});

	it('waits as Retry-After asks', async () => {
		let clock = 1_000_000;
		const { url, asked } = await serve({
			'/a': (_, response) => void response.writeHead(429, { 'retry-after': '120' }).end()
		});
		const fetcher = open({ now: () => clock });
		expect(await reason(fetcher.fetch(`${url}/a`))).toMatch(/status 429/);
		clock += 119_000;
		expect(await reason(fetcher.fetch(`${url}/a`))).toMatch(/asked for a pause until/);
		const before = asked.length;
		clock += 2_000;
		expect(await reason(fetcher.fetch(`${url}/a`))).toMatch(/status 429/);
		expect(asked.length).toBe(before + 1);
	});
});
