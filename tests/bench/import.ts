import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { blogLog } from './import-log.ts';
import { printTable } from './table.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const MEGABYTE = 1024 ** 2;
const SAMPLE_MS = 100;

interface Run {
	readonly seconds: number;
	readonly peakMegabytes: number;
	readonly said: string;
}

/**
 * Imports an access log with the command, as an owner does, each time into an empty folder. BENCH_LOG_MB sets its size
 * (1,024 by default), BENCH_NODE gives the command's Node options such as `--cpu-prof`.
 */
export async function benchImport(): Promise<void> {
	const megabytes = Number(process.env['BENCH_LOG_MB'] ?? 1_024);
	const folder = join(process.env['BENCH_DIR'] ?? join(tmpdir(), 'byline-bench'), 'import');
	const log = join(folder, `access-${megabytes}.log`);
	mkdirSync(folder, { recursive: true });
	if (!existsSync(log))
		await pipeline(Readable.from(blogLog(megabytes * MEGABYTE)), createWriteStream(log));
	const dataDir = join(folder, 'data');
	rmSync(dataDir, { recursive: true, force: true });
	await runByline(dataDir, 'site', 'add', 'blog.example.com');
	const idle = await runByline(dataDir, 'import', 'list');
	const preview = await runByline(dataDir, 'import', 'access-log', log, '--preview');
	const first = await runByline(dataDir, 'import', 'access-log', log);
	const again = await runByline(dataDir, 'import', 'access-log', log);
	const lines = linesRead(first.said);
	const size = statSync(log).size / MEGABYTE;
	const row = (name: string, { seconds, peakMegabytes }: Run): readonly string[] => [
		name,
		`${seconds.toFixed(1)} s`,
		Math.round(lines / seconds).toLocaleString('en'),
		(size / seconds).toFixed(1),
		`${peakMegabytes.toFixed(0)} MB`
	];
	console.log(`${lines.toLocaleString('en')} lines, ${size.toFixed(0)} MB. ${first.said.trim()}\n`);
	printTable(
		['import of a combined log', 'took', 'lines/s (target 150,000)', 'MB/s', 'peak memory'],
		[
			row('read only (preview)', preview),
			row('imported and settled', first),
			row('the same file again', again),
			[
				'the command alone',
				`${idle.seconds.toFixed(1)} s`,
				'',
				'',
				`${idle.peakMegabytes.toFixed(0)} MB`
			]
		]
	);
}

function runByline(dataDir: string, ...args: readonly string[]): Promise<Run> {
	const { promise, resolve, reject } = Promise.withResolvers<Run>();
	const options = (process.env['BENCH_NODE'] ?? '').split(' ').filter((option) => option !== '');
	const started = performance.now();
	const child = spawn(process.execPath, [...options, 'analytics/cli.ts', ...args], {
		cwd: ROOT,
		env: { PATH: process.env['PATH'], DATA_DIR: dataDir },
		stdio: ['ignore', 'ignore', 'pipe']
	});
	let peak = 0;
	const sampling = setInterval(() => (peak = Math.max(peak, peakOf(child.pid ?? 0))), SAMPLE_MS);
	let said = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
	child.once('error', reject);
	child.once('close', (code) => {
		clearInterval(sampling);
		const seconds = (performance.now() - started) / 1_000;
		if (code === 0) resolve({ seconds, peakMegabytes: peak, said });
		else reject(new Error(`byline ${args.join(' ')} ended with ${code}: ${said}`));
	});
	return promise;
}

/** The most that a process ever held in memory, as Linux keeps it; 0 where it has ended. */
function peakOf(pid: number): number {
	try {
		const status = readFileSync(`/proc/${pid}/status`, 'utf8');
		return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1_024;
	} catch {
		return 0;
	}
}

function linesRead(said: string): number {
	return Number((/([\d,]+) lines read/.exec(said)?.[1] ?? '0').replaceAll(',', ''));
}
