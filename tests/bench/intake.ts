import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { runCommand } from '../support/run-command.ts';
import { freePort } from '../support/free-port.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { printTable } from './table.ts';

const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 8);
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
const PROBES = 5;
const SCREEN_MS = 1_000;
const CONNECTIONS = 64;
const BATCH = 1_000;
/** Requests that each connection has ready; about a hundred megabytes in all. */
export const SINGLES = 2_500;
const VISIBLE_MS = 120_000;
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const SITE = 'bench.example';
export const AGENT =
	'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';

interface Measured {
	readonly name: string;
	readonly perSecond: number;
	readonly p50: number;
	readonly p99: number;
	readonly failed: number;
	/** Share of one core that the server used. */
	readonly cpu: number;
	/** Microseconds of the event loop's thread for each request. */
	readonly loop: number;
	/** Resident memory at the end, megabytes. */
	readonly memory: number;
}

let serial = 0;

export function pageView(): Record<string, unknown> {
	serial += 1;
	return {
		n: 'pageview',
		u: `https://${SITE}/posts/${serial % 300}?utm_source=newsletter&utm_medium=email`,
		d: SITE,
		r: 'https://www.google.com/',
		i: `bench-${serial}`,
		pv: `view-${serial}`,
		c: [{ id: 'ebook', placement: 'end-of-post', variant: 'b' }]
	};
}

/** Each reader has an address and three events: one visitor with all events would be no load of this kind. */
export function address(): string {
	const number = Math.floor(serial / 3) % 2 ** 22;
	return `100.${64 + (number >> 16)}.${(number >> 8) & 255}.${number & 255}`;
}

interface Load {
	readonly name: string;
	readonly url: string;
	readonly pid: number;
	readonly body: () => unknown;
	/** Different requests that each connection has ready, and repeats: making them takes no time from the server then. */
	readonly prepared: number;
	readonly seconds?: number;
	/** Requests a second in all; as many as get answered where there is none. */
	readonly rate?: number;
}

export async function load({
	name,
	url,
	pid,
	body,
	prepared,
	seconds = SECONDS,
	rate
}: Load): Promise<Measured> {
	const requests = (): autocannon.Request[] =>
		Array.from({ length: prepared }, () => ({
			method: 'POST',
			path: new URL(url).pathname,
			headers: { 'content-type': 'text/plain', 'user-agent': AGENT, 'x-forwarded-for': address() },
			body: JSON.stringify(body())
		}));
	const made = Array.from({ length: CONNECTIONS }, requests);
	let client = 0;
	let before = 0;
	let loopBefore = 0;
	const running = autocannon({
		url,
		connections: CONNECTIONS,
		duration: seconds,
		...(rate === undefined ? {} : { overallRate: rate }),
		setupClient: (each) => {
			each.setRequests(made[client % CONNECTIONS] ?? []);
			client += 1;
			before ||= cpuSeconds(pid);
			loopBefore ||= loopSeconds(pid);
		}
	});
	const result = await running;
	return {
		name,
		perSecond: result['2xx'] / result.duration,
		p50: result.latency.p50,
		p99: result.latency.p99,
		failed: result.non2xx + result.errors,
		cpu: (cpuSeconds(pid) - before) / result.duration,
		loop: ((loopSeconds(pid) - loopBefore) * 1e6) / result['2xx'],
		memory: memoryMegabytes(pid)
	};
}

/** User and system time of a process in seconds; Linux counts it in hundredths. */
export function cpuSeconds(pid: number): number {
	return secondsIn(`/proc/${pid}/stat`);
}

/** The same of the thread that runs the event loop: what bounds a server whose other threads find a free core. */
function loopSeconds(pid: number): number {
	return secondsIn(`/proc/${pid}/task/${pid}/stat`);
}

function secondsIn(path: string): number {
	const stat = readFileSync(path, 'utf8');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) / 100;
}

export function memoryMegabytes(pid: number): number {
	const [, kilobytes = '0'] =
		/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
	return Number(kilobytes) / 1024;
}

export async function startBare(): Promise<{
	readonly url: string;
	readonly process: ChildProcess;
}> {
	const port = await freePort();
	const child = spawn(process.execPath, ['tests/bench/bare-server.ts'], {
		cwd: ROOT,
		env: { ...process.env, PORT: String(port) },
		stdio: 'ignore'
	});
	await pause(1_000);
	return { url: `http://127.0.0.1:${port}/`, process: child };
}

export async function startBench(env: NodeJS.ProcessEnv = {}): Promise<TestServer> {
	const server = await startServer({
		env: {
			...env,
			LOG_LEVEL: 'warn',
			BACKLOG_MB: '8192',
			RATE_LIMIT_PER_SITE: '0',
			TRUSTED_PROXIES: 'loopback',
			RATE_LIMIT_PER_ADDRESS: '0'
		}
	});
	const added = await runCommand(process.execPath, ['analytics/cli.ts', 'site', 'add', SITE], {
		cwd: ROOT,
		timeoutMs: 20_000,
		env: { ...process.env, DATA_DIR: server.dataDir }
	});
	if (added.code !== 0) throw new Error(added.stderr);
	return server;
}

