import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { runCommand } from '../support/run-command.ts';
import { freePort } from '../support/free-port.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { printTable } from './table.ts';

const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 10);
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

/** Readers come from 60,000 addresses, two or three events each: one visitor with all events would be no load of this kind. */
export function address(): string {
	const number = Math.floor(serial / 3) % 60_000;
	return `100.64.${number >> 8}.${number & 255}`;
}

interface Load {
	readonly name: string;
	readonly url: string;
	readonly pid: number;
	readonly body: () => unknown;
	/** Different requests that each connection has ready, and repeats: making them takes no time from the server then. */
	readonly prepared: number;
	readonly seconds?: number;
}

export async function load({
	name,
	url,
	pid,
	body,
	prepared,
	seconds = SECONDS
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
	const running = autocannon({
		url,
		connections: CONNECTIONS,
		duration: seconds,
		setupClient: (each) => {
			each.setRequests(made[client % CONNECTIONS] ?? []);
			client += 1;
			before ||= cpuSeconds(pid);
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
		memory: memoryMegabytes(pid)
	};
}

/** User and system time of a process in seconds; Linux counts it in hundredths. */
export function cpuSeconds(pid: number): number {
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) / 100;
}

export function memoryMegabytes(pid: number): number {
	const [, kilobytes = '0'] =
		/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
	return Number(kilobytes) / 1024;
}

async function measureBare(): Promise<Measured> {
	const port = await freePort();
	const child = spawn(process.execPath, ['tests/bench/bare-server.ts'], {
		cwd: ROOT,
		env: { ...process.env, PORT: String(port) },
		stdio: 'ignore'
	});
	try {
		await new Promise((done) => setTimeout(done, 1_000));
		return await load({
			name: 'bare node:http, nothing kept',
			url: `http://127.0.0.1:${port}/`,
			pid: child.pid ?? 0,
			body: pageView,
			prepared: SINGLES
		});
	} finally {
		child.kill('SIGTERM');
	}
}

export async function startBench(): Promise<TestServer> {
	const server = await startServer({
		env: {
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

/** Reads screens one after the other until stopped; answers how many. */
function readScreens(server: TestServer): { readonly stop: () => Promise<number> } {
	let reading = true;
	let count = 0;
	const done = (async () => {
		while (reading)
			for (const screen of ['', '/posts', '/sources', '/recent']) {
				await (await fetch(`${server.url}/${SITE}${screen}?period=7d`)).text();
				count += 1;
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

async function visibleAfter(server: TestServer): Promise<number> {
	const url = `${server.url}/api/reports/pages?site=${SITE}&period=today`;
	const path = `/visible-${Date.now()}`;
	const started = performance.now();
	await fetch(`${server.url}/api/event`, {
		method: 'POST',
		headers: { 'user-agent': AGENT },
		body: JSON.stringify({ n: 'pageview', u: `https://${SITE}${path}`, d: SITE })
	});
	while (!(await (await fetch(url)).text()).includes(path)) {
		if (performance.now() - started > VISIBLE_MS) throw new Error(`${path} never came to be seen`);
		await new Promise((done) => setTimeout(done, 20));
	}
	return performance.now() - started;
}

/** Requests a second, latency, CPU and memory of the intake beside a bare handler, in one run. */
export async function benchIntake(): Promise<void> {
	const bare = await measureBare();
	const server = await startBench();
	try {
		const url = `${server.url}/api/event`;
		const singles = { url, pid: server.pid(), body: pageView, prepared: SINGLES };
		const single = await load({ ...singles, name: 'POST /api/event, on disk' });
		const screens = readScreens(server);
		const reading = await load({
			...singles,
			name: 'the same while settling and screens are read'
		});
		const screensRead = await screens.stop();
		const batch = await load({
			...singles,
			name: `batches of ${BATCH}`,
			body: () => Array.from({ length: BATCH }, pageView),
			prepared: 4
		});
		await new Promise((done) => setTimeout(done, 5_000));
		const visible: number[] = [];
		for (let i = 0; i < 5; i += 1) visible.push(await visibleAfter(server));

		const row = (measured: Measured): readonly string[] => [
			measured.name,
			Math.round(measured.perSecond).toLocaleString('en'),
			(measured.perSecond / bare.perSecond).toFixed(2),
			`${measured.p50} ms`,
			`${measured.p99} ms`,
			measured.cpu.toFixed(2),
			`${Math.round(measured.memory)} MB`,
			String(measured.failed)
		];
		printTable(
			['intake', 'requests/s', 'of bare', 'p50', 'p99', 'cores', 'memory', 'failed'],
			[bare, single, reading, batch].map(row)
		);
		printTable(
			['also', ''],
			[
				['batched events/s', Math.round(batch.perSecond * BATCH).toLocaleString('en')],
				['while read / alone', (reading.perSecond / single.perSecond).toFixed(2)],
				['screens read meanwhile', String(screensRead)],
				['event to report, slowest of 5', `${Math.round(Math.max(...visible))} ms`]
			]
		);
	} finally {
		await server.stop();
	}
}
