import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { openCommands, type CommandsHere } from '../http/commands-here.ts';
import { readCsvRows } from '../http/read-csv.ts';
import { temporaryFolder } from '../support/temp.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CHROME =
	'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';
const DAYS = ['--from', '2026-07-01', '--to', '2026-07-31'] as const;

const scratch = temporaryFolder('imports');
afterAll(async () => {
	for (const dataDir of open.keys()) await closeBlog(dataDir);
	scratch.remove();
});

const file = (name: string, content: string | Buffer): string => {
	const path = join(scratch.path, name);
	writeFileSync(path, content);
	return path;
};

const open = new Map<string, CommandsHere>();
async function commandsOf(dataDir: string): Promise<CommandsHere> {
	const commands = open.get(dataDir) ?? (await openCommands(dataDir));
	open.set(dataDir, commands);
	return commands;
}
const byline = async (dataDir: string, ...args: readonly string[]) =>
	(await commandsOf(dataDir)).run(...args);
const bylineOk = async (dataDir: string, ...args: readonly string[]) =>
	(await commandsOf(dataDir)).ok(...args);
async function closeBlog(dataDir: string): Promise<void> {
	await open.get(dataDir)?.close();
	open.delete(dataDir);
}

let blogs = 0;
async function newBlog(): Promise<string> {
	const dataDir = join(scratch.path, `blog-${(blogs += 1)}`);
	await bylineOk(dataDir, 'site', 'add', 'blog.example.com');
	return dataDir;
}

async function viewsOf(dataDir: string): Promise<Readonly<Record<string, string>>> {
	const rows = readCsvRows(await bylineOk(dataDir, 'export', 'pages', ...DAYS));
	return Object.fromEntries(
		rows.map((row) => [row['path'] ?? '', `${row['page_views'] ?? ''}/${row['visitors'] ?? ''}`])
	);
}

async function zipOf(
	name: string,
	entries: Readonly<Record<string, string | Readable>>
): Promise<string> {
	const zip = new ZipFile();
	for (const [entry, content] of Object.entries(entries))
		if (typeof content === 'string') zip.addBuffer(Buffer.from(content), entry);
		else zip.addReadStream(content, entry, { compressionLevel: 1 });
	zip.end();
	const path = join(scratch.path, name);
	await pipeline(zip.outputStream as Readable, createWriteStream(path));
	return path;
}

const MEGABYTE = Buffer.alloc(1024 ** 2, '1');
/** The same letter without an end of line, as it is read. */
const ones = (megabytes: number): Readable =>
	Readable.from(
		(function* () {
			for (let at = 0; at < megabytes; at += 1) yield MEGABYTE;
		})()
	);

const combined = (path: string, second: number, ip = '203.0.113.1'): string =>
	`${ip} - - [09/Jul/2026:01:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')} +0000] "GET ${path} HTTP/1.1" 200 512 "-" "${CHROME}"`;

const caddy = (path: string, ip: string): string =>
	JSON.stringify({
		level: 'info',
		ts: Date.UTC(2026, 6, 9, 1) / 1000 + 0.25,
		msg: 'handled request',
		request: {
			remote_ip: ip,
			client_ip: ip,
			method: 'GET',
			host: 'blog.example.com',
			uri: path,
			headers: { 'User-Agent': [CHROME], Referer: ['https://www.google.com/'] }
		},
		status: 200
	});

const IIS = [
	'#Software: Microsoft Internet Information Services 10.0',
	'#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query c-ip cs(User-Agent) sc-status',
	`2026-07-09 01:00:00 10.0.0.1 GET /a - 203.0.113.1 ${CHROME.replaceAll(' ', '+')} 200`,
	'#Fields: date time c-ip cs-method cs-uri-stem sc-status cs(User-Agent)',
	`2026-07-09 01:01:00 203.0.113.2 GET /a 200 ${CHROME.replaceAll(' ', '+')}`,
	`2026-07-09 01:02:00 203.0.113.2 GET /b 404 ${CHROME.replaceAll(' ', '+')}`
].join('\r\n');

const CLOUDFRONT = [
	'#Version: 1.0',
	'#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query',
	...['203.0.113.1', '203.0.113.2'].map((ip) =>
		[
			'2026-07-09',
			'01:00:00',
			'FRA56',
			'512',
			ip,
			'GET',
			'd1.cloudfront.net',
			'/a',
			'200',
			'-',
			encodeURIComponent(CHROME),
			'-'
		].join('\t')
	)
].join('\n');

const UMAMI = [
	'website_id,session_id,visit_id,event_id,hostname,browser,os,device,country,url_path,url_query,referrer_domain,referrer_path,event_type,event_name,created_at',
	'w,s1,v1,e1,blog.example.com,chrome,Linux,desktop,DE,/a,utm_source=x,google.com,/,1,,2026-07-09 01:00:00',
	'w,s2,v2,e2,blog.example.com,firefox,Linux,desktop,FR,/a,,,,1,,2026-07-09 01:05:00.123+00',
	'w,s2,v2,e3,blog.example.com,firefox,Linux,desktop,FR,/a,,,,2,signup,2026-07-09T01:06:00Z'
].join('\n');

