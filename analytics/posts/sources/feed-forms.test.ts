import { describe, expect, it } from 'vitest';
import { Failure } from '../../failure.ts';
import { decodeText } from '../fetch/decode.ts';
import { parseXmlFeed } from './feed.ts';
import { parseJsonFeed } from './json-feed.ts';

const AT = Date.UTC(2015, 4, 17, 10, 5, 3);
const RFC = 'Sun, 17 May 2015 10:05:03 +0000';
const ISO = '2015-05-17T10:05:03Z';
const URL_OF = 'https://blog.example/a.html';
const NS =
	'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"';
const read = (text: string) => parseXmlFeed(text, 'https://blog.example/feed', 'UTC')?.candidates;

const rss = (item: string, version = '2.0') =>
	`<?xml version="1.0"?><rss version="${version}" ${NS}><channel><title>Blog</title><link>https://blog.example/</link><item>${item}</item></channel></rss>`;
const rdf = (item: string) =>
	`<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" ${NS}><channel rdf:about="https://blog.example/"><title>Blog</title></channel><item rdf:about="${URL_OF}">${item}</item></rdf:RDF>`;
const atom = (entry: string, head = '') =>
	`<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" ${NS}>${head}<entry>${entry}</entry></feed>`;
const prefixed = (entry: string) =>
	`<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry>${entry}</a:entry></a:feed>`;

const LINK = `<link>${URL_OF}</link>`;
const ALINK = `<link href="${URL_OF}"/>`;

