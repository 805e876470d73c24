import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { notRun, runStage, type Stage } from './stage.ts';
import { temporaryFolder } from './temp.ts';

const folder = temporaryFolder('stage');
afterAll(folder.remove);

const program = (code: string, more: Partial<Stage> = {}): Stage => ({
	name: 'sample',
	timeoutMs: 20_000,
	run: [process.execPath, '-e', code],
	...more
});

const report = (name: string, passed: number, failed: number): NonNullable<Stage['report']> => {
	const path = join(folder.path, name);
	writeFileSync(path, '');
	return { path, read: () => ({ passed, failed, skipped: 0 }) };
};

const run = (stage: Stage) => runStage(stage, process.env);

describe('runStage', () => {
	test('passes with the counts of its report', async () => {
		const result = await run(program('', { report: report('good.json', 3, 0) }));
		expect(result).toMatchObject({ ok: true, reason: null, totals: { passed: 3, failed: 0 } });
	});

	test('a program that fails counts once, even where its report has no failure', async () => {
		const result = await run(program('process.exit(3)', { report: report('fine.json', 3, 0) }));
		expect(result).toMatchObject({ ok: false, reason: 'ended with exit code 3' });
		expect(result.totals).toEqual({ passed: 3, failed: 1, skipped: 0 });
	});

	test('a report with failures fails the stage, even where the program does not', async () => {
		const result = await run(program('', { report: report('bad.json', 3, 2) }));
		expect(result).toMatchObject({ ok: false, totals: { passed: 3, failed: 2 } });
	});

	test('a missing report and a report without tests are failures', async () => {
		const missing = { path: join(folder.path, 'none.json'), read: () => ({ ...none, passed: 1 }) };
		expect(await run(program('', { report: missing }))).toMatchObject({
			ok: false,
			totals: { passed: 0, failed: 1 }
		});
		expect(await run(program('', { report: report('empty.json', 0, 0) }))).toMatchObject({
			ok: false,
			reason: 'no test was run',
			totals: { failed: 1 }
		});
	});

	test('a program that cannot be started is a failure', async () => {
		const result = await run({ ...program(''), run: [join(folder.path, 'nothing-here')] });
		expect(result).toMatchObject({ ok: false, totals: { failed: 1 } });
	});

	test('a function that throws is a failure with its message', async () => {
		const stage: Stage = { ...program(''), run: () => Promise.reject(new Error('No browser.')) };
		expect(await run(stage)).toMatchObject({ ok: false, reason: 'No browser.' });
	});

	test('the time limit ends the program and what it started', async () => {
		const pidFile = join(folder.path, 'grandchild.pid');
		const code = `
			const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
			require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(child.pid));
			setInterval(() => {}, 1000);`;
		const result = await run(program(code, { timeoutMs: 2_000 }));
		expect(result).toMatchObject({ ok: false, reason: 'still running after 2 s' });
		expect(existsSync(pidFile)).toBe(true);
		const pid = Number(readFileSync(pidFile, 'utf8'));
		await expect.poll(() => runs(pid), { timeout: 5_000 }).toBe(false);
	});
});

test('a stage that was not run is a failure', () => {
	expect(notRun(program(''), 'build failed')).toMatchObject({
		ok: false,
		reason: 'not run: build failed',
		totals: { passed: 0, failed: 1 }
	});
});

const none = { passed: 0, failed: 0, skipped: 0 };

/** An ended process whose parent has not asked after it yet still answers signals: its state tells. */
const runs = (pid: number): boolean => {
	try {
		process.kill(pid, 0);
	} catch {
		return false;
	}
	const stat = `/proc/${pid}/stat`;
	return !existsSync(stat) || !/\) Z /.test(readFileSync(stat, 'utf8'));
};