const GOATCOUNTER = [
	'2Path,Title,Event,UserAgent,Browser,System,Session,Bot,Referrer,Referrer scheme,Screen size,Location,FirstVisit,Date',
	'/a,A,false,,Chrome 130,Linux,s1,0,www.google.com,h,"1920,1080,1",DE,true,2026-07-09T01:00:00Z',
	'/a,A,false,,Firefox 131,Linux,s2,0,,,"390,844,3",FR-75,true,2026-07-09T01:05:00Z',
	'/a,A,false,,Chrome 130,Linux,s3,3,,,,,true,2026-07-09T01:05:00Z',
	'signup,,true,,Firefox 131,Linux,s2,0,,,,,false,2026-07-09T01:06:00Z'
].join('\r\n');

const VISITORS = '"date","visitors","pageviews","bounces","visits","visit_duration"';
const PAGES = '"date","hostname","page","visits","visitors","pageviews"';

describe.each([
	['combined', `${combined('/a', 0)}\r\n${combined('/a', 1, '203.0.113.2')}\n`],
	[
		'common',
		`${combined('/a', 0).split(' "-"', 1)[0] ?? ''}\n${combined('/a', 1, '203.0.113.2').split(' "-"', 1)[0] ?? ''}`
	],
	['caddy', `\ufeff${caddy('/a', '203.0.113.1')}\n${caddy('/a', '203.0.113.2')}\n`],
	['iis', IIS],
	['cloudfront', gzipSync(CLOUDFRONT)],
	['umami', Buffer.from(`\ufeff${UMAMI}`, 'utf16le')],
	['goatcounter', GOATCOUNTER]
])('%s', (format, content) => {
	test('is told apart, imported once, removed without a trace', async () => {
		const dataDir = await newBlog();
		const path = file(`${format}.txt`, content);
		const isLog = !['umami', 'goatcounter'].includes(format);
		const preview = await byline(dataDir, 'import', format, path, '--preview');
		expect(preview).toMatchObject({ code: 0 });
		expect(preview.stderr).toContain('2026-07-09 to 2026-07-09');
		expect(await viewsOf(dataDir)).toEqual({});
		for (const name of isLog ? ['access-log', 'access-log', format] : [format, format])
			expect(await byline(dataDir, 'import', name, path)).toMatchObject({ code: 0 });
		expect(await viewsOf(dataDir)).toEqual({ '/a': '2/2' });
		await bylineOk(dataDir, 'import', 'remove', '1');
		expect(await viewsOf(dataDir)).toEqual({});
		expect((await byline(dataDir, 'verify')).code).toBe(0);
	});
});

