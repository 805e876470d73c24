import { expect, it } from 'vitest';
import { describeAgent } from './device.ts';

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)';

it.each([
	[
		`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/130.0.0.0 Safari/537.36`,
		'desktop',
		'Chrome',
		'Windows'
	],
	[
		`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0`,
		'desktop',
		'Edge',
		'Windows'
	],
	[
		`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/130.0.0.0 Safari/537.36 OPR/115.0`,
		'desktop',
		'Opera',
		'Windows'
	],
	[
		'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
		'desktop',
		'Safari',
		'macOS'
	],
	[
		'Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0',
		'desktop',
		'Firefox',
		'Linux'
	],
	[
		`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${WEBKIT} Chrome/130.0.0.0 Safari/537.36`,
		'desktop',
		'Chrome',
		'ChromeOS'
	],
	[
		`Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} HeadlessChrome/130.0.0.0 Safari/537.36`,
		'desktop',
		'Chrome',
		'Linux'
	],
	[
		'Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko',
		'desktop',
		'Internet Explorer',
		'Windows'
	],
	[
		`Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} Chrome/130.0.0.0 Mobile Safari/537.36`,
		'mobile',
		'Chrome',
		'Android'
	],
	[
		`Mozilla/5.0 (Linux; Android 10; K) ${WEBKIT} Chrome/130.0.0.0 Safari/537.36`,
		'tablet',
		'Chrome',
		'Android'
	],
	[
		`Mozilla/5.0 (Linux; Android 14; SM-S918B) ${WEBKIT} SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36`,
		'mobile',
		'Samsung Internet',
		'Android'
	],
	[
		'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
		'mobile',
		'Safari',
		'iOS'
	],
	[
		'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/130.0 Mobile/15E148 Safari/604.1',
		'mobile',
		'Chrome',
		'iOS'
	],
	[
		'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/132.0 Mobile/15E148 Safari/604.1',
		'mobile',
		'Firefox',
		'iOS'
	],
	[
		'Mozilla/5.0 (iPad; CPU OS 7_0_4 like Mac OS X) AppleWebKit/537.51.1 (KHTML, like Gecko) Version/7.0 Mobile/11B554a Safari/9537.53',
		'tablet',
		'Safari',
		'iOS'
	],
	['Mozilla/5.0 (Android; Mobile; rv:27.0) Gecko/27.0 Firefox/27.0', 'mobile', 'Firefox', 'Android']
])('%s', (userAgent, device, browser, os) => {
	expect(describeAgent(userAgent)).toEqual({ device, browser, os });
	expect(describeAgent(userAgent)).toBe(describeAgent(userAgent));
});

it.each([undefined, '', 'hello', '__proto__', '\u0000\ud800'])(
	'takes %j for a desktop',
	(userAgent) => {
		expect(describeAgent(userAgent)).toEqual({ device: 'desktop' });
	}
);
