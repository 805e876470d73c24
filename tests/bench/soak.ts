import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import autocannon from 'autocannon';
import {
	address,
	AGENT,
	cpuSeconds,
	load,
	memoryMegabytes,
	pageView,
	SINGLES,
	SITE,
	startBare,
	startBench
} from './intake.ts';
import { sessionFor } from '../support/owner.ts';
import { openLatencies, type Latencies } from './latencies.ts';
import { judgeMemory, type MemorySample } from './memory-trend.ts';
import { printTable } from './table.ts';

const MINUTES = Number(process.env['SOAK_MINUTES'] ?? 10);
const PEAK_SECONDS = 15;
/**
 * A connection sends what is due at the start of its second. The groups start one after the other, so that together
 * they send evenly.
 */
const GROUPS = 16;
const CONNECTIONS_A_GROUP = 4;
const SAMPLE_MS = 5_000;
const MINUTE_MS = 60_000;
const DRAIN_MS = 120_000;
const MOST_P99_MS = 50;

interface Minute {
	readonly perSecond: number;
	readonly latencies: Latencies;
	readonly failed: number;
	/** Share of one core that the server used. */
	readonly cpu: number;
	/** Resident memory at the end, megabytes. */
	readonly memory: number;
	/** Accepted events that no report counts yet. */
	readonly waiting: number;
	/** Size of the journal, megabytes. */
	readonly journal: number;
}