/** Each is one element as feeds write it, in each format that has it. */
const FORMS: readonly [string, string, Readonly<Record<string, unknown>>][] = [
	...(
		[
			['plain', '<title>One day</title>', 'One day'],
			['CDATA', '<title><![CDATA[Salt & <b>pepper</b>]]></title>', 'Salt & pepper'],
			['escaped', '<title>Salt &amp; pepper</title>', 'Salt & pepper'],
			['escaped twice', '<title>Salt &amp;amp; pepper</title>', 'Salt & pepper'],
			['a numbered character', '<title>Caf&#233; &#x2014; bar</title>', 'Café — bar'],
			['a named character', '<title>Caf&eacute; &mdash; bar</title>', 'Café — bar'],
			['less than', '<title>3 &lt; 4</title>', '3 < 4'],
			['line breaks', '<title>\n One\n\tday </title>', 'One day'],
			['Dublin Core', '<dc:title>One day</dc:title>', 'One day']
		] as const
	).flatMap(([name, title, wanted]): [string, string, Readonly<Record<string, unknown>>][] => [
		[`RSS 2.0 title, ${name}`, rss(LINK + title), { title: wanted }],
		[`RSS 0.92 title, ${name}`, rss(LINK + title, '0.92'), { title: wanted }],
		[`RSS 1.0 title, ${name}`, rdf(LINK + title), { title: wanted }]
	]),
	['Atom title as text', atom(`${ALINK}<title type="text">1 &lt; 2</title>`), { title: '1 < 2' }],
	[
		'Atom title as HTML',
		atom(`${ALINK}<title type="html">&lt;i&gt;A&lt;/i&gt; &amp;amp; b</title>`),
		{ title: 'A & b' }
	],
	[
		'Atom title as XHTML',
		atom(
			`${ALINK}<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <b>b</b></div></title>`
		),
		{ title: 'A b' }
	],
	[
		'Atom with a prefix',
		prefixed(`<a:link href="${URL_OF}"/><a:title>One</a:title>`),
		{ title: 'One', url: URL_OF }
	],
	['RSS guid as link', rss(`<guid>${URL_OF}</guid>`), { url: URL_OF, guid: URL_OF }],
	[
		'RSS guid that is no link',
		rss(`${LINK}<guid isPermaLink="false">tag:7</guid>`),
		{ url: URL_OF, guid: 'tag:7' }
	],
	['RSS relative link', rss('<link>/a.html</link>'), { url: URL_OF }],
	['RSS link in CDATA', rss(`<link><![CDATA[ ${URL_OF} ]]></link>`), { url: URL_OF }],
	[
		'RSS link by Atom',
		rss(`<atom:link xmlns:atom="http://www.w3.org/2005/Atom" href="${URL_OF}"/>`),
		{ url: URL_OF }
	],
	[
		'RSS behind FeedBurner',
		rss(`<link>https://feeds.example/x</link><feedburner:origLink>${URL_OF}</feedburner:origLink>`),
		{ url: URL_OF }
	],
	['RDF about alone', rdf('<title>x</title>'), { url: URL_OF }],
	[
		'Atom alternate',
		atom(
			`<link rel="self" href="/self"/><link rel="alternate" type="text/html" href="${URL_OF}"/>`
		),
		{ url: URL_OF }
	],
	[
		'Atom xml:base',
		atom('<link href="a.html"/>').replace('<entry>', '<entry xml:base="https://blog.example/">'),
		{ url: URL_OF }
	],
	['Atom id alone', atom(`<id>${URL_OF}</id>`), { url: URL_OF, guid: URL_OF }],
	['RSS author', rss(`${LINK}<author>jo@blog.example (Jo Doe)</author>`), { authors: ['Jo Doe'] }],
	[
		'RSS author, name first',
		rss(`${LINK}<author>Jo Doe &lt;jo@blog.example&gt;</author>`),
		{ authors: ['Jo Doe'] }
	],
	[
		'RSS author without a name',
		rss(`${LINK}<author>jo@blog.example</author>`),
		{ authors: undefined }
	],
	[
		'RSS creator',
		rss(`${LINK}<dc:creator><![CDATA[Jo Doe]]></dc:creator>`),
		{ authors: ['Jo Doe'] }
	],
	[
		'RSS two creators',
		rss(`${LINK}<dc:creator>Jo</dc:creator><dc:creator>Bo</dc:creator>`),
		{ authors: ['Jo', 'Bo'] }
	],
	[
		'RSS creator by another prefix',
		rss(`${LINK}<x:creator xmlns:x="http://purl.org/dc/elements/1.1/">Jo</x:creator>`),
		{ authors: ['Jo'] }
	],
	['RDF creator', rdf(`${LINK}<dc:creator>Jo</dc:creator>`), { authors: ['Jo'] }],
	[
		'Atom authors',
		atom(
			`${ALINK}<author><name>Jo</name></author><author><name>Bo</name><email>b@x.example</email></author>`
		),
		{ authors: ['Jo', 'Bo'] }
	],
	['Atom author of the feed', atom(ALINK, '<author><name>Jo</name></author>'), { authors: ['Jo'] }],
	[
		'Atom author of the source',
		atom(`${ALINK}<source><author><name>Jo</name></author></source>`),
		{ authors: ['Jo'] }
	],
	[
		'RSS categories',
		rss(`${LINK}<category>SEO</category><category domain="x">A, b</category><category/>`),
		{ topics: ['SEO', 'A, b'] }
	],
	['RDF subject', rdf(`${LINK}<dc:subject>SEO, mail</dc:subject>`), { topics: ['SEO', 'mail'] }],
	['Atom term', atom(`${ALINK}<category term="seo"/>`), { topics: ['seo'] }],
	['Atom label', atom(`${ALINK}<category term="seo" label="SEO"/>`), { topics: ['SEO'] }],
	['RSS pubDate', rss(`${LINK}<pubDate>${RFC}</pubDate>`), { publishedAt: AT }],
	['RSS dc:date', rss(`${LINK}<dc:date>${ISO}</dc:date>`), { publishedAt: AT }],
	[
		'RSS broken and good date',
		rss(`${LINK}<pubDate>soon</pubDate><dc:date>${ISO}</dc:date>`),
		{ publishedAt: AT }
	],
	['RDF dc:date', rdf(`${LINK}<dc:date>${ISO}</dc:date>`), { publishedAt: AT }],
	[
		'Atom published and updated',
		atom(`${ALINK}<updated>2016-01-01T00:00:00Z</updated><published>${ISO}</published>`),
		{ publishedAt: AT }
	],
	['Atom updated', atom(`${ALINK}<updated>${ISO}</updated>`), { publishedAt: AT }],
	[
		'Atom 0.3',
		`<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry>${ALINK}<issued>${ISO}</issued></entry></feed>`,
		{ publishedAt: AT }
	],
	[
		'RSS whole text',
		rss(
			`${LINK}<content:encoded><![CDATA[<p>One two</p><p>three</p><script>no no</script>]]></content:encoded>`
		),
		{ wordCount: 3 }
	],
	[
		'RSS cut text',
		rss(`${LINK}<content:encoded>One two […]</content:encoded>`),
		{ wordCount: undefined }
	],
	['RSS summary', rss(`${LINK}<description>One two</description>`), { wordCount: undefined }],
	[
		'Atom HTML',
		atom(`${ALINK}<content type="html">&lt;p&gt;One two&lt;/p&gt;</content>`),
		{ wordCount: 2 }
	],
	[
		'Atom XHTML',
		atom(`${ALINK}<content type="xhtml"><div>One <b>two</b> three</div></content>`),
		{ wordCount: 3 }
	],
	['RSS comments', rss(`${LINK}<slash:comments>4</slash:comments>`), { commentCount: 4 }]
];