describe('files that are wrong', () => {
	const wrong = async (
		format: string,
		path: string,
		sentence: RegExp,
		dataDir?: string
	): Promise<void> => {
		const folder = dataDir ?? (await newBlog());
		const result = await byline(folder, 'import', format, path);
		expect(result).toMatchObject({ code: 1, stdout: '' });
		expect(result.stderr).toMatch(/^byline: [^\n]+\n$/);
		expect(result.stderr).toMatch(sentence);
		expect(await viewsOf(folder)).toEqual({});
		expect(await bylineOk(folder, 'import', 'list')).not.toMatch(/\tdone\t|unfinished/);
	};

	test('one clear sentence each, and nothing half imported', { timeout: 120_000 }, async () => {
		const dataDir = await newBlog();
		const deep = `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`;
		const isWrong: readonly (readonly [string, string, RegExp])[] = [
			['access-log', file('posts.csv', 'a,b\n1,2\n'), /posts\.csv:1: this is no combined/],
			['caddy', file('deep.json', deep), /deep\.json:1: .*no request of Caddy/],
			['iis', file('headless.log', IIS.split('\r\n')[2] ?? ''), /headless\.log:1: .*#Fields/],
			['umami', file('goat.csv', GOATCOUNTER), /goat\.csv:1: .*"session_id"/],
			['goatcounter', file('semi.csv', UMAMI.replaceAll(',', ';')), /semi\.csv:1: .*"path"/],
			['umami', file('empty.csv', ''), /empty\.csv is empty/],
			[
				'umami',
				file('quote.csv', `${UMAMI}\nw,"${'x'.repeat(600_000)}`),
				/quote\.csv:\d+: .*quote/
			],
			[
				'umami',
				file('many.csv', `${UMAMI}\nw,s,v,e,h,c,o,d,DE,/,,,,1,,2026-07-09,x`),
				/many\.csv:5:/
			],
			['plausible', file('not.zip', 'PK no archive'), /not\.zip is no ZIP file/],
			[
				'ga4',
				file('ga4.csv', 'Date,Page path,Views\n20260709,/a,1\nTotal,,1\n'),
				/ga4\.csv:3: "Total" is no day/
			],
			['matomo', file('matomo.csv', 'date,label\n2026-07-09,/a\n'), /matomo\.csv:1: the header is/]
		];
		for (const [format, path, sentence] of isWrong) await wrong(format, path, sentence, dataDir);
	});

	/** At full size: IMPORT_BOMB_MB=5000 IMPORT_LINE_MB=1000 */
	const bombMegabytes = Number(process.env['IMPORT_BOMB_MB'] ?? 300);
	const lineMegabytes = Number(process.env['IMPORT_LINE_MB'] ?? 300);

	test(
		'a line without an end and a ZIP bomb are refused in little memory',
		{ timeout: 180_000 },
		async () => {
			const dataDir = await newBlog();
			const bomb = await zipOf('bomb.zip', { 'imported_visitors_1_2.csv': ones(bombMegabytes) });
			const long = join(scratch.path, 'long.csv');
			await pipeline(ones(lineMegabytes), createWriteStream(long));
			const before = process.resourceUsage().maxRSS;
			await wrong('plausible', bomb, /bomb\.zip unpacks to [\d,]+ MB/, dataDir);
			await wrong('umami', long, /long\.csv:\d+: .*longer than 256 kB/, dataDir);
			await wrong('access-log', long, /long\.csv:1: .*longer than 64 kB/, dataDir);
			const grownMegabytes = (process.resourceUsage().maxRSS - before) / 1024;
			expect(grownMegabytes).toBeLessThan(250);
			rmSync(long);
		}
	);

	test('a ZIP file that holds more than it states is refused', async () => {
		const bomb = await zipOf('lying.zip', { 'imported_visitors_1_2.csv': ones(80) });
		const bytes = readFileSync(bomb);
		const directory = bytes.lastIndexOf('PK\u0001\u0002');
		expect(bytes.readUInt32LE(directory + 24)).toBe(80 * MEGABYTE.length);
		bytes.writeUInt32LE(1_000, directory + 24);
		await wrong('plausible', file('lying.zip', bytes), /lying\.zip cannot be read to its end: /);
	});
});

describe('figures that were counted elsewhere', () => {
	test('are refused as a whole where one line is wrong, else recorded and removed', async () => {
		const dataDir = await newBlog();
		const good = {
			'imported_visitors_20260701_20260702.csv': `${VISITORS}\n"2026-07-01",5,50,2,7,8640\n"2026-07-02",3,4,2,3,43\n`,
			'imported_pages_20260701_20260702.csv': `${PAGES}\n"2026-07-01","a.example","/a",4,3,40\n"2026-07-01","b.example","/a/",1,1,10\n`
		};
		const bad = {
			...good,
			'imported_devices_20260701_20260702.csv':
				'"date","device","visitors"\n"2026-07-01","Mobile",x\n'
		};
		const refused = await byline(dataDir, 'import', 'plausible', await zipOf('bad.zip', bad));
		expect(refused.stderr).toMatch(
			/^byline: [^\n]*devices_20260701_20260702\.csv:2: "x" is no count\.\n$/
		);
		const zip = await zipOf('good.zip', good);
		expect(await byline(dataDir, 'import', 'plausible', zip)).toMatchObject({ code: 0 });
		expect((await byline(dataDir, 'import', 'plausible', zip)).stderr).toContain(' 0 new');
		expect(await bylineOk(dataDir, 'import', 'list')).toContain(
			'plausible\tdone\t3\t2026-07-01\t2026-07-02\tgood.zip'
		);
		await bylineOk(dataDir, 'import', 'remove', '2');
		expect(await bylineOk(dataDir, 'import', 'list')).not.toContain('done');
	});
});

describe('an import that is killed', () => {
	test('goes on where it was, and counts once', { timeout: 180_000 }, async () => {
		const lines = Number(process.env['IMPORT_LINES'] ?? 60_000);
		const path = join(scratch.path, 'long.log');
		await pipeline(
			Readable.from(
				(function* () {
					for (let at = 0; at < lines; at += 1)
						yield `${combined(`/p${at % 50}`, at % 3600, `198.51.${at % 100}.7`)}\n`;
				})()
			),
			createWriteStream(path)
		);
		const dataDir = await newBlog();
		for (const delay of [2_500, 3_500]) {
			await closeBlog(dataDir);
			const child = spawn(process.execPath, ['analytics/cli.ts', 'import', 'access-log', path], {
				cwd: ROOT,
				env: { PATH: process.env['PATH'], DATA_DIR: dataDir },
				stdio: 'ignore'
			});
			const ended = new Promise((done) => child.once('close', done));
			setTimeout(() => child.kill('SIGKILL'), delay);
			await ended;
			const seen = await viewsOf(dataDir);
			expect([0, 50]).toContain(Object.keys(seen).length);
		}
		expect(await byline(dataDir, 'import', 'access-log', path)).toMatchObject({ code: 0 });
		const seen = await viewsOf(dataDir);
		expect(Object.keys(seen)).toHaveLength(50);
		const sum = Object.values(seen).reduce((all, cell) => all + Number(cell.split('/', 1)[0]), 0);
		expect(sum).toBe(lines);
		expect(await bylineOk(dataDir, 'import', 'list')).toMatch(new RegExp(`\\tdone\\t${lines}\\t`));
	});
});
