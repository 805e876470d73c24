import { createHash } from 'node:crypto';
import { chmodSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Engine } from '../engine.ts';
import { systemCode } from '../failure.ts';
import { runCommand } from './commands.ts';
import type { CommandIo } from './command.ts';

/** Most operating systems take no longer path of a socket. */
const MAX_SOCKET_PATH = 100;

const request = z.object({
	args: z.array(z.string()),
	folder: z.string(),
	isTerminal: z.boolean()
});
const reply = z.union([
	z.object({ out: z.string() }),
	z.object({ note: z.string() }),
	z.object({ exit: z.number() })
]);

/** One message on one line: readline also ends lines at U+2028 and U+2029, which JSON leaves as they are. */
function lineOf(message: unknown): string {
	const text = JSON.stringify(message).replace(/[\u2028\u2029]/g, (end) =>
		end === '\u2028' ? '\\u2028' : '\\u2029'
	);
	return `${text}\n`;
}

/** Where a running server takes commands, so that they work while it holds the data folder. */
function socketPath(dataDir: string): string {
	const path = join(resolve(dataDir), 'byline.sock');
	if (path.length <= MAX_SOCKET_PATH) return path;
	return join(tmpdir(), `byline-${createHash('md5').update(path).digest('hex')}.sock`);
}

/** Takes commands on a socket that only this user may open. Call it only while holding the data folder. */
export async function serveCommands(
	engine: Engine
): Promise<{ readonly close: () => Promise<void> }> {
	const path = socketPath(engine.settings.DATA_DIR);
	rmSync(path, { force: true });
	const server = createServer((socket) => {
		socket.on('error', () => undefined);
		const send = (message: z.infer<typeof reply>): void => {
			if (socket.writable) socket.write(lineOf(message));
		};
		createInterface({ input: socket }).once('line', (line) => {
			const asked = parseRequest(line);
			if (asked === null) {
				send({ note: 'byline: The server did not understand the command.\n' });
				send({ exit: 1 });
				socket.end();
				return;
			}
			const { args, folder, isTerminal } = asked;
			void runCommand(args, engine, {
				out: (text) => send({ out: text }),
				note: (text) => send({ note: text }),
				isTerminal,
				folder
			}).then((exit) => {
				send({ exit });
				socket.end();
			});
		});
	});
	await new Promise<void>((done, reject) => {
		server.once('error', reject);
		server.listen(path, done);
	});
	chmodSync(path, 0o600);
	return {
		close: () =>
			new Promise((done) => {
				server.close(() => done());
			})
	};
}

function parseRequest(line: string): z.infer<typeof request> | null {
	try {
		return request.parse(JSON.parse(line));
	} catch {
		return null;
	}
}

/** Runs a command in the server that holds the data folder; null where none does. */
export function runRemotely(
	dataDir: string,
	args: readonly string[],
	io: CommandIo
): Promise<number | null> {
	return new Promise((done, reject) => {
		const socket = connect(socketPath(dataDir));
		let exit: number | null = null;
		socket.once('error', (error) => {
			const code = systemCode(error);
			if (code === 'ENOENT' || code === 'ECONNREFUSED' || code === 'ENOTDIR') done(null);
			else reject(error);
		});
		socket.once('connect', () => {
			createInterface({ input: socket })
				.on('line', (line) => {
					const message = reply.parse(JSON.parse(line));
					if ('out' in message) io.out(message.out);
					else if ('note' in message) io.note(message.note);
					else exit = message.exit;
				})
				.on('close', () => {
					if (exit === null) io.note('byline: The server ended before the command was done.\n');
					done(exit ?? 1);
				});
			socket.write(lineOf({ args, folder: io.folder, isTerminal: io.isTerminal }));
		});
	});
}
