import { fileURLToPath } from 'node:url';
import { plainEnv } from '../support/keep-compiled.ts';
import { runCommand, type CommandResult } from '../support/run-command.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The command line on a data folder, from the root of the repository. */
export function byline(dataDir: string, ...args: readonly string[]): Promise<CommandResult> {
	return runCommand(process.execPath, ['analytics/cli.ts', ...args], {
		cwd: ROOT,
		env: { ...plainEnv(), DATA_DIR: dataDir, FETCH_ALLOWED_ONLY: 'true' },
		timeoutMs: 60_000
	});
}

/** The same for a command that must work. */
export async function bylineOk(dataDir: string, ...args: readonly string[]): Promise<string> {
	const { code, stdout, stderr } = await byline(dataDir, ...args);
	if (code !== 0)
		throw new Error(`byline ${args.join(' ')} ended with ${code ?? 'none'}: ${stderr}`);
	return stdout;
}
