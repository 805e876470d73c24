import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { NO_TESTS, type Totals } from './totals.ts';

/** One step of the whole test run. */
export interface Stage {
	readonly name: string;
	/** Ends the stage as failed after this time. */
	readonly timeoutMs: number;
	/** Names of the stages without which this one would say nothing. */
	readonly needs?: readonly string[];
	/** Program and arguments, or a function that throws where the stage fails. */
	readonly run: readonly [string, ...string[]] | (() => Promise<void>);
	/** Added to the environment of all stages. */
	readonly env?: NodeJS.ProcessEnv;
	/** Keeps what it prints until it has ended, because another stage prints at the same time. */
	readonly quiet?: boolean;
	/** Where a test runner writes its JSON report, and how that is read. */
	readonly report?: { readonly path: string; readonly read: (json: string) => Totals };
}

export interface StageResult {
	readonly name: string;
	readonly ok: boolean;
	readonly seconds: number;
	readonly totals: Totals;
	/** Why it is not ok, where its own output does not say so. */
	readonly reason: string | null;
}

/** Runs one stage to its end. Whatever goes wrong is in the result: a failed stage has at least one failure. */
export const runStage = async (stage: Stage, env: NodeJS.ProcessEnv): Promise<StageResult> => {
	const started = performance.now();
	const problem =
		typeof stage.run === 'function'
			? await stage.run().then(() => null, messageOf)
			: await runProgram(stage.run, stage, { ...env, ...stage.env });
	const { totals, problem: unread } = readReport(stage);
	const ok = problem === null && unread === null && totals.failed === 0;
	return {
		name: stage.name,
		ok,
		seconds: (performance.now() - started) / 1000,
		totals: ok || totals.failed > 0 ? totals : { ...totals, failed: 1 },
		reason: problem ?? unread
	};
};

/** The result of a stage that was not run. It counts as a failure, never as a pass. */
export const notRun = (stage: Stage, reason: string): StageResult => ({
	name: stage.name,
	ok: false,
	seconds: 0,
	totals: { ...NO_TESTS, failed: 1 },
	reason: `not run: ${reason}`
});

const runProgram = (
	[command, ...args]: readonly [string, ...string[]],
	{ timeoutMs, quiet = false }: Pick<Stage, 'timeoutMs' | 'quiet'>,
	env: NodeJS.ProcessEnv
): Promise<string | null> =>
	new Promise((resolve) => {
		// A group of its own: the time limit and Ctrl-C must also reach the grandchildren.
		const child = spawn(command, args, {
			env,
			detached: true,
			stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit']
		});
		const printed: Buffer[] = [];
		for (const stream of [child.stdout, child.stderr])
			stream?.on('data', (chunk: Buffer) => printed.push(chunk));
		let problem: string | null = null;
		const stop = (): void => {
			if (child.pid === undefined) return;
			try {
				process.kill(-child.pid, 'SIGKILL');
			} catch {
				// It ended by itself in the meantime.
			}
		};
		const timer = setTimeout(() => {
			problem = `still running after ${Math.round(timeoutMs / 1000)} s`;
			stop();
		}, timeoutMs);
		process.once('exit', stop);
		const finish = (answer: string | null): void => {
			clearTimeout(timer);
			process.off('exit', stop);
			process.stdout.write(Buffer.concat(printed));
			resolve(answer);
		};
		child.on('error', (error) => finish(error.message));
		// Whatever the runner left behind would disturb the next stage, and hold its output open.
		child.on('exit', stop);
		child.on('close', (code, signal) => {
			finish(
				problem ?? (code === 0 ? null : `ended with ${signal ?? `exit code ${code ?? 'none'}`}`)
			);
		});
	});

const readReport = ({
	report
}: Stage): { readonly totals: Totals; readonly problem: string | null } => {
	if (report === undefined) return { totals: NO_TESTS, problem: null };
	try {
		const totals = report.read(readFileSync(report.path, 'utf8'));
		const problem = totals.passed + totals.failed === 0 ? 'no test was run' : null;
		return { totals, problem };
	} catch (error) {
		return { totals: NO_TESTS, problem: `no readable report: ${messageOf(error)}` };
	}
};

const messageOf = (error: unknown): string =>
	error instanceof Error ? error.message : String(error);
