import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageOf, parseLogLine, type LogHit } from './access-log-line.ts';

const CHROME =
	'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';

const line = (parts: Readonly<Record<string, string>> = {}) =>
	`${parts.client ?? '192.0.2.1 - -'} [${parts.time ?? '17/May/2015:10:05:03 +0000'}] ` +
	`"${parts.request ?? 'GET /a HTTP/1.1'}" ${parts.status ?? '200 203'}` +
	(parts.rest ?? ` "${parts.referrer ?? '-'}" "${parts.agent ?? CHROME}"`);

const hitOf = (text: string): LogHit => {
	const parsed = parseLogLine(text);
	if (!parsed.ok) throw new Error(parsed.reason);
	return parsed.hit;
};

describe('parseLogLine', () => {
	it('reads the combined format', () => {
		expect(hitOf(line({ referrer: 'https://example.com/?q=1' }))).toEqual({
			ip: '192.0.2.1',
			ts: Date.UTC(2015, 4, 17, 10, 5, 3),
			method: 'GET',
			target: '/a',
			status: 200,
			referrer: 'https://example.com/?q=1',
			userAgent: CHROME,
			agentLogged: true
		});
	});

	it('reads the common format, in which nothing is said of the User-Agent', () => {
		const hit = hitOf(line({ rest: '' }));
		expect(hit).toMatchObject({ status: 200, agentLogged: false });
		expect(hit.userAgent).toBeUndefined();
		expect(hitOf(line({ status: '304 -', rest: '' })).status).toBe(304);
		expect(hitOf(line({ status: '304', rest: '' })).status).toBe(304);
	});

	it('takes a dash as absent', () => {
		const hit = hitOf(line({ agent: '-', referrer: '' }));
		expect(hit.userAgent).toBeUndefined();
		expect(hit.referrer).toBeUndefined();
		expect(hit.agentLogged).toBe(true);
		expect(hitOf(line({ status: '- -' })).status).toBe(0);
	});

	it.each([
		['192.0.2.1 - -', '192.0.2.1'],
		['192.0.2.1 - jane doe', '192.0.2.1'],
		['192.0.2.1 - [odd] user', '192.0.2.1'],
		['2001:db8::1 - -', '2001:db8::1'],
		['::ffff:192.0.2.1 - -', '::ffff:192.0.2.1'],
		['fe80::1%eth0 - -', 'fe80::1%eth0'],
		['example.com:443 192.0.2.1 - -', '192.0.2.1'],
		['example.com 2001:db8::1 - -', '2001:db8::1'],
		['192.0.2.1, 198.51.100.2 - -', '192.0.2.1'],
		['reader.example.net - -', 'reader.example.net']
	])('%s is a request of %s', (client, ip) => {
		expect(hitOf(line({ client })).ip).toBe(ip);
	});

	it.each([
		['17/May/2015:10:05:03 +0000', '2015-05-17T10:05:03Z'],
		['17/May/2015:10:05:03 +0545', '2015-05-17T04:20:03Z'],
		['31/Dec/2015:23:05:03 -0330', '2016-01-01T02:35:03Z'],
		['29/Feb/2024:00:00:00 +1400', '2024-02-28T10:00:00Z'],
		['30/Jun/2015:23:59:60 +0000', '2015-06-30T23:59:59Z']
	])('%s is %s', (time, iso) => {
		expect(hitOf(line({ time })).ts).toBe(Date.parse(iso));
	});

	it.each([
		'29/Feb/2023:00:00:00 +0000',
		'00/May/2015:00:00:00 +0000',
		'17/ayJ/2015:00:00:00 +0000',
		'17/May/2015:24:00:00 +0000',
		'17/May/2015:10:60:00 +0000',
		'17/May/2015:10:05:03 +9900',
		'17/May/2015:10:05:03 0000+',
		'2015-05-17T10:05:03+00:00'
	])('refuses the time %s', (time) => {
		expect(parseLogLine(line({ time }))).toMatchObject({ ok: false });
	});

	it('undoes escapes in quoted fields', () => {
		const hit = hitOf(
			line({
				request: 'GET /a\\"b\\x22c?q=\\xe6\\x97\\xa5 HTTP/2.0',
				referrer: 'https://e.example/\\"x\\" y',
				agent: 'a \\"quoted\\" agent\\\\'
			})
		);
		expect(hit.target).toBe('/a"b"c?q=日');
		expect(hit.referrer).toBe('https://e.example/"x" y');
		expect(hit.userAgent).toBe('a "quoted" agent\\');
	});

	it('copes with quotes that the server did not escape', () => {
		const hit = hitOf(
			line({ request: 'GET /a?q="b c" d HTTP/1.0', referrer: 'http://e.example/?q="b" c' })
		);
		expect(hit.target).toBe('/a?q="b c" d');
		expect(hit.referrer).toBe('http://e.example/?q="b" c');
		expect(hit.userAgent).toBe(CHROME);
	});

	it.each([
		['GET /a', 'GET', '/a'],
		['GET /a b HTTP/1.0', 'GET', '/a b'],
		['GET http://example.com/a HTTP/1.1', 'GET', 'http://example.com/a'],
		['OPTIONS * HTTP/1.0', 'OPTIONS', '*'],
		['-', '', ''],
		['', '', ''],
		['\\x16\\x03\\x01', '', ''],
		['hello there', '', '']
	])('the request %j is %j %j', (request, method, target) => {
		expect(hitOf(line({ request }))).toMatchObject({ method, target });
	});

	it('ignores further fields and a carriage return', () => {
		expect(hitOf(`${line()} "203.0.113.9" 0.004\r`).userAgent).toBe(CHROME);
	});

	it.each([
		['', 'empty line'],
		['hello', 'no [time]'],
		['192.0.2.1 - - [yesterday] "GET / HTTP/1.1" 200 1', 'not a time'],
		['192.0.2.1 - - [17/May/2015:10:05:03 +0000] GET / 200 1', 'no "request"'],
		['192.0.2.1 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1', 'closing quote'],
		['192.0.2.1 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 2x0 1', 'not a status'],
		['192.0.2.1 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 1 "-', 'user agent'],
		['192.0.2.1 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 1 "-" "Mozi', 'closing quote']
	])('%j cannot be parsed: %s', (text, reason) => {
		const parsed = parseLogLine(text);
		expect(parsed).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
	});

	it('never throws', () => {
		const piece = fc.oneof(
			fc.constantFrom('"', '\\', ' ', '[', ']', '-', '\\x', '\u0000', '200', line()),
			fc.string({ unit: 'binary', maxLength: 8 })
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
				const parsed = parseLogLine(pieces.join(''));
				if (parsed.ok) expect(pageOf(parsed.hit, () => false)).toBeDefined();
			}),
			{ numRuns: 500 }
		);
	});
});

