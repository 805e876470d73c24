/** At least 60 well-formed and 30 ill-formed feeds of each format: every element as each format writes it. */
import { describe, expect, it } from 'vitest';
import type { PostCandidate } from './candidate.ts';
import { parseXmlFeed } from './feed.ts';
import { parseJsonFeed } from './json-feed.ts';

const FEED_URL = 'https://blog.example/feed';
const LINK = 'https://blog.example/2015/one.html';
const AT = Date.UTC(2015, 4, 17, 10, 5, 3);

type Wanted = Partial<Record<keyof PostCandidate, unknown>>;
type Case = readonly [name: string, text: string, wanted: Wanted];

/** How a format writes each element; the first of each is what the other cases use. */
interface Format {
	readonly document: (item: string, head?: string) => string;
	readonly link: readonly (readonly [string, string, Wanted])[];
	readonly title: (markup: string) => string;
	readonly author: readonly (readonly [string, string, readonly string[] | undefined])[];
	readonly topic: readonly (readonly [string, string, readonly string[]])[];
	readonly date: readonly ((text: string) => string)[];
	readonly guid: readonly (readonly [string, string, string])[];
	readonly content: readonly (readonly [string, string, number | undefined])[];
}

const NS =
	'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"';
const HTML = '<p>One <em>two</em></p><p>three&nbsp;four</p>';
const ESCAPED = HTML.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const CREATORS: Format['author'] = [
	['creator', '<dc:creator>Jo Doe</dc:creator>', ['Jo Doe']],
	['creator in CDATA', '<dc:creator><![CDATA[ Jo & Bo ]]></dc:creator>', ['Jo & Bo']],
	['two creators', '<dc:creator>Jo</dc:creator><dc:creator>Bo</dc:creator>', ['Jo', 'Bo']],
	['a creator twice', '<dc:creator>Jo</dc:creator><dc:creator>Jo</dc:creator>', ['Jo']],
	[
		'creator with accents',
		'<dc:creator>Jos&#xe9; N&uacute;&ntilde;ez</dc:creator>',
		['José Núñez']
	],
	['creator with an address', '<dc:creator>jo@blog.example (Jo Doe)</dc:creator>', ['Jo Doe']],
	['an empty creator', '<dc:creator> </dc:creator>', undefined]
];
const SUBJECTS: Format['topic'] = [
	['subject', '<dc:subject>SEO</dc:subject>', ['SEO']],
	['two subjects', '<dc:subject>SEO</dc:subject><dc:subject>Mail</dc:subject>', ['SEO', 'Mail']],
	['subjects in one', '<dc:subject>SEO; Mail</dc:subject>', ['SEO', 'Mail']]
];
const ENCODED: Format['content'] = [
	['in CDATA', `<content:encoded><![CDATA[${HTML}]]></content:encoded>`, 4],
	['escaped', `<content:encoded>${ESCAPED}</content:encoded>`, 4],
	[
		'with a script',
		'<content:encoded><![CDATA[<script>a b c</script>One two]]></content:encoded>',
		2
	],
	['cut with an ellipsis', '<content:encoded>One two…</content:encoded>', undefined],
	['empty', '<content:encoded/>', undefined]
];

