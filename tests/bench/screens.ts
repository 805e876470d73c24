import { chromium, type Browser } from '@playwright/test';
import { DEMO_SITE } from '../e2e/support/demo.ts';
import { routeIds, routeUrl } from '../e2e/support/routes.ts';
import { CHROMIUM_ARGS, chromiumPath } from '../support/chromium.ts';
import { startServer } from '../support/server.ts';
import { clickTimes, CLICKS } from './filter-clicks.ts';
import { loadOf, type Load } from './screen-load.ts';
import { printTable } from './table.ts';

/** What a screen promises. */
const PAINT_MS = 1_500;
const SHIFT = 0.02;
const BYTES = 130_000;
const CLICK_MS = 200;

/** How much slower than this machine's the browser's main thread is made. */
const SLOW_DOWN = 4;
const LOADS = 5;
const CLICKS_EACH = 5;
const READY_MS = 180_000;
const DAY_MS = 86_400_000;

export const benchScreens = (): Promise<void> => withDemo(benchLoads);
export const benchClicks = (): Promise<void> => withDemo(benchEveryClick);

/** The demo at `DEMO_URL`, or one of its own. */
async function withDemo(bench: (browser: Browser) => Promise<void>): Promise<void> {
	const own = process.env.DEMO_URL ? null : await startDemo();
	const browser = await chromium.launch({
		executablePath: await chromiumPath(),
		args: [...CHROMIUM_ARGS]
	});
	try {
		await bench(browser);
	} finally {
		await browser.close();
		await own?.stop();
	}
}

async function startDemo() {
	const demo = await startServer({
		script: 'src/demo.ts',
		readyMs: READY_MS,
		env: { LOG_LEVEL: 'warn' }
	});
	process.env.DEMO_URL = demo.url;
	return demo;
}

/** Another range of 28 days each time, so that no answer is there already. */
function rangeOf(run: number): string {
	const day = (ago: number): string =>
		new Date(Date.now() - ago * DAY_MS).toISOString().slice(0, 10);
	return `from=${day(run + 29)}&to=${day(run + 2)}`;
}

async function benchLoads(browser: Browser): Promise<void> {
	console.log(
		`First load of each screen, ${LOADS} times over ranges never asked for before, the browser ${SLOW_DOWN} times slower.` +
			` Limits: paint ${PAINT_MS} ms, shift ${SHIFT}, JS and CSS ${BYTES / 1000} kB.\n`
	);
	const rows: string[][] = [];
	let run = 0;
	for (const route of routeIds().filter((id) => id !== '/' && !id.includes('[import]'))) {
		const url = await routeUrl(route);
		const loads: Load[] = [];
		for (let times = 0; times < LOADS; times += 1) {
			run += 1;
			loads.push(await loadOf(browser, `${url}?${rangeOf(run)}`, SLOW_DOWN));
		}
		const of = (read: (load: Load) => number): readonly number[] => loads.map(read);
		const paint = quantile(
			of(({ paintMs }) => paintMs),
			0.95
		);
		const shift = Math.max(...of(({ shift: moved }) => moved));
		const bytes = Math.max(...of(({ bytes: sent }) => sent));
		rows.push([
			route.replace('/[site]', '') || '/',
			...medianAnd95(of(({ serverMs }) => serverMs)),
			...medianAnd95(of(({ paintMs }) => paintMs)),
			...medianAnd95(of(({ blockedMs }) => blockedMs)),
			shift.toFixed(3),
			(bytes / 1000).toFixed(1),
			(
				quantile(
					of(({ htmlBytes }) => htmlBytes),
					0.5
				) / 1000
			).toFixed(1),
			paint < PAINT_MS && shift <= SHIFT && bytes < BYTES ? 'yes' : 'NO'
		]);
	}
	printTable(
		[
			'screen',
			'HTML ms',
			'p95',
			'largest paint ms',
			'p95',
			'blocked ms',
			'p95',
			'shift',
			'JS+CSS kB',
			'HTML kB',
			'held'
		],
		rows
	);
}

async function benchEveryClick(browser: Browser): Promise<void> {
	console.log(
		`A click on ${DEMO_SITE} until its figures are painted, ${CLICKS_EACH} times, nothing asked for before.` +
			` Limit: ${CLICK_MS} ms. “At once” is a pointer that jumps and clicks; “hovered” rests on the link first.\n`
	);
	const rows: string[][] = [];
	let run = 1_000;
	for (const click of CLICKS)
		for (const slowDown of [1, SLOW_DOWN])
			for (const hoverMs of [0, 150]) {
				const times: number[] = [];
				run += CLICKS_EACH;
				for await (const ms of clickTimes(browser, click, {
					urls: Array.from({ length: CLICKS_EACH }, (_, at) => rangeOf((run + at) % 400)),
					slowDown,
					hoverMs
				}))
					times.push(ms);
				rows.push([
					click.name,
					`${slowDown}x`,
					hoverMs === 0 ? 'at once' : 'hovered',
					...medianAnd95(times),
					quantile(times, 0.95) < CLICK_MS ? 'yes' : 'NO'
				]);
			}
	printTable(['click', 'slower', 'pointer', 'median ms', 'p95', 'held'], rows);
}

const medianAnd95 = (values: readonly number[]): readonly string[] =>
	[0.5, 0.95].map((share) => quantile(values, share).toFixed(0));

function quantile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