describe('pageOf', () => {
	const posts = new Set(['/blog/post.html', '/grok-to-c++.html']);
	const pageOfLine = (parts: Readonly<Record<string, string>>) =>
		pageOf(hitOf(line(parts)), (path) => posts.has(path));

	it.each([
		['/blog/post.html', '/blog/post.html'],
		['/blog//post.html?utm_source=feedburner&commentlimit=0#x', '/blog/post.html'],
		['/blog/%70ost.html?source=rss20', '/blog/post.html'],
		['/grok-to-c%2B%2B.html', '/grok-to-c++.html'],
		['http://example.com/blog/post.html', '/blog/post.html'],
		['/blog/?page=2', '/blog']
	])('%s is a view of %s', (target, path) => {
		expect(pageOfLine({ request: `GET ${target} HTTP/1.1` })).toEqual({ path });
	});

	it.each(['200', '204', '206', '299', '304'])('counts status %s', (status) => {
		expect(pageOfLine({ status: `${status} 1` })).toEqual({ path: '/a' });
	});

	it.each(['100', '301', '302', '303', '400', '404', '499', '500', '-'])(
		'skips status %s',
		(status) => {
			expect(pageOfLine({ status: `${status} 1` })).toEqual({ skip: 'status' });
		}
	);

	it.each(['HEAD', 'POST', 'OPTIONS'])('skips %s', (method) => {
		expect(pageOfLine({ request: `${method} /a HTTP/1.1` })).toEqual({ skip: 'method' });
	});

	it('skips what is no reader', () => {
		expect(pageOfLine({ agent: 'Twitterbot/1.0' })).toEqual({ skip: 'bot' });
		expect(pageOfLine({ agent: CHROME.replace('Chrome', 'HeadlessChrome') })).toEqual({
			skip: 'bot'
		});
		expect(pageOfLine({ agent: '-' })).toEqual({ skip: 'no_user_agent' });
		expect(pageOfLine({ rest: '' })).toEqual({ path: '/a' });
	});

	it('skips what is no page', () => {
		expect(pageOfLine({ request: 'GET /?flav=atom HTTP/1.1' })).toEqual({ skip: 'feed' });
		expect(pageOfLine({ request: 'GET /reset.css HTTP/1.1' })).toEqual({ skip: 'not_a_page' });
		expect(pageOfLine({ request: 'GET /a?preview=true HTTP/1.1' })).toEqual({ skip: 'preview' });
	});
});
