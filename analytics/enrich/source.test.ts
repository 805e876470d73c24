import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHANNELS } from './channels.ts';
import { describeSource } from './source.ts';

const describeVisit = (query: string, referrer?: string) =>
	describeSource({
		params: new URLSearchParams(query),
		referrer,
		ownHosts: ['example.com', 'www.blog.example.org']
	});

describe('describeSource', () => {
	it.each([
		['https://www.google.co.in/search?q=x', 'Google', 'Organic Search', 'google.co.in/search'],
		['https://www.google.de/imgres?x=1', 'Google Images', 'Organic Search', 'google.de/imgres'],
		['https://r.duckduckgo.com/l/', 'DuckDuckGo', 'Organic Search', 'r.duckduckgo.com/l/'],
		['https://t.co/abc', 'X', 'Organic Social', 't.co/abc'],
		['https://lm.facebook.com/l.php?u=1', 'Facebook', 'Organic Social', 'lm.facebook.com/l.php'],
		[
			'https://news.ycombinator.com/item?id=1',
			'Hacker News',
			'Organic Social',
			'news.ycombinator.com/item'
		],
		['https://mail.google.com/', 'Gmail', 'Email', 'mail.google.com'],
		[
			'https://docs.google.com/document/1',
			'docs.google.com',
			'Referral',
			'docs.google.com/document/1'
		],
		['https://en.m.wikipedia.org/wiki/A', 'Wikipedia', 'Referral', 'en.m.wikipedia.org/wiki/A'],
		['https://chatgpt.com/', 'ChatGPT', 'AI assistants', 'chatgpt.com'],
		['https://www.perplexity.ai/search/1', 'Perplexity', 'AI assistants', 'perplexity.ai/search/1'],
		['https://claude.ai/', 'Claude', 'AI assistants', 'claude.ai'],
		['https://gemini.google.com/app', 'Gemini', 'AI assistants', 'gemini.google.com/app'],
		['https://copilot.microsoft.com/', 'Copilot', 'AI assistants', 'copilot.microsoft.com'],
		['https://feedly.com/i/latest', 'Feedly', 'Feed readers', 'feedly.com/i/latest'],
		['https://WWW.Some.Example:8080/A/?q=secret#x', 'some.example', 'Referral', 'some.example/A/'],
		['https://user:pass@some.example/', 'some.example', 'Referral', 'some.example'],
		['android-app://com.google.android.gm/', 'Gmail', 'Email', 'com.google.android.gm'],
		['android-app://org.unknown.app/', 'org.unknown.app', 'Referral', 'org.unknown.app']
	])('%s is %s, %s', (from, source, channel, referrer) => {
		expect(describeVisit('', from)).toEqual({ source, channel, referrer });
	});

	it('does not take a host for another that begins the same', () => {
		expect(describeVisit('', 'https://t.company.example/').source).toBe('t.company.example');
		expect(describeVisit('', 'https://google.com.evil.example/').channel).toBe('Referral');
		expect(describeVisit('', 'https://notfacebook.com/').channel).toBe('Referral');
	});

	it.each([
		undefined,
		'',
		'-',
		'nonsense',
		'javascript:alert(1)',
		'data:text/html,<script>',
		'about:blank',
		'file:///etc/passwd',
		'https://'
	])('the referrer %j is none', (referrer) => {
		expect(describeVisit('', referrer)).toEqual({ source: 'Direct', channel: 'Direct' });
		expect(describeVisit('p=12', referrer)).toEqual({ source: 'Direct', channel: 'Direct' });
	});

	it.each([
		'https://example.com/a',
		'https://www.example.com/',
		'http://EXAMPLE.com:3000/a',
		'https://blog.example.org/'
	])('%s is the site itself', (referrer) => {
		expect(describeVisit('', referrer)).toEqual({ source: 'Internal', channel: 'Internal' });
	});

	it.each([
		['utm_source=google&utm_medium=cpc', 'Google', 'Paid Search'],
		['utm_source=Facebook&utm_medium=paid_social', 'Facebook', 'Paid Social'],
		['utm_source=facebook&utm_medium=cpc', 'Facebook', 'Paid Social'],
		['utm_source=outbrain&utm_medium=display', 'outbrain', 'Paid Other'],
		['utm_source=spring&utm_medium=email', 'spring', 'Email'],
		['utm_source=weekly-newsletter', 'weekly-newsletter', 'Email'],
		['utm_source=feedburner&utm_medium=feed', 'FeedBurner', 'Feed readers'],
		['utm_source=joe&utm_medium=affiliate', 'joe', 'Affiliates'],
		['utm_source=linkedin', 'LinkedIn', 'Organic Social'],
		['utm_source=chatgpt.com', 'ChatGPT', 'AI assistants'],
		['utm_source=partner-blog', 'partner-blog', 'Referral'],
		['utm_medium=email', 'email', 'Email'],
		['source=rss20', 'Feed', 'Feed readers'],
		['ref=producthunt', 'Product Hunt', 'Organic Social'],
		['ref=news.ycombinator.com', 'Hacker News', 'Organic Social'],
		['gclid=1', 'Google', 'Paid Search'],
		['msclkid=1', 'Bing', 'Paid Search'],
		['fbclid=1', 'Facebook', 'Organic Social'],
		['fbclid=1&utm_source=ig&utm_medium=paid', 'Instagram', 'Paid Social'],
		['mc_cid=1', 'Mailchimp', 'Email'],
		['utm_source=__proto__', '__proto__', 'Referral']
	])('%s is %s, %s', (query, source, channel) => {
		expect(describeVisit(query)).toMatchObject({ source, channel });
	});

	it('puts tags before the referrer, and the referrer before nothing', () => {
		expect(describeVisit('utm_source=newsletter', 'https://t.co/x')).toEqual({
			source: 'newsletter',
			channel: 'Email',
			referrer: 't.co/x',
			utmSource: 'newsletter'
		});
		expect(describeVisit('utm_source=newsletter', 'https://example.com/').channel).toBe('Email');
		expect(describeVisit('utm_campaign=spring', 'https://t.co/x')).toMatchObject({
			source: 'X',
			utmCampaign: 'spring'
		});
		expect(describeVisit('fbclid=1', 'https://l.instagram.com/').source).toBe('Instagram');
	});

	it('keeps the campaign fields', () => {
		expect(
			describeVisit(
				'utm_source=a&utm_medium=b&utm_campaign=Feed:+semicomplete/main&utm_content=%00d%0A&utm_term='
			)
		).toMatchObject({
			utmSource: 'a',
			utmMedium: 'b',
			utmCampaign: 'Feed: semicomplete/main',
			utmContent: 'd'
		});
		expect(describeVisit('utm_term=').utmTerm).toBeUndefined();
		expect(describeVisit(`utm_source=${'x'.repeat(900)}`).utmSource).toHaveLength(200);
	});

	it('never throws, and keeps to its bounds', () => {
		const text = fc.string({ unit: 'binary', maxLength: 40 });
		const referrers = fc.oneof(
			text,
			fc.webUrl({ withQueryParameters: true }),
			text.map((path) => `https://some.example/${path}${'é'.repeat(3000)}`)
		);
		fc.assert(
			fc.property(text, text, referrers, (name, medium, referrer) => {
				const params = new URLSearchParams({ utm_source: name, utm_medium: medium });
				const facts = describeSource({ params, referrer, ownHosts: ['example.com'] });
				expect(CHANNELS).toContain(facts.channel);
				expect(facts.source).not.toBe('');
				expect((facts.referrer ?? '').length).toBeLessThanOrEqual(2000);
				expect(JSON.stringify(facts)).not.toMatch(/\\ud[89a-f]/);
			}),
			{ numRuns: 500 }
		);
	});
});