/** Opens a screen each second until stopped; answers how many. */
function readScreens(server: TestServer): { readonly stop: () => Promise<number> } {
	let reading = true;
	let count = 0;
	const done = (async () => {
		while (reading)
			for (const screen of ['', '/posts', '/sources', '/recent']) {
				if (!reading) break;
				const due = pause(SCREEN_MS);
				await (await server.fetch(`/${SITE}${screen}?period=7d`)).text();
				count += 1;
				await due;
			}
	})();
	return {
		stop: async () => {
			reading = false;
			await done;
			return count;
		}
	};
}

/** Milliseconds from sending an event to a report that counts it. */
async function visibleAfter(server: TestServer): Promise<number> {
	const path = `/visible-${randomUUID()}`;
	const url = `/api/reports/pages?site=${SITE}&period=today&filter=page:is:${path}`;
	const isThere = async (): Promise<boolean> =>
		/"rows":\[\{/.test(await (await server.fetch(url)).text());
	const started = performance.now();
	await fetch(`${server.url}/api/event`, {
		method: 'POST',
		headers: { 'user-agent': AGENT },
		body: JSON.stringify({ n: 'pageview', u: `https://${SITE}${path}`, d: SITE })
	});
	while (!(await isThere())) {
		if (performance.now() - started > VISIBLE_MS) throw new Error(`${path} never came to be seen`);
		await pause(50);
	}
	return performance.now() - started;
}

async function slowestVisible(server: TestServer, times: number): Promise<number> {
	const taken: number[] = [];
	for (let i = 0; i < times; i += 1) taken.push(await visibleAfter(server));
	return Math.max(...taken);
}

/** The middle one of several rounds by requests a second: other work on the machine comes and goes. */
function middle(rounds: readonly Measured[]): Measured {
	const sorted = rounds.toSorted((a, b) => a.perSecond - b.perSecond);
	const one = sorted[Math.floor(sorted.length / 2)];
	if (one === undefined) throw new RangeError('There is no round.');
	return one;
}

/** Requests a second, latency, CPU and memory of the intake beside a bare handler, in rounds that take turns. */
export async function benchIntake(): Promise<void> {
	const bare = await startBare();
	const waiting = await startBench({ WRITE_INTERVAL_MS: '60000' });
	const server = await startBench();
	try {
		let screens = 0;
		const row = (name: string, url: string, pid: number): Load => ({
			name,
			url,
			pid,
			body: pageView,
			prepared: SINGLES
		});
		const settling = row('the same while it settles', `${server.url}/api/event`, server.pid());
		const read = { ...settling, name: 'the same while it settles and screens are read' };
		const alone = row('POST /api/event, on disk', `${waiting.url}/api/event`, waiting.pid());
		const nothing = row('bare node:http, nothing kept', bare.url, bare.process.pid ?? 0);
		const rounds: Record<'bare' | 'alone' | 'settling' | 'read', Measured[]> = {
			bare: [],
			alone: [],
			settling: [],
			read: []
		};
		// What a process does in its first seconds is its compiler's work.
		for (const each of [nothing, alone, settling]) await load(each);
		for (let round = 0; round < ROUNDS; round += 1) {
			rounds.bare.push(await load(nothing));
			rounds.alone.push(await load(alone));
			rounds.settling.push(await load(settling));
			const reader = readScreens(server);
			rounds.read.push(await load(read));
			screens += await reader.stop();
		}
		const [best, single, settled, shown] = [
			middle(rounds.bare),
			middle(rounds.alone),
			middle(rounds.settling),
			middle(rounds.read)
		];
		const atRest = await slowestVisible(server, PROBES);
		const halfPeak = Math.round(settled.perSecond / 2);
		const half = load({ ...settling, rate: halfPeak, seconds: 2 * SECONDS });
		const underLoad = await slowestVisible(server, PROBES);
		await half;
		const batch = await load({
			...settling,
			name: `batches of ${BATCH}`,
			body: () => Array.from({ length: BATCH }, pageView),
			prepared: 4
		});
		const floodEnded = performance.now();
		await visibleAfter(server);
		const caughtUp = performance.now() - floodEnded;

		const cells = (measured: Measured): readonly string[] => [
			measured.name,
			Math.round(measured.perSecond).toLocaleString('en'),
			(measured.perSecond / best.perSecond).toFixed(2),
			`${measured.p50} ms`,
			`${measured.p99} ms`,
			measured.cpu.toFixed(2),
			`${Math.round(measured.loop)} µs`,
			`${Math.round(measured.memory)} MB`,
			String(measured.failed)
		];
		printTable(
			['intake', 'requests/s', 'of bare', 'p50', 'p99', 'cores', 'loop', 'memory', 'failed'],
			[best, single, settled, shown, batch].map(cells)
		);
		printTable(
			['also', ''],
			[
				['batched events/s', Math.round(batch.perSecond * BATCH).toLocaleString('en')],
				['settling and read / alone', (shown.perSecond / single.perSecond).toFixed(2)],
				['screens read meanwhile', String(screens)],
				[`event to report at rest, slowest of ${PROBES}`, `${Math.round(atRest)} ms`],
				[
					`event to report at ${halfPeak.toLocaleString('en')}/s, slowest of ${PROBES}`,
					`${Math.round(underLoad)} ms`
				],
				['all batches in the reports after', `${(caughtUp / 1000).toFixed(1)} s`]
			]
		);
	} finally {
		bare.process.kill('SIGTERM');
		await waiting.stop();
		await server.stop();
	}
}

function pause(ms: number): Promise<void> {
	return new Promise((done) => setTimeout(done, ms));
}
