import {
	mkdirSync,
	mkdtempSync,
	rmdirSync,
	rmSync,
	unlinkSync,
	utimesSync,
	writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { domainToASCII } from 'node:url';
import { getDomain } from 'tldts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { REFERRER_SPAM_HOSTS } from './referrer-spam-hosts.ts';
import { openReferrerSpam } from './referrer-spam.ts';
import { referrerNames } from './source.ts';

let folder: string;
let file: string;
let troubles: string[];
let clock = 1_700_000_000;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'byline-spam-'));
	file = join(folder, 'referrer-spam.txt');
	troubles = [];
});
afterEach(() => {
	rmSync(folder, { recursive: true, force: true });
});

const open = () => openReferrerSpam(file, (message) => troubles.push(message));

/** Files written within one tick of a coarse clock still differ. */
function write(text: string): void {
	writeFileSync(file, text);
	clock += 10;
	utimesSync(file, clock, clock);
}

describe('the built-in list', () => {
	it('holds domains as referrers name them', () => {
		for (const host of REFERRER_SPAM_HOSTS) {
			expect(domainToASCII(host)).toBe(host);
			expect(getDomain(host)).toBe(host);
		}
	});

	it.each([
		'https://semalt.com/',
		'http://www.semalt.com/project_crawler.php?u=x',
		'https://SEMALT.com.:8080/',
		'https://89.semalt.semalt.com/crawler',
		'http://a.b.c.d.e.f.g.h.i.darodar.com/',
		'https://ɢoogle.com/',
		'http://forum.topic1.buttons-for-website.com'
	])('has %s', (referrer) => {
		expect(open().has(referrerNames(referrer))).toBe(true);
	});

	it.each([
		undefined,
		'',
		'semalt.com',
		'https://google.com/search?q=semalt.com',
		'https://notsemalt.com/',
		'https://semalt.com.example/',
		'https://user:semalt.com@news.example/',
		'https://news.example/semalt.com',
		'https://com/',
		'http://192.0.2.7/',
		'javascript:location="https://semalt.com"'
	])('has not %s', (referrer) => {
		expect(open().has(referrerNames(referrer))).toBe(false);
	});
});

describe('the operator’s list', () => {
	const has = (spam: ReturnType<typeof open>, host: string): boolean =>
		spam.has(referrerNames(`https://${host}/x`));

	it('is one domain a line, with comments, in any case and spelling', () => {
		write(
			'\ufeff# seen in March\r\nSpam.Example  # loud\r\n\r\n\twww.other.example.\r\nbücher.example'
		);
		const spam = open();
		for (const host of ['spam.example', 'a.spam.example', 'other.example', 'xn--bcher-kva.example'])
			expect(has(spam, host), host).toBe(true);
		expect(has(spam, 'example')).toBe(false);
		expect(has(spam, 'semalt.com')).toBe(true);
		expect(troubles).toEqual([]);
	});

	it('skips what is no domain and says which line', () => {
		write(
			'good.example\nhttps://x.example/\nnot a domain\nco.uk\n192.0.2.1\n*.x.example\nlast.example'
		);
		const spam = open();
		expect(has(spam, 'good.example')).toBe(true);
		expect(has(spam, 'last.example')).toBe(true);
		expect(has(spam, 'x.example')).toBe(false);
		expect(has(spam, 'bbc.co.uk')).toBe(false);
		expect(troubles).toHaveLength(5);
		expect(troubles[0]).toBe(
			'referrer-spam.txt, line 2: "https://x.example/" is no domain such as spam.example; it is skipped.'
		);
	});

	it('does not fill the log with one wrong file', () => {
		write('no domain\n'.repeat(1_000));
		open();
		expect(troubles).toHaveLength(11);
		expect(troubles[10]).toContain('990 more lines');
	});

	it('is read anew when it changed, came or went', () => {
		const spam = open();
		expect(has(spam, 'one.example')).toBe(false);
		write('one.example');
		expect(has(spam, 'one.example')).toBe(false);
		spam.refresh();
		expect(has(spam, 'one.example')).toBe(true);
		write('two.example\nbad line');
		spam.refresh();
		spam.refresh();
		expect(has(spam, 'one.example')).toBe(false);
		expect(has(spam, 'two.example')).toBe(true);
		expect(troubles).toHaveLength(1);
		unlinkSync(file);
		spam.refresh();
		expect(has(spam, 'two.example')).toBe(false);
	});

	it('stays in force while it cannot be read, which is said once', () => {
		write('one.example');
		const spam = open();
		unlinkSync(file);
		mkdirSync(file);
		spam.refresh();
		spam.refresh();
		expect(troubles).toEqual(['referrer-spam.txt cannot be read: EISDIR.']);
		expect(has(spam, 'one.example')).toBe(true);
		rmdirSync(file);
		spam.refresh();
		expect(has(spam, 'one.example')).toBe(false);
	});
});
