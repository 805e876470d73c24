import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromiumPath } from './support/chromium.ts';
import { notRun, runStage, type Stage, type StageResult } from './support/stage.ts';
import { temporaryFolder } from './support/temp.ts';
import { addTotals, formatTotals, playwrightTotals, vitestTotals } from './support/totals.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const MINUTE = 60_000;
/** Guards against a hang, not a measure: a busy machine is no failure. */
const ALL_MS = 85 * MINUTE;

// Everything that the tests leave in the temporary folder goes with this one.
const scratch = temporaryFolder('test-run').path;
const env: NodeJS.ProcessEnv = {
	...process.env,
	PATH: [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter),
	TMPDIR: scratch
};

const vitest = (
	name: string,
	minutes: number,
	needs: readonly string[],
	options: readonly string[] = []
): Stage => {
	const path = join(scratch, `${name}.json`);
	const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${path}`];
	return {
		name,
		needs,
		timeoutMs: minutes * MINUTE,
		run: ['vitest', 'run', '--project', name, ...reporters, ...options],
		report: { path, read: vitestTotals }
	};
};

const npmRun = (name: string, script: string, minutes: number): Stage => ({
	name,
	timeoutMs: minutes * MINUTE,
	run: ['npm', 'run', '--silent', script]
});

const playwright = (
	name: string,
	minutes: number,
	needs: readonly string[],
	options: readonly string[] = []
): Stage => {
	const path = join(scratch, `${name}.json`);
	return {
		name,
		needs,
		timeoutMs: minutes * MINUTE,
		run: ['playwright', 'test', '--reporter=list,json', ...options],
		env: { PLAYWRIGHT_JSON_OUTPUT_FILE: path },
		report: { path, read: playwrightTotals }
	};
};

const BUILD: readonly Stage[] = [
	npmRun('build', 'build', 6),
	{ ...npmRun('size', 'size', 1), needs: ['build'] }
];

/** Beside each other: none of these measures time, and each keeps one core busy. */
const LANES: readonly (readonly Stage[])[] = [
	[npmRun('types', 'check', 8), npmRun('lint', 'lint', 12)],
	[
		vitest('unit', 12, [], ['--maxWorkers=1']),
		{
			name: 'chromium',
			timeoutMs: ALL_MS,
			run: async () => {
				env.CHROMIUM_PATH = await chromiumPath(env);
			}
		}
	]
];

const SERVERS: readonly Stage[] = [
	vitest('integration', 25, ['build']),
	playwright('browser', 50, ['build', 'chromium']),
	playwright('visual', 10, ['build', 'chromium'], ['--config', 'playwright.visual.config.ts'])
];

const line = ({ name, ok, seconds, reason }: StageResult): string =>
	`${ok ? 'ok    ' : 'FAILED'} ${name.padEnd(12)}${seconds.toFixed(1).padStart(7)} s${reason === null ? '' : `  ${reason}`}`;

const deadline = performance.now() + ALL_MS;
const results: StageResult[] = [];

const runOne = async (stage: Stage): Promise<void> => {
	const missing = stage.needs?.find((need) => results.some((r) => r.name === need && !r.ok));
	const timeoutMs = Math.min(stage.timeoutMs, deadline - performance.now());
	if (missing === undefined && timeoutMs > 0) console.log(`\n== ${stage.name}`);
	const result =
		missing !== undefined
			? notRun(stage, `${missing} failed`)
			: timeoutMs <= 0
				? notRun(stage, 'the time for the whole run is used up')
				: await runStage({ ...stage, timeoutMs }, env);
	console.log(line(result));
	results.push(result);
};

const runInOrder = async (stages: readonly Stage[]): Promise<void> => {
	for (const stage of stages) await runOne(stage);
};

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const started = performance.now();
await runInOrder(BUILD);
await Promise.all(
	LANES.map((lane) => runInOrder(lane.map((stage) => ({ ...stage, quiet: true }))))
);
await runInOrder(SERVERS);
const minutes = ((performance.now() - started) / MINUTE).toFixed(1);
const totals = addTotals(results.map((result) => result.totals));
console.log(`\n${results.map(line).join('\n')}\n${minutes} min\n\n${formatTotals(totals)}`);
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
