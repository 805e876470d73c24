import UAParser from 'my-ua-parser';
import { openBoundedCache } from './bounded-cache.ts';

export type Device = 'desktop' | 'mobile' | 'tablet';

export interface Agent {
	readonly device: Device;
	readonly browser?: string;
	readonly os?: string;
}

const MAX_LENGTH = 512;

/** Names the reader knows, by the parser's name in lower case; a name that is not here stays as it is. */
const BROWSERS: Readonly<Record<string, string>> = {
	'android browser': 'Android Browser',
	'chrome headless': 'Chrome',
	'chrome mobile': 'Chrome',
	'chrome webview': 'Chrome',
	chromium: 'Chrome',
	firefox: 'Firefox',
	'firefox focus': 'Firefox',
	'mobile firefox': 'Firefox',
	iceweasel: 'Firefox',
	'ie mobile': 'Internet Explorer',
	iemobile: 'Internet Explorer',
	ie: 'Internet Explorer',
	'mobile safari': 'Safari',
	'opera mini': 'Opera',
	'opera mobi': 'Opera',
	'opera mobile': 'Opera',
	'opera tablet': 'Opera',
	'opera touch': 'Opera',
	'opera gx': 'Opera',
	'opera coast': 'Opera',
	'samsung browser': 'Samsung Internet',
	samsungbrowser: 'Samsung Internet',
	'uc browser': 'UC Browser',
	ucbrowser: 'UC Browser',
	webkit: 'Safari',
	yandex: 'Yandex Browser',
	gsa: 'Google app',
	duckduckgo: 'DuckDuckGo'
};

const SYSTEMS: Readonly<Record<string, string>> = {
	'mac os': 'macOS',
	macos: 'macOS',
	'chromium os': 'ChromeOS',
	'chrome os': 'ChromeOS',
	'windows mobile': 'Windows Phone',
	arch: 'Linux',
	centos: 'Linux',
	debian: 'Linux',
	fedora: 'Linux',
	gentoo: 'Linux',
	gnu: 'Linux',
	mageia: 'Linux',
	mandriva: 'Linux',
	manjaro: 'Linux',
	mint: 'Linux',
	redhat: 'Linux',
	slackware: 'Linux',
	suse: 'Linux',
	ubuntu: 'Linux'
};

const agents = openBoundedCache<Agent>(4096);

/** The kind of device, the browser and the operating system of a User-Agent header, without versions. */
export function describeAgent(userAgent: string | undefined): Agent {
	return agents.get(userAgent?.slice(0, MAX_LENGTH) ?? '', parseAgent);
}

function parseAgent(userAgent: string): Agent {
	// Headless Chromium is Chromium; whether it counts is decided elsewhere.
	const parsed = UAParser(userAgent.replace('HeadlessChrome', 'Chrome'));
	const browser = nameIn(BROWSERS, parsed.browser.name);
	const os = nameIn(SYSTEMS, parsed.os.name);
	return {
		device: deviceOf(parsed.device.type, os, userAgent),
		...(browser === undefined ? {} : { browser }),
		...(os === undefined ? {} : { os })
	};
}

function deviceOf(type: string | undefined, os: string | undefined, userAgent: string): Device {
	if (type === 'tablet') return 'tablet';
	if (type === 'mobile' || type === 'wearable') return 'mobile';
	// An Android without a model: phones say Mobile, tablets do not; televisions are as large as a desktop.
	if (os === 'Android' && type === undefined)
		return /\bMobile\b/.test(userAgent) ? 'mobile' : 'tablet';
	return 'desktop';
}

function nameIn(
	table: Readonly<Record<string, string>>,
	name: string | undefined
): string | undefined {
	if (name === undefined || name === '') return undefined;
	const key = name.toLowerCase();
	return Object.hasOwn(table, key) ? table[key] : name;
}