const FORMATS: Readonly<Record<string, Format>> = {
	'RSS 2.0': {
		document: (item, head = '') =>
			`<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" ${NS}><channel><title>Blog</title><link>https://blog.example/</link><description/>${head}<item>${item}</item></channel></rss>`,
		link: [
			['link', `<link>${LINK}</link>`, { url: LINK }],
			['link with spaces', `<link>\n\t${LINK}\n</link>`, { url: LINK }],
			['relative link', '<link>/2015/one.html</link>', { url: LINK }],
			[
				'link with a query',
				'<link>https://blog.example/?p=1&amp;x=2</link>',
				{ url: 'https://blog.example/?p=1&x=2' }
			],
			['link in CDATA', `<link><![CDATA[${LINK}]]></link>`, { url: LINK }],
			['guid alone', `<guid>${LINK}</guid>`, { url: LINK, guid: LINK }],
			[
				'link and atom:link',
				`<atom:link rel="self" href="https://x.example/"/><link>${LINK}</link>`,
				{ url: LINK }
			]
		],
		title: (markup) => `<title>${markup}</title>`,
		author: [
			...CREATORS,
			['author with a name', '<author>jo@blog.example (Jo Doe)</author>', ['Jo Doe']],
			['author as a name', '<author>Jo Doe</author>', ['Jo Doe']],
			['author without a name', '<author>jo@blog.example</author>', undefined],
			['itunes:author', '<itunes:author>Jo Doe</itunes:author>', ['Jo Doe']]
		],
		topic: [
			['category', '<category>SEO</category>', ['SEO']],
			['categories', '<category>SEO</category><category>Mail</category>', ['SEO', 'Mail']],
			[
				'category with a domain',
				'<category domain="https://blog.example/tag">SEO</category>',
				['SEO']
			],
			['category in CDATA', '<category><![CDATA[Salt & pepper]]></category>', ['Salt & pepper']],
			['category, escaped twice', '<category>Salt &amp;amp; pepper</category>', ['Salt & pepper']],
			...SUBJECTS
		],
		date: [
			(text) => `<pubDate>${text}</pubDate>`,
			(text) => `<dc:date>${text}</dc:date>`,
			(text) => `<dcterms:issued>${text}</dcterms:issued>`,
			(text) => `<atom:published>${text}</atom:published>`,
			(text) => `<pubdate>${text}</pubdate>`,
			(text) => `<atom:updated>${text}</atom:updated>`
		],
		guid: [
			['permanent', `<link>${LINK}</link><guid isPermaLink="true">${LINK}</guid>`, LINK],
			['not permanent', `<link>${LINK}</link><guid isPermaLink="false">7@blog</guid>`, '7@blog'],
			[
				'a tag',
				`<link>${LINK}</link><guid isPermaLink="false">tag:blog.example,2015:1</guid>`,
				'tag:blog.example,2015:1'
			]
		],
		content: ENCODED
	},
	'RSS 1.0': {
		document: (item, head = '') =>
			`<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" ${NS}><channel rdf:about="https://blog.example/"><title>Blog</title>${head}<items><rdf:Seq><rdf:li resource="${LINK}"/></rdf:Seq></items></channel><item rdf:about="${LINK}">${item}</item></rdf:RDF>`,
		link: [
			['link', `<link>${LINK}</link>`, { url: LINK }],
			['link with spaces', `<link>\n\t${LINK}\n</link>`, { url: LINK }],
			['relative link', '<link>/2015/one.html</link>', { url: LINK }],
			[
				'link with a query',
				'<link>https://blog.example/?p=1&#38;x=2</link>',
				{ url: 'https://blog.example/?p=1&x=2' }
			],
			['link in CDATA', `<link><![CDATA[${LINK}]]></link>`, { url: LINK }],
			['rdf:about alone', '<title>x</title>', { url: LINK, guid: LINK }]
		],
		title: (markup) => `<title>${markup}</title>`,
		author: [
			...CREATORS,
			[
				'creator before the link',
				'<dc:creator>Jo</dc:creator><dc:publisher>Blog</dc:publisher>',
				['Jo']
			],
			['contributor only', '<dc:contributor>Bo</dc:contributor>', undefined]
		],
		topic: [
			...SUBJECTS,
			['subject in CDATA', '<dc:subject><![CDATA[SEO]]></dc:subject>', ['SEO']],
			['subject, escaped', '<dc:subject>Salt &amp; pepper</dc:subject>', ['Salt & pepper']],
			['a subject twice', '<dc:subject>SEO</dc:subject><dc:subject>SEO</dc:subject>', ['SEO']]
		],
		date: [
			(text) => `<dc:date>${text}</dc:date>`,
			(text) => `<dcterms:created>${text}</dcterms:created>`,
			(text) => `<dcterms:issued>${text}</dcterms:issued>`,
			(text) => `<pubDate>${text}</pubDate>`,
			(text) => `<dcterms:modified>${text}</dcterms:modified>`
		],
		guid: [
			['rdf:about', `<link>${LINK}</link>`, LINK],
			['rdf:about beside another link', '<link>https://blog.example/b</link>', LINK]
		],
		content: [...ENCODED, ['description only', '<description>One two</description>', undefined]]
	},
	Atom: {
		document: (item, head = '') =>
			`<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" ${NS}><title>Blog</title><id>urn:blog</id><link rel="self" href="${FEED_URL}"/>${head}<entry>${item}</entry></feed>`,
		link: [
			['link', `<link href="${LINK}"/>`, { url: LINK }],
			['alternate', `<link rel="alternate" type="text/html" href="${LINK}"/>`, { url: LINK }],
			[
				'alternate among others',
				`<link rel="edit" href="/e"/><link rel="replies" href="/r"/><link rel="alternate" href="${LINK}"/>`,
				{ url: LINK }
			],
			[
				'HTML among alternates',
				`<link rel="alternate" type="application/json" href="/j"/><link rel="alternate" type="text/html" href="${LINK}"/>`,
				{ url: LINK }
			],
			['relative link', '<link href="/2015/one.html"/>', { url: LINK }],
			[
				'xml:base',
				'<link xml:base="https://other.example/" href="https://blog.example/2015/one.html"/>',
				{ url: LINK }
			],
			['id alone', `<id>${LINK}</id>`, { url: LINK, guid: LINK }]
		],
		title: (markup) => `<title type="html">${markup}</title>`,
		author: [
			['author', '<author><name>Jo Doe</name></author>', ['Jo Doe']],
			[
				'author with all parts',
				'<author><name>Jo</name><uri>https://jo.example</uri><email>jo@x.example</email></author>',
				['Jo']
			],
			['authors', '<author><name>Jo</name></author><author><name>Bo</name></author>', ['Jo', 'Bo']],
			['author in CDATA', '<author><name><![CDATA[Jo & Bo]]></name></author>', ['Jo & Bo']],
			['author without a name', '<author><email>jo@x.example</email></author>', undefined],
			['contributor only', '<contributor><name>Bo</name></contributor>', undefined],
			['author of the source', '<source><author><name>Jo</name></author></source>', ['Jo']],
			['creator', '<dc:creator>Jo</dc:creator>', ['Jo']]
		],
		topic: [
			['term', '<category term="SEO"/>', ['SEO']],
			['term with a scheme', '<category scheme="https://blog.example/tag" term="SEO"/>', ['SEO']],
			['label', '<category term="seo" label="SEO"/>', ['SEO']],
			['terms', '<category term="SEO"/><category term="Mail"/>', ['SEO', 'Mail']],
			['term, escaped', '<category term="Salt &amp; pepper"/>', ['Salt & pepper']],
			['as text', '<category>SEO</category>', ['SEO']],
			...SUBJECTS
		],
		date: [
			(text) => `<published>${text}</published>`,
			(text) => `<updated>${text}</updated>`,
			(text) => `<issued>${text}</issued>`,
			(text) => `<dc:date>${text}</dc:date>`,
			(text) => `<modified>${text}</modified>`
		],
		guid: [
			['id', `<link href="${LINK}"/><id>tag:blog.example,2015:1</id>`, 'tag:blog.example,2015:1'],
			['urn', `<link href="${LINK}"/><id> urn:uuid:1 </id>`, 'urn:uuid:1']
		],
		content: [
			['HTML', `<content type="html">${ESCAPED}</content>`, 4],
			['HTML in CDATA', `<content type="html"><![CDATA[${HTML}]]></content>`, 4],
			[
				'XHTML',
				'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One <b>two</b></p></div></content>',
				2
			],
			['text', '<content>One two three</content>', 3],
			['elsewhere', '<content type="text/html" src="/one"/>', undefined],
			['summary only', '<summary>One two</summary>', undefined]
		]
	}
};

