import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import { loadEnvFile } from 'node:process';
import { pino, type Logger } from 'pino';
import {
	clientAddress,
	createIntakeListener,
	Failure,
	messageOf,
	openEngine,
	parseSettings,
	serveCommands,
	systemCode,
	type Engine,
	type Settings
} from '#analytics/server';
import { limitBody, openBodyDeadline } from './body-limits.ts';
import { securityHeaders } from './security-headers.ts';
import { setEngine } from './open-engine.ts';

type Environment = Record<string, string | undefined>;
type Handler = (request: IncomingMessage, response: ServerResponse) => void;

interface ServeOptions {
	/** Settings where the environment and `.env` say nothing. */
	readonly defaults?: Environment;
	/** What people save is refused. */
	readonly readOnly?: boolean;
	/** Answers some requests before SvelteKit; false where it does not. */
	readonly before?: (request: IncomingMessage, response: ServerResponse) => boolean;
	/** Works on the data folder before the engine opens it, when the port is taken already. */
	readonly beforeOpen?: (settings: Settings) => Promise<void>;
	/** Works on the open engine before the server listens. */
	readonly prepare?: (engine: Engine) => Promise<void>;
	/** Hears the address once everything is answered. */
	readonly ready?: (url: string) => void;
}

const CLOSE_MS = 5_000;

/** What is set: an empty variable is not. */
function given(env: Environment): Environment {
	return Object.fromEntries(Object.entries(env).filter(([, text]) => text !== ''));
}

/** Adds what `.env` holds to the environment, where that does not say otherwise. */
function loadEnv(): void {
	try {
		loadEnvFile();
	} catch (thrown) {
		if (systemCode(thrown) !== 'ENOENT')
			throw new Failure('bad_setting', `The file .env cannot be read: ${messageOf(thrown)}`);
	}
}

/** Serves an installation until the process is told to stop. A failure to start is one sentence and exit code 1. */
export async function serve(env: Environment, options: ServeOptions = {}): Promise<void> {
	try {
		await start(env, options);
	} catch (thrown) {
		process.stderr.write(`byline: ${messageOf(thrown)}\n`);
		process.exit(1);
	}
}

async function start(
	env: Environment,
	{ defaults, readOnly = false, before, beforeOpen, prepare, ready }: ServeOptions
): Promise<void> {
	loadEnv();
	const settings = parseSettings({ ...defaults, ...given(env) });
	const log = pino({ level: settings.LOG_LEVEL }, pino.destination({ fd: 2, sync: true }));
	const script = await builtFile('tracker/byline.js');
	const server = createServer({
		// `bodies` does it, with an exception for uploads.
		requestTimeout: 0,
		headersTimeout: 10_000,
		connectionsCheckingInterval: 5_000
	});
	const bodies = openBodyDeadline();
	let answer: Handler = starting;
	server.on('request', (request, response) => {
		bodies.watch(request);
		answer(request, response);
	});
	await listen(server, settings);
	let engine: Engine;
	try {
		await beforeOpen?.(settings);
		engine = await openEngine({ settings, onTrouble: (message) => log.warn(message) });
	} catch (thrown) {
		server.close();
		throw thrown;
	}
	setEngine(engine, { readOnly });
	await prepare?.(engine);
	const commands = await serveCommands(engine);

	// adapter-node reads these once, when its handler is imported.
	const port = portOf(server);
	if (settings.ORIGIN !== '') process.env['ORIGIN'] = settings.ORIGIN;
	else process.env['PROTOCOL_HEADER'] = PROTOCOL_HEADER;
	process.env['ADDRESS_HEADER'] = ADDRESS_HEADER;
	// What a route takes is held to by `limitBody`.
	process.env['BODY_SIZE_LIMIT'] = 'Infinity';
	const kit = await loadKit();
	const intake = createIntakeListener(engine.intake, script);
	const secure = Object.entries(securityHeaders(settings.ORIGIN));

	answer = (request, response) => {
		// First, since it is asked a thousand times as often as anything else.
		if (intake(request, response)) return;
		if (request.url === '/health') {
			health(response, engine.intake.closedBecause());
			return;
		}
		request.headers[PROTOCOL_HEADER] = 'http';
		request.headers[ADDRESS_HEADER] = addressOf(request, engine);
		if (before?.(request, response) === true) return;
		limitBody(request);
		for (const [name, value] of secure) response.setHeader(name, value);
		kit(request, response);
	};
	const url =
		settings.ORIGIN === '' ? `http://${hostText(settings.HOST)}:${port}` : settings.ORIGIN;
	log.info(`Byline listens on ${url}`);
	ready?.(url);
	if (!readOnly) askForOwner(engine, url);
	stopOnSignal(server, engine, commands, log);
}

