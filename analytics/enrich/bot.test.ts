import { describe, expect, it } from 'vitest';
import { botReason } from './bot.ts';

const HEADLESS =
	'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/130.0.0.0 Safari/537.36';

describe('botReason', () => {
	it.each([undefined, '', '  ', '-'])('%j is no User-Agent', (userAgent) => {
		expect(botReason(userAgent)).toBe('no_user_agent');
	});

	it.each([
		'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
		'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
		'curl/8.5.0',
		'python-requests/2.32',
		'Go-http-client/2.0',
		'okhttp/4.12.0',
		'Tiny Tiny RSS/1.11 (http://tt-rss.org/)',
		'Feedbin - 1 subscribers',
		'Mozilla/5.0 (compatible; Miniflux/2.2; +https://miniflux.app)',
		'facebookexternalhit/1.1',
		'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
		'Mozilla/5.0 (linux) AppleWebKit/537.36 (KHTML, like Gecko) jsdom/24.0',
		'PhantomJS/2.1',
		HEADLESS
	])('%s is a bot', (userAgent) => {
		expect(botReason(userAgent)).toBe('bot');
	});

	it.each([
		HEADLESS.replace('Headless', ''),
		'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
		'Mozilla/5.0 (Linux; Android 10; CUBOT P40) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36',
		'Mozilla/5.0 (Windows NT 5.1; rv:27.0) Gecko/20100101 Firefox/27.0'
	])('%s may be a reader', (userAgent) => {
		expect(botReason(userAgent)).toBeNull();
	});

	it('counts headless Chromium where that is wanted, and nothing else with it', () => {
		expect(botReason(HEADLESS, { allowHeadless: true })).toBeNull();
		expect(botReason(`${HEADLESS} Googlebot/2.1`, { allowHeadless: true })).toBe('bot');
		expect(botReason(HEADLESS, { allowHeadless: false })).toBe('bot');
	});
});
