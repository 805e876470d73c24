import { spawn } from 'node:child_process';

export interface CommandResult {
	/** Null where the command could not be started, or was ended by a signal or its time limit. */
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
	readonly timedOut: boolean;
}

export interface CommandOptions {
	readonly timeoutMs: number;
	readonly env?: NodeJS.ProcessEnv;
	readonly cwd?: string;
	/** Shows what the command prints, on standard error, besides keeping it. */
	readonly echo?: boolean;
}

/** Runs a command to its end without input. Ends it, with all it started, when the time is up. Never throws. */
export const runCommand = (
	command: string,
	args: readonly string[],
	{ timeoutMs, env = process.env, cwd = process.cwd(), echo = false }: CommandOptions
): Promise<CommandResult> =>
	new Promise((resolve) => {
		// A group of its own: the time limit must also reach the grandchildren.
		const child = spawn(command, args, {
			cwd,
			env,
			detached: true,
			stdio: ['ignore', 'pipe', 'pipe']
		});
		let stdout = '';
		let stderr = '';
		let timedOut = false;
		const timer = setTimeout(() => {
			timedOut = true;
			killGroup(child.pid);
		}, timeoutMs);
		const finish = (code: number | null): void => {
			clearTimeout(timer);
			resolve({ code, stdout, stderr, timedOut });
		};
		child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
			stdout += chunk;
			if (echo) process.stderr.write(chunk);
		});
		child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
			stderr += chunk;
			if (echo) process.stderr.write(chunk);
		});
		child.on('error', (error) => {
			stderr += error.message;
			finish(null);
		});
		child.on('close', finish);
	});

const killGroup = (pid: number | undefined): void => {
	if (pid === undefined) return;
	try {
		process.kill(-pid, 'SIGKILL');
	} catch {
		// It ended by itself in the meantime.
	}
};