const PROTOCOL_HEADER = 'x-byline-protocol';
const ADDRESS_HEADER = 'x-byline-address';

/** Who connects, or, behind a trusted proxy, whom that names: what intake goes by too. */
function addressOf({ socket, headers }: IncomingMessage, { intake }: Engine): string {
	const named = headers['x-forwarded-for'];
	const forwardedFor = Array.isArray(named) ? named.join(',') : named;
	return clientAddress(socket.remoteAddress ?? '', forwardedFor, intake.isTrustedProxy);
}

/** Whatever the log's level: nobody gets in without it. */
function askForOwner({ accounts }: Engine, url: string): void {
	const token = accounts.setUp.token();
	if (token !== null)
		process.stderr.write(
			`\nNobody owns this installation yet. Make your account at\n\n  ${url}/setup?token=${token}\n\n`
		);
}

async function loadKit(): Promise<Handler> {
	const built: unknown = await import(new URL('../../../build/handler.js', import.meta.url).href);
	if (!isKit(built)) throw new Failure('bad_file', 'build/handler.js is not what it should be.');
	return built.handler;
}

function isKit(built: unknown): built is { readonly handler: Handler } {
	return (
		typeof built === 'object' &&
		built !== null &&
		'handler' in built &&
		typeof built.handler === 'function'
	);
}

async function builtFile(name: string): Promise<string> {
	const path = fileURLToPath(new URL(`../../../build/${name}`, import.meta.url));
	try {
		return await readFile(path, 'utf8');
	} catch {
		throw new Failure('bad_file', 'Byline is not built yet: run "npm run build" first.');
	}
}

function listen(server: Server, { PORT, HOST }: Settings): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', (error) => {
			const reasons: Readonly<Record<string, string>> = {
				EADDRINUSE: `Port ${PORT} is in use by another process; set PORT to a free one.`,
				EACCES: `Port ${PORT} may not be used by this user; set PORT to one above 1023.`,
				EADDRNOTAVAIL: `HOST is "${HOST}", which is no address of this machine.`,
				ENOTFOUND: `HOST is "${HOST}", which is no address of this machine.`
			};
			const reason = reasons[systemCode(error) ?? ''] ?? messageOf(error);
			reject(new Failure('port_in_use', reason, { cause: error }));
		});
		server.listen(PORT, HOST, resolve);
	});
}

function portOf(server: Server): number {
	const address = server.address();
	return typeof address === 'object' && address !== null ? address.port : 0;
}

function hostText(host: string): string {
	if (host === '0.0.0.0' || host === '127.0.0.1' || host === '::') return 'localhost';
	return host.includes(':') ? `[${host}]` : host;
}

/** Until the data folder is open there is nothing to answer with. */
function starting(_: IncomingMessage, response: ServerResponse): void {
	response.setHeader('retry-after', '2');
	health(response, 'Byline is starting.');
}

function health(response: ServerResponse, reason: string | null): void {
	response.writeHead(reason === null ? 200 : 503, {
		'content-type': 'application/json; charset=utf-8',
		'cache-control': 'no-store'
	});
	response.end(JSON.stringify(reason === null ? { status: 'ok' } : { status: 'closed', reason }));
}

function stopOnSignal(
	server: Server,
	engine: Engine,
	commands: { readonly close: () => Promise<void> },
	log: Logger
): void {
	let stopping = false;
	const stop = (signal: string): void => {
		if (stopping) return;
		stopping = true;
		log.info(`Stopping on ${signal}.`);
		// Streams end only when they are told to.
		engine.live.close();
		const forced = setTimeout(() => server.closeAllConnections(), CLOSE_MS);
		server.close(() => {
			clearTimeout(forced);
			commands
				.close()
				.then(() => engine.close())
				.then(
					() => process.exit(0),
					(thrown: unknown) => {
						log.error(messageOf(thrown));
						process.exit(1);
					}
				);
		});
		server.closeIdleConnections();
	};
	process.on('SIGTERM', () => stop('SIGTERM'));
	process.on('SIGINT', () => stop('SIGINT'));
}