/** Titles as XML holds HTML. */
const TITLES: readonly (readonly [string, string, string])[] = [
	['plain', 'One day', 'One day'],
	['CDATA', '<![CDATA[One day]]>', 'One day'],
	['CDATA with markup', '<![CDATA[One <em>day</em> &amp; night]]>', 'One day & night'],
	['escaped markup', 'One &lt;b&gt;day&lt;/b&gt;', 'One day'],
	['an ampersand', 'Salt &amp;amp; pepper', 'Salt & pepper'],
	['a numbered character', 'Caf&#233;', 'Café'],
	['a character in hexadecimal', 'Caf&#xE9;', 'Café'],
	['a named character, escaped', 'Caf&amp;eacute; &amp;ndash; bar', 'Café – bar'],
	['a named character', 'Caf&eacute; &ndash; &copy; &sup2; &OElig;', 'Café – © ² Œ'],
	['line breaks', '\n\tOne\n\tday\n', 'One day'],
	['a mark of another script', '&#x65E5;本 &#128512;', '日本 😀'],
	['quotes', '&quot;One&quot; &apos;day&apos;', '"One" \'day\''],
	['CDATA in two', '<![CDATA[One]]><![CDATA[ day]]>', 'One day'],
	['a comment within', 'One<!-- not --> day', 'One day']
];

