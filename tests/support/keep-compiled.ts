import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Servers and commands that tests start find what Node has compiled before: they start in half of the time. */
export const keepCompiled = (): void => {
	process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'byline-compiled');
};

/** What a process that a test starts needs of the environment, whatever else is set where the tests run. */
export const plainEnv = (): NodeJS.ProcessEnv => {
	const { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE } = process.env;
	return { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE };
};