describe('what feeds write', () => {
	it.each(FORMS)('%s', (_, text, wanted) => {
		expect(read(text)).toEqual([expect.objectContaining(wanted)]);
	});

	it('has at least 60 forms', () => expect(FORMS.length).toBeGreaterThanOrEqual(60));
});

const GOOD = `<item><title>One</title>${LINK}<pubDate>${RFC}</pubDate></item>`;
const channel = (inner: string) => `<rss version="2.0"><channel>${inner}</channel></rss>`;
const BROKEN: readonly [string, string, string | undefined][] = [
	['nothing closed', `<rss><channel><item><title>One</title>${LINK}`, 'One'],
	['cut in a tag', `<rss><channel>${GOOD}<item><tit`, 'One'],
	['cut in a title', `<rss><channel><item>${LINK}<title>One`, 'One'],
	['cut in CDATA', `<rss><channel><item>${LINK}<title><![CDATA[One`, 'One'],
	['junk in front', `junk\n\n${channel(GOOD)}`, 'One'],
	[
		'a warning of PHP in front',
		`<br /><b>Warning</b>: mail() in x.php<br />${channel(GOOD)}`,
		'One'
	],
	['junk behind', `${channel(GOOD)}<!-- served in 0.1 s --> bye`, 'One'],
	['space before the declaration', `\n <?xml version="1.0"?>${channel(GOOD)}`, 'One'],
	['two declarations', `<?xml version="1.0"?><?xml version="1.0"?>${channel(GOOD)}`, 'One'],
	['no root', GOOD, 'One'],
	['items beside the channel', `<rss><channel></channel>${GOOD}</rss>`, 'One'],
	['a bare ampersand', channel(GOOD.replace('One', 'Salt & pepper')), 'Salt & pepper'],
	['an unknown entity', channel(GOOD.replace('One', 'A &foo; b')), 'A &foo; b'],
	['a bare less-than', channel(GOOD.replace('One', '3 < 4')), '3 < 4'],
	['HTML in a title', channel(GOOD.replace('One', 'A <b>bold</b> one')), 'A bold one'],
	[
		'an unclosed element of HTML',
		channel(GOOD.replace('</item>', '<description>a<br>b</description></item>')),
		'One'
	],
	[
		'wrong nesting',
		channel(GOOD.replace('<title>One</title>', '<title><b>One</title></b>')),
		'One'
	],
	['other case', channel(GOOD).replace('<item>', '<Item>').replace('</item>', '</Item>'), 'One'],
	[
		'an undeclared prefix',
		channel(GOOD.replace('</item>', '<dc:creator>Jo</dc:creator></item>')),
		'One'
	],
	['control characters', channel(GOOD.replace('One', 'O\u0000n\u0008e')), 'One'],
	['an attribute twice', channel(GOOD).replace('version', 'version="2.0" version'), 'One'],
	['an attribute without quotes', channel(GOOD).replace('"2.0"', '2.0'), 'One'],
	['a comment within a comment', channel(`<!-- a -- b -->${GOOD}`), 'One'],
	['a date that is none', channel(GOOD.replace(RFC, 'the other day')), 'One'],
	['no date', channel(GOOD.replace(/<pubDate>.*<\/pubDate>/, '')), 'One'],
	['an item without a link beside', channel(`<item><title>No</title></item>${GOOD}`), 'One'],
	[
		'a link that is a script beside',
		channel(`<item><link>javascript:alert(1)</link></item>${GOOD}`),
		'One'
	],
	['no title', channel(GOOD.replace('<title>One</title>', '')), undefined],
	['an empty title', channel(GOOD.replace('One', ' ')), undefined],
	[
		'a DOCTYPE',
		`<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.example/rss.dtd">${channel(GOOD)}`,
		'One'
	],
	['a repeated item', channel(GOOD), 'One'],
	[
		'an Atom entry in RSS',
		`<rss><channel><entry><title>One</title>${ALINK}</entry></channel></rss>`,
		'One'
	]
];