/** Dates as feeds write them, all of the same second unless they say less. */
const DATES: readonly (readonly [string, number])[] = [
	['Sun, 17 May 2015 10:05:03 +0000', AT],
	['Sun, 17 May 2015 10:05:03 GMT', AT],
	['Sun, 17 May 2015 10:05:03 UT', AT],
	['Sun, 17 May 2015 10:05:03 Z', AT],
	['Sun, 17 May 2015 12:05:03 +0200', AT],
	['Sun, 17 May 2015 12:05:03 +02:00', AT],
	['Sun, 17 May 2015 12:05:03 CEST', AT],
	['Sun, 17 May 2015 05:05:03 EST', AT],
	['Sun, 17 May 2015 03:05:03 PDT', AT],
	['17 May 2015 10:05:03 +0000', AT],
	['17 May 15 10:05:03 GMT', AT],
	['Sunday, 17-May-15 10:05:03 GMT', AT],
	['Sun May 17 10:05:03 2015', AT],
	['Sun May 17 10:05:03 UTC 2015', AT],
	['Sun, 17 MAY 2015 10:05:03 gmt', AT],
	['Sun , 17 May 2015  10:05:03  GMT', AT],
	['2015-05-17T10:05:03Z', AT],
	['2015-05-17T10:05:03+00:00', AT],
	['2015-05-17T10:05:03.000Z', AT],
	['2015-05-17T12:05:03+0200', AT],
	['2015-05-17t10:05:03z', AT],
	['2015-05-17 10:05:03', AT],
	['2015-05-17T10:05Z', AT - 3_000],
	['20150517T100503Z', AT],
	['2015-05-17', Date.UTC(2015, 4, 17)],
	['May 17, 2015 10:05:03 AM', AT],
	['17. Mai 2015 10:05:03', AT],
	['17 mai 2015 10:05:03', AT],
	['dim., 17 mai 2015 10:05:03 +0000', AT],
	['So, 17 Mai 2015 12:05:03 +0200', AT],
	['17.05.2015 10:05:03', AT],
	['2015/05/17 10:05:03', AT],
	['1431857103', AT]
];