/** What came back since the last minute ended; all events of the load. */
interface Tally {
	latencies: Latencies;
	failed: number;
	/** Answers with 202 since the load began. */
	accepted: number;
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/**
 * Ten minutes at half the peak: is memory flat after the first one, do answers stay fast, is everything stored?
 * SOAK_MEMORY is the server's MEMORY_LIMIT, where it is to be another than usual.
 */
export async function benchSoak(): Promise<void> {
	const limit = process.env['SOAK_MEMORY'];
	const server = await startBench(limit === undefined ? {} : { MEMORY_LIMIT: limit });
	try {
		const url = `${server.url}/api/event`;
		const pid = server.pid();
		const peak = await load({
			name: 'peak',
			url,
			pid,
			body: pageView,
			prepared: SINGLES,
			seconds: PEAK_SECONDS
		});
		const rate = Math.round(peak.perSecond / 2);
		console.error(`Peak ${Math.round(peak.perSecond)}/s; ${MINUTES} min at ${rate}/s.`);
		const bare = await bareAt(rate);
		const before = await settled(server.url);

		const tally: Tally = { latencies: openLatencies(), failed: 0, accepted: 0 };
		const started = performance.now();
		const sending = send(url, rate, tally, MINUTES);
		const samples: MemorySample[] = [];
		const minutes: Minute[] = [];
		let cpu = cpuSeconds(pid);
		for (let minute = 1; minute <= MINUTES; minute += 1) {
			const { accepted } = tally;
			while (performance.now() < started + minute * MINUTE_MS) {
				await pause(Math.min(SAMPLE_MS, started + minute * MINUTE_MS - performance.now()));
				samples.push({
					minute: (performance.now() - started) / MINUTE_MS,
					megabytes: memoryMegabytes(pid)
				});
			}
			const used = cpuSeconds(pid);
			const measured = {
				perSecond: ((tally.accepted - accepted) * 1_000) / MINUTE_MS,
				latencies: tally.latencies,
				failed: tally.failed,
				cpu: ((used - cpu) * 1_000) / MINUTE_MS,
				memory: memoryMegabytes(pid),
				journal: journalMegabytes(server.dataDir)
			};
			tally.latencies = openLatencies();
			tally.failed = 0;
			cpu = used;
			const sent = tally.accepted;
			const waiting = Math.max(0, sent - ((await stored(server.url)) - before));
			minutes.push({ ...measured, waiting });
			console.error(row(minutes.at(-1)!, minute - 1).join('  '));
		}
		await sending;
		const kept = (await settled(server.url)) - before;

		printTable(
			[
				'minute',
				'requests/s',
				'p50',
				'p99',
				'slowest',
				'cores',
				'memory',
				'waiting',
				'journal',
				'failed'
			],
			minutes.map(row)
		);
		report(rate, minutes, samples, { accepted: tally.accepted, kept, bare });
	} finally {
		await server.stop();
	}
}

const row = (
	{ perSecond, latencies, failed, cpu, memory, waiting, journal }: Minute,
	index: number
): readonly string[] => [
	String(index + 1),
	Math.round(perSecond).toLocaleString('en'),
	`${latencies.quantile(0.5).toFixed(1)} ms`,
	`${latencies.quantile(0.99).toFixed(1)} ms`,
	`${latencies.quantile(1).toFixed(0)} ms`,
	cpu.toFixed(2),
	`${Math.round(memory)} MB`,
	waiting.toLocaleString('en'),
	`${journal.toFixed(0)} MB`,
	String(failed)
];

/** Sends for so many minutes; each event has an id of its own. */
async function send(url: string, rate: number, tally: Tally, minutes: number): Promise<void> {
	const interval = (1_000 * GROUPS * CONNECTIONS_A_GROUP) / rate;
	const groups: Promise<void>[] = [];
	for (let group = 0; group < GROUPS; group += 1) {
		const { promise, resolve } = Promise.withResolvers<void>();
		const running = autocannon(
			{
				url,
				connections: CONNECTIONS_A_GROUP,
				overallRate: Math.max(CONNECTIONS_A_GROUP, Math.round(rate / GROUPS)),
				duration: (minutes * MINUTE_MS) / 1_000,
				requests: [{ method: 'POST', setupRequest: (request) => ({ ...request, ...newEvent() }) }]
			},
			() => resolve()
		);
		running.on('response', (_, status, __, milliseconds) => {
			if (status === 202) tally.accepted += 1;
			else tally.failed += 1;
			tally.latencies.add(milliseconds, interval);
		});
		running.on('reqError', () => {
			tally.failed += 1;
		});
		groups.push(promise);
		await pause(1_000 / GROUPS);
	}
	await Promise.all(groups);
}

/** What this machine does to the latency of a handler that keeps nothing. */
async function bareAt(rate: number): Promise<Latencies> {
	const { url, process: child } = await startBare();
	try {
		const tally: Tally = { latencies: openLatencies(), failed: 0, accepted: 0 };
		await send(url, rate, tally, 1);
		return tally.latencies;
	} finally {
		child.kill('SIGTERM');
	}
}

function newEvent(): Pick<autocannon.Request, 'body' | 'headers'> {
	return {
		body: JSON.stringify(pageView()),
		headers: { 'content-type': 'text/plain', 'user-agent': AGENT, 'x-forwarded-for': address() }
	};
}

/** Page views that the reports count. */
async function stored(server: string): Promise<number> {
	const answer = await fetch(`${server}/api/reports/overview?site=${SITE}&period=7d`, {
		headers: { cookie: await sessionFor(server) }
	});
	const body: unknown = await answer.json();
	if (typeof body === 'object' && body !== null && 'totals' in body) {
		const { totals } = body;
		if (typeof totals === 'object' && totals !== null && 'page_views' in totals)
			return Number(totals.page_views);
	}
	throw new Error(`The overview answered ${answer.status}.`);
}

/** The same once nothing waits any more. */
async function settled(server: string): Promise<number> {
	const until = performance.now() + DRAIN_MS;
	let count = await stored(server);
	while (performance.now() < until) {
		await pause(3_000);
		const now = await stored(server);
		if (now === count) return count;
		count = now;
	}
	return count;
}

function journalMegabytes(dataDir: string): number {
	const folder = join(dataDir, 'journal');
	const sizes = readdirSync(folder).map(
		(name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0
	);
	return sizes.reduce((sum, size) => sum + size, 0) / 1024 ** 2;
}

function report(
	rate: number,
	minutes: readonly Minute[],
	samples: readonly MemorySample[],
	{
		accepted,
		kept,
		bare
	}: { readonly accepted: number; readonly kept: number; readonly bare: Latencies }
): void {
	const memory = judgeMemory(samples.filter(({ minute }) => minute > 1));
	const p99 = Math.max(...minutes.map(({ latencies }) => latencies.quantile(0.99)));
	const failed = minutes.reduce((sum, minute) => sum + minute.failed, 0);
	const verdicts: readonly (readonly [string, boolean | null, string])[] = [
		[
			'load, at half the peak',
			null,
			`${Math.round(accepted / (MINUTES * 60)).toLocaleString('en')} of ${rate.toLocaleString('en')} requests/s`
		],
		[
			'memory after the first minute',
			memory === null ? null : memory.isFlat,
			memory === null
				? 'too short a run to tell'
				: `${memory.slope >= 0 ? '+' : ''}${memory.slope.toFixed(1)} MB a minute, ${memory.spread.toFixed(0)} MB between least and most, ${memory.mean.toFixed(0)} MB on average`
		],
		[
			'a bare handler at that rate, for a minute',
			null,
			`p50 ${bare.quantile(0.5).toFixed(1)} ms, p99 ${bare.quantile(0.99).toFixed(1)} ms, slowest ${bare.quantile(1).toFixed(0)} ms`
		],
		[
			`p99 under ${MOST_P99_MS} ms`,
			p99 < MOST_P99_MS,
			`${p99.toFixed(1)} ms in the slowest minute`
		],
		[
			'what was accepted is stored',
			// What was under way when the load ended is stored, though nobody saw the answer.
			kept >= accepted && kept <= accepted + GROUPS * CONNECTIONS_A_GROUP && failed === 0,
			`${accepted.toLocaleString('en')} accepted, ${kept.toLocaleString('en')} stored, ${failed} failed`
		]
	];
	const word = (ok: boolean | null): string => (ok === null ? '-' : ok ? 'held' : 'NOT HELD');
	printTable(
		['soak', 'verdict', ''],
		verdicts.map(([what, ok, figures]) => [what, word(ok), figures])
	);
	if (verdicts.some(([, ok]) => ok === false)) process.exitCode = 1;
}