describe('what broken feeds still give', () => {
	it.each(BROKEN)('%s', (_, text, title) => {
		expect(read(text)).toEqual([expect.objectContaining({ url: URL_OF, title })]);
	});

	it('has at least 30 forms', () => expect(BROKEN.length).toBeGreaterThanOrEqual(30));

	it.each(['', 'hello', '<html><body>Not found</body></html>', '{"a":1}', '<a><b/></a>'])(
		'%j is no feed',
		(text) => expect(read(text)).toBeUndefined()
	);

	it.each([
		['<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>', '&b;'],
		['<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>', '&x;'],
		['<!DOCTYPE r [<!entity % p SYSTEM "http://10.0.0.1/x.dtd"> %p;]>', 'x']
	])('declared entities are refused: %s', (doctype, title) => {
		const text = doctype + channel(GOOD.replace('One', title));
		expect(() => read(text)).toThrow(Failure);
		expect(() => read(text)).toThrow('The document declares entities, which is not read.');
	});
});

describe('encodings', () => {
	const text = (declared: string) =>
		`<?xml version="1.0" encoding="${declared}"?>${channel(GOOD.replace('One', 'Café'))}`;
	const latin = (declared: string) => Buffer.from(text(declared), 'latin1');
	const utf16 = (declared: string) => Buffer.from(text(declared), 'utf16le');
	it.each<[string, Buffer, string]>([
		['UTF-8', Buffer.from(text('utf-8')), ''],
		['UTF-8 declared Latin-1', Buffer.from(text('iso-8859-1')), ''],
		['UTF-8 declared UTF-16', Buffer.from(text('utf-16')), ''],
		['UTF-8 declared nonsense', Buffer.from(text('x-none')), 'text/xml; charset=x-none'],
		['UTF-8 declared US-ASCII by HTTP', Buffer.from(text('utf-8')), 'text/xml; charset=us-ascii'],
		['UTF-8 with a mark', Buffer.from(`\ufeff${text('iso-8859-1')}`), ''],
		['Latin-1', latin('iso-8859-1'), ''],
		['Latin-1 declared UTF-8', latin('utf-8'), 'text/xml; charset=utf-8'],
		['UTF-16 without a mark', utf16('utf-16'), ''],
		['UTF-16 declared UTF-8', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16('utf-8')]), '']
	])('%s', (_, body, contentType) => {
		expect(read(decodeText(body, contentType))).toEqual([
			expect.objectContaining({ title: 'Café' })
		]);
	});
});

describe('JSON Feed', () => {
	const item = { id: 7, url: '/a.html', title: 'One', date_published: ISO, tags: ['x', 4, null] };
	it.each([
		[{ items: [{ ...item, authors: [{ name: 'Jo' }, { name: 'Bo' }] }] }, ['Jo', 'Bo']],
		[{ items: [{ ...item, author: { name: 'Jo' } }] }, ['Jo']],
		[{ authors: [{ name: 'Jo' }], items: [item, null, 5, { url: 'javascript:x' }] }, ['Jo']]
	])('%j', (json, authors) => {
		const page = parseJsonFeed(json, 'https://blog.example/feed.json', 'UTC');
		expect(page?.candidates).toEqual([
			expect.objectContaining({
				url: URL_OF,
				guid: '7',
				title: 'One',
				publishedAt: AT,
				topics: ['x', '4'],
				authors
			})
		]);
	});
	it('goes on', () => {
		expect(parseJsonFeed({ items: [], next_url: '/2' }, URL_OF, 'UTC')?.next).toBe(
			'https://blog.example/2'
		);
	});
});