function goodOf(format: Format): readonly Case[] {
	const [[, link]] = format.link as [readonly [string, string, Wanted]];
	const [date] = format.date as [(text: string) => string];
	return [
		...format.link.map(([name, text, wanted]): Case => [
			`link: ${name}`,
			format.document(text),
			wanted
		]),
		...TITLES.map(([name, text, title]): Case => [
			`title: ${name}`,
			format.document(link + format.title(text)),
			{ title }
		]),
		...format.author.map(([name, text, authors]): Case => [
			`author: ${name}`,
			format.document(link + text),
			{ authors }
		]),
		...format.topic.map(([name, text, topics]): Case => [
			`topic: ${name}`,
			format.document(link + text),
			{ topics }
		]),
		...DATES.map(([text, publishedAt]): Case => [
			`date: ${text}`,
			format.document(link + date(text)),
			{ publishedAt }
		]),
		...format.date.map((write, at): Case => [
			`date in element ${at + 1}`,
			format.document(link + write('2015-05-17T10:05:03Z')),
			{ publishedAt: AT }
		]),
		...format.guid.map(([name, text, guid]): Case => [
			`guid: ${name}`,
			format.document(text),
			{ guid }
		]),
		...format.content.map(([name, text, wordCount]): Case => [
			`content: ${name}`,
			format.document(link + text),
			{ wordCount }
		])
	];
}

const read = (text: string): readonly PostCandidate[] | undefined =>
	parseXmlFeed(text, FEED_URL, 'UTC')?.candidates;

describe.each(Object.entries(FORMATS))('well-formed %s', (_, format) => {
	const cases = goodOf(format);
	it.each(cases)('%s', (_name, text, wanted) => {
		expect(read(text)).toEqual([expect.objectContaining(wanted)]);
	});
	it('in at least 60 forms', () => expect(cases.length).toBeGreaterThanOrEqual(60));
});

