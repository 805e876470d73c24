import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';
import { keepSession } from './owner.ts';
import { plainEnv } from './keep-compiled.ts';
import { runCommand, type CommandResult } from './run-command.ts';
import { temporaryFolder } from './temp.ts';

export interface ServerOptions {
	/** Added to the environment, or, where undefined, taken out of it. */
	readonly env?: Readonly<Record<string, string | undefined>>;
	/** Default: a new temporary folder, removed by `stop`. */
	readonly dataDir?: string;
	/** Default: a free one. For whoever must know the address beforehand. */
	readonly port?: number;
	/** Default: the built server. */
	readonly script?: string;
	/** How long the first 200 of `GET /health` may take. */
	readonly readyMs?: number;
}

export interface TestServer extends AsyncDisposable {
	/** Without a slash at the end; stays the same over restarts. */
	readonly url: string;
	readonly port: number;
	readonly dataDir: string;
	readonly pid: () => number;
	/** All that the server printed, over restarts. */
	readonly stdout: () => string;
	readonly stderr: () => string;
	/** Asks for a path as the owner's browser does. A fresh installation is set up first, by its own form. */
	readonly fetch: (path: string, init?: RequestInit) => Promise<Response>;
	/** The owner's session, for Playwright. */
	readonly storageState: () => Promise<{ cookies: StoredCookie[]; origins: [] }>;
	/** Signs the owner in to a browser. */
	readonly signIn: (browser: {
		readonly addCookies: (cookies: StoredCookie[]) => Promise<void>;
	}) => Promise<void>;
	/** Ends the server politely and answers its exit code; removes the data folder where it was made here. */
	readonly stop: () => Promise<number | null>;
	/** Ends the server as a power cut would; the data folder stays. */
	readonly kill9: () => Promise<void>;
	/** Starts it again on the same data and port, after ending it politely where it still runs. */
	readonly restart: () => Promise<void>;
}

/** A cookie as Playwright takes it. */
interface StoredCookie {
	name: string;
	value: string;
	domain: string;
	path: string;
	expires: number;
	httpOnly: boolean;
	secure: boolean;
	sameSite: 'Lax';
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SCRIPT = 'src/server.ts';
/** A guard against a hang, not a measure: a busy machine is no failure. */
const READY_MS = 90_000;
const STOP_MS = 15_000;

/** Starts the built server on a free port and waits until it is healthy. Throws with its output where it is not. */
export const startServer = async (options: ServerOptions = {}): Promise<TestServer> => {
	const { script = SCRIPT, readyMs = READY_MS } = options;
	const folder = options.dataDir === undefined ? temporaryFolder('data') : null;
	const dataDir = options.dataDir ?? folder?.path ?? '';
	const port = options.port ?? (await freePort());
	const url = `http://127.0.0.1:${port}`;
	const printed = { stdout: '', stderr: '' };
	let before = 0;
	let child: ChildProcess;

	const start = async (): Promise<void> => {
		before = printed.stderr.length;
		child = spawn(process.execPath, [script], {
			cwd: ROOT,
			env: serverEnv(dataDir, port, options.env),
			stdio: ['ignore', 'pipe', 'pipe']
		});
		child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (printed.stdout += chunk));
		child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (printed.stderr += chunk));
		try {
			await healthy(child, url, readyMs);
		} catch (error) {
			await end(child, 'SIGKILL');
			const output = `${printed.stderr}${printed.stdout}`.trim();
			throw new Error(`${String(error)}\n${output}`, { cause: error });
		}
	};

	try {
		await start();
	} catch (error) {
		folder?.remove();
		throw error;
	}
	const session = keepSession(url, () => printed.stderr.slice(before));
	const stop = async (): Promise<number | null> => {
		const code = await end(child, 'SIGTERM');
		folder?.remove();
		return code;
	};
	const cookies = async (): Promise<StoredCookie[]> =>
		(await session())
			.split('; ')
			.filter((pair) => pair !== '')
			.map((pair) => ({
				name: pair.slice(0, pair.indexOf('=')),
				value: pair.slice(pair.indexOf('=') + 1),
				domain: '127.0.0.1',
				path: '/',
				expires: -1,
				httpOnly: true,
				secure: false,
				sameSite: 'Lax'
			}));
	return {
		url,
		port,
		fetch: async (path, init) => {
			const headers = new Headers(init?.headers);
			if (!headers.has('cookie')) headers.set('cookie', await session());
			if (!headers.has('origin')) headers.set('origin', url);
			return fetch(url + path, { ...init, headers });
		},
		storageState: async () => ({ cookies: await cookies(), origins: [] }),
		signIn: async (browser) => browser.addCookies(await cookies()),
		dataDir,
		pid: () => child.pid ?? 0,
		stdout: () => printed.stdout,
		stderr: () => printed.stderr,
		stop,
		kill9: async () => void (await end(child, 'SIGKILL')),
		restart: async () => {
			await end(child, 'SIGTERM');
			await start();
		},
		[Symbol.asyncDispose]: async () => void (await stop())
	};
};

/** For starts that must fail: runs the server to its end and answers what it said. */
export const runServer = async (
	env: Readonly<Record<string, string | undefined>>,
	{ script = SCRIPT, timeoutMs = READY_MS }: { script?: string; timeoutMs?: number } = {}
): Promise<CommandResult> =>
	runCommand(process.execPath, [script], {
		cwd: ROOT,
		timeoutMs,
		env: serverEnv(env.DATA_DIR ?? '', Number(env.PORT ?? (await freePort())), env)
	});

/** Only what a server needs, so that the settings of whoever runs the tests do not change them. */
const serverEnv = (
	dataDir: string,
	port: number,
	own: ServerOptions['env'] = {}
): NodeJS.ProcessEnv => {
	const env = {
		...plainEnv(),
		NODE_ENV: 'production',
		DATA_DIR: dataDir,
		PORT: String(port),
		HOST: '127.0.0.1',
		FETCH_ALLOWED_ONLY: 'true',
		...own
	};
	return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
};

const healthy = async (child: ChildProcess, url: string, readyMs: number): Promise<void> => {
	const deadline = Date.now() + readyMs;
	while (Date.now() < deadline) {
		if (hasEnded(child)) throw new Error(`The server ended with code ${child.exitCode ?? 'none'}.`);
		if (await answersOk(`${url}/health`)) return;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	throw new Error(`GET /health did not answer 200 within ${readyMs} ms.`);
};

const answersOk = async (url: string): Promise<boolean> => {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
		await response.body?.cancel();
		return response.status === 200;
	} catch {
		return false;
	}
};

const hasEnded = (child: ChildProcess): boolean =>
	child.exitCode !== null || child.signalCode !== null || child.pid === undefined;

const end = async (child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> => {
	if (hasEnded(child)) return child.exitCode;
	const ended = once(child, 'exit');
	const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
	child.kill(signal);
	await ended;
	clearTimeout(timer);
	return child.exitCode;
};