/** What goes wrong with a good document; the post and its title must survive. */
const DAMAGE: readonly (readonly [string, (text: string) => string])[] = [
	['nothing is closed', (text) => text.replace(/<\/(item|entry|channel|feed|rss|rdf:RDF)>/g, '')],
	['cut in the last end tag', (text) => text.slice(0, -5)],
	['cut after the post', (text) => text.replace(/(<\/(?:item|entry)>)[\s\S]*$/, '$1')],
	['cut in a second post', (text) => text.replace(/<\/(item|entry)>[\s\S]*$/, '</$1><$1><tit')],
	['junk in front', (text) => `junk ${text}`],
	['a blank line in front', (text) => `\n\n${text}`],
	['a byte order mark in front', (text) => `\ufeff${text}`],
	['a PHP notice in front', (text) => `<br />\n<b>Notice</b>: x in <b>y.php</b><br />${text}`],
	['HTML behind', (text) => `${text}<script>ga()</script>`],
	['a comment behind', (text) => `${text}<!-- cached -->`],
	['two declarations', (text) => `<?xml version="1.0"?>${text}`],
	['no declaration', (text) => text.replace(/<\?xml.*?\?>/, '')],
	['a broken declaration', (text) => text.replace('?>', '>')],
	[
		'a style sheet',
		(text) => text.replace('?>', '?><?xml-stylesheet type="text/xsl" href="/x.xsl"?>')
	],
	['a DOCTYPE', (text) => text.replace('?>', '?><!DOCTYPE x SYSTEM "http://x.example/x.dtd">')],
	['no namespaces', (text) => text.replace(/ xmlns(:\w+)?="[^"]*"/g, '')],
	['single quotes', (text) => text.replaceAll('"', "'")],
	['an attribute without quotes', (text) => text.replace(/<(item|entry)/, '<$1 x=1')],
	['an attribute twice', (text) => text.replace(/<(item|entry)/, '<$1 x="1" x="2"')],
	['an attribute without a value', (text) => text.replace(/<(item|entry)/, '<$1 hidden')],
	['control characters', (text) => text.replace('A title', 'A \u0007title\u0000')],
	['a bare ampersand elsewhere', (text) => text.replace('Blog<', 'Blog & co<')],
	['an unknown entity elsewhere', (text) => text.replace('Blog<', 'Blog &bogus;<')],
	['a bare less-than elsewhere', (text) => text.replace('Blog<', 'Blog < co<')],
	[
		'an unclosed element',
		(text) => text.replace(/(<\/(?:item|entry)>)/, '<description>a<br>b</description>$1')
	],
	['a stray end tag', (text) => text.replace(/(<\/(?:item|entry)>)/, '</b></i>$1')],
	['a comment with dashes', (text) => text.replace(/<(item|entry)/, '<!-- a -- b --><$1')],
	[
		'an undeclared prefix',
		(text) => text.replace(/(<\/(?:item|entry)>)/, '<foo:bar>x</foo:bar>$1')
	],
	['a date that is none', (text) => text.replace('2015-05-17T10:05:03Z', 'last week')],
	['an empty date', (text) => text.replace('2015-05-17T10:05:03Z', '')],
	['an empty post beside', (text) => text.replace(/<(item|entry)/, '<$1></$1><$1')],
	[
		'a post without a link beside',
		(text) => text.replace(/<(item|entry)/, '<$1><title>No</title></$1><$1')
	],
	['other line ends', (text) => text.replaceAll('><', '>\r<')],
	['tags with spaces', (text) => text.replace(/<\/(title|item|entry)>/g, '</$1 >')]
];

describe.each(Object.entries(FORMATS))('ill-formed %s', (_, format) => {
	const [[, link]] = format.link as [readonly [string, string, Wanted]];
	const [date] = format.date as [(text: string) => string];
	const whole = format.document(link + format.title('A title') + date('2015-05-17T10:05:03Z'));
	it.each(DAMAGE)('%s', (_name, damage) => {
		const text = damage(whole);
		expect(text).not.toBe(whole);
		expect(read(text)).toEqual([expect.objectContaining({ url: LINK, title: 'A title' })]);
	});
	it('in at least 30 forms', () => expect(DAMAGE.length).toBeGreaterThanOrEqual(30));
});

const ITEM = { id: '7', url: LINK, title: 'A title', date_published: '2015-05-17T10:05:03Z' };
const readJson = (json: unknown) => parseJsonFeed(json, FEED_URL, 'UTC')?.candidates;
const jsonFeed = (item: unknown, head: object = {}) => ({
	version: 'https://jsonfeed.org/version/1.1',
	title: 'Blog',
	...head,
	items: [item]
});

type JsonCase = readonly [name: string, json: unknown, wanted: Wanted];
const GOOD_JSON: readonly JsonCase[] = [
	...DATES.map(([text, publishedAt]): JsonCase => [
		`date_published ${text}`,
		jsonFeed({ ...ITEM, date_published: text }),
		{ publishedAt }
	]),
	...(
		[
			['plain', 'One day', 'One day'],
			['an ampersand', 'Salt & pepper', 'Salt & pepper'],
			['a less-than', '3 < 4', '3 < 4'],
			['line breaks', ' One\n day\t', 'One day'],
			['another script', '日本 😀', '日本 😀'],
			['quotes', '"One" \'day\'', '"One" \'day\'']
		] as const
	).map(([name, text, title]): JsonCase => [
		`title, ${name}`,
		jsonFeed({ ...ITEM, title: text }),
		{ title }
	]),
	['url', jsonFeed(ITEM), { url: LINK }],
	['relative url', jsonFeed({ ...ITEM, url: '/2015/one.html' }), { url: LINK }],
	[
		'url with a query',
		jsonFeed({ ...ITEM, url: 'https://blog.example/?p=1&x=2' }),
		{ url: 'https://blog.example/?p=1&x=2' }
	],
	['id as address', jsonFeed({ id: LINK }), { url: LINK, guid: LINK }],
	[
		'url beside external_url',
		jsonFeed({ ...ITEM, external_url: 'https://x.example/' }),
		{ url: LINK }
	],
	['id', jsonFeed(ITEM), { guid: '7' }],
	['id as number', jsonFeed({ ...ITEM, id: 7 }), { guid: '7' }],
	['id as tag', jsonFeed({ ...ITEM, id: 'tag:x,2015:1' }), { guid: 'tag:x,2015:1' }],
	[
		'authors',
		jsonFeed({ ...ITEM, authors: [{ name: 'Jo' }, { name: 'Bo' }] }),
		{ authors: ['Jo', 'Bo'] }
	],
	[
		'one author of 1.0',
		jsonFeed({ ...ITEM, author: { name: 'Jo', url: 'https://jo.example' } }),
		{ authors: ['Jo'] }
	],
	['authors of the feed', jsonFeed(ITEM, { authors: [{ name: 'Jo' }] }), { authors: ['Jo'] }],
	['author of the feed', jsonFeed(ITEM, { author: { name: 'Jo' } }), { authors: ['Jo'] }],
	[
		'authors before the feed’s',
		jsonFeed({ ...ITEM, authors: [{ name: 'Bo' }] }, { authors: [{ name: 'Jo' }] }),
		{ authors: ['Bo'] }
	],
	[
		'an author twice',
		jsonFeed({ ...ITEM, authors: [{ name: 'Jo' }, { name: 'Jo' }] }),
		{ authors: ['Jo'] }
	],
	[
		'an author without a name',
		jsonFeed({ ...ITEM, authors: [{ url: 'https://jo.example' }] }),
		{ authors: undefined }
	],
	['tags', jsonFeed({ ...ITEM, tags: ['SEO', 'Mail'] }), { topics: ['SEO', 'Mail'] }],
	['no tags', jsonFeed({ ...ITEM, tags: [] }), { topics: undefined }],
	['a tag twice', jsonFeed({ ...ITEM, tags: ['SEO', 'SEO'] }), { topics: ['SEO'] }],
	['content_html', jsonFeed({ ...ITEM, content_html: HTML }), { wordCount: 4 }],
	['content_text', jsonFeed({ ...ITEM, content_text: 'One two three' }), { wordCount: 3 }],
	[
		'both contents',
		jsonFeed({ ...ITEM, content_html: HTML, content_text: 'One' }),
		{ wordCount: 4 }
	],
	[
		'content with a script',
		jsonFeed({ ...ITEM, content_html: '<script>a b</script>One' }),
		{ wordCount: 1 }
	],
	['summary only', jsonFeed({ ...ITEM, summary: 'One two' }), { wordCount: undefined }],
	[
		'date_modified only',
		jsonFeed({ ...ITEM, date_published: undefined, date_modified: ITEM.date_published }),
		{ publishedAt: AT }
	],
	['both dates', jsonFeed({ ...ITEM, date_modified: '2016-01-01T00:00:00Z' }), { publishedAt: AT }],
	['extensions', jsonFeed({ ...ITEM, _blog: { a: [1] } }, { _about: 'x' }), { url: LINK }],
	[
		'attachments',
		jsonFeed({ ...ITEM, attachments: [{ url: '/a.mp3', mime_type: 'audio/mpeg' }] }),
		{ url: LINK }
	],
	['version 1', jsonFeed(ITEM, { version: 'https://jsonfeed.org/version/1' }), { url: LINK }]
];
const BAD_JSON: readonly JsonCase[] = [
	['no version', { items: [ITEM] }, {}],
	['a version that is a number', jsonFeed(ITEM, { version: 1.1 }), {}],
	['no feed title', { version: 'x', items: [ITEM] }, {}],
	...[
		null,
		5,
		true,
		'text',
		[],
		{},
		{ url: 5 },
		{ url: null },
		{ url: '' },
		{ url: 'javascript:alert(1)' },
		{ url: 'mailto:x@x.example' },
		{ title: 'No' },
		{ id: 9 }
	].map((other, at): JsonCase => [
		`an entry beside it that is none, ${at + 1}`,
		{ items: [other, ITEM] },
		{}
	]),
	['date as number', jsonFeed({ ...ITEM, date_published: 1431857103 }), { publishedAt: AT }],
	['date as object', jsonFeed({ ...ITEM, date_published: {} }), { publishedAt: undefined }],
	['date that is none', jsonFeed({ ...ITEM, date_published: 'soon' }), { publishedAt: undefined }],
	[
		'date_published empty',
		jsonFeed({ ...ITEM, date_published: '', date_modified: '2015-05-17T10:05:03Z' }),
		{ publishedAt: AT }
	],
	[
		'date_published broken, date_modified good',
		jsonFeed({ ...ITEM, date_published: 'soon', date_modified: '2015-05-17T10:05:03Z' }),
		{ publishedAt: AT }
	],
	['tags as text', jsonFeed({ ...ITEM, tags: 'SEO' }), { topics: undefined }],
	['tags with holes', jsonFeed({ ...ITEM, tags: ['SEO', null, {}, ' '] }), { topics: ['SEO'] }],
	['authors as text', jsonFeed({ ...ITEM, authors: 'Jo' }), { authors: undefined }],
	['authors as one object', jsonFeed({ ...ITEM, authors: { name: 'Jo' } }), { authors: undefined }],
	[
		'authors with holes',
		jsonFeed({ ...ITEM, authors: [null, 5, { name: 'Jo' }] }),
		{ authors: ['Jo'] }
	],
	[
		'authors null, author given',
		jsonFeed({ ...ITEM, authors: null, author: { name: 'Jo' } }),
		{ authors: ['Jo'] }
	],
	[
		'authors empty, author given',
		jsonFeed({ ...ITEM, authors: [], author: { name: 'Jo' } }),
		{ authors: ['Jo'] }
	],
	['author as text', jsonFeed({ ...ITEM, author: 'Jo' }), { authors: undefined }],
	['content as object', jsonFeed({ ...ITEM, content_html: {} }), { wordCount: undefined }],
	[
		'content that is no HTML',
		jsonFeed({ ...ITEM, content_html: '<p>One <b>two' }),
		{ wordCount: 2 }
	],
	['next_url that is no address', jsonFeed(ITEM, { next_url: 'javascript:x' }), {}],
	['control characters', jsonFeed({ ...ITEM, title: 'A \u0000title\u0007' }), {}],
	['half a character', jsonFeed({ ...ITEM, content_text: 'One \ud83d' }), { wordCount: 1 }],
	[
		'a hundred levels elsewhere',
		jsonFeed({ ...ITEM, _deep: JSON.parse(`${'['.repeat(100)}${']'.repeat(100)}`) as unknown }),
		{}
	]
];

describe('well-formed JSON Feed', () => {
	it.each(GOOD_JSON)('%s', (_name, json, wanted) => {
		expect(readJson(json)).toEqual([expect.objectContaining(wanted)]);
	});
	it('in at least 60 forms', () => expect(GOOD_JSON.length).toBeGreaterThanOrEqual(60));
});

describe('ill-formed JSON Feed', () => {
	it.each(BAD_JSON)('%s', (_name, json, wanted) => {
		expect(readJson(json)).toEqual([
			expect.objectContaining({ url: LINK, title: 'A title', ...wanted })
		]);
	});
	it('in at least 30 forms', () => expect(BAD_JSON.length).toBeGreaterThanOrEqual(30));
	it.each([[null], [5], ['text'], [[]], [{}], [{ items: {} }], [{ items: 'x' }]])(
		'%j is none',
		(json) => expect(readJson(json)).toBeUndefined()
	);
});
