import { openEngine } from './engine.ts';
import { messageOf, systemCode } from './failure.ts';
import { helpText, parseCommand, runCommand } from './commands/commands.ts';
import type { CommandIo } from './commands/command.ts';
import { runRemotely } from './commands/socket.ts';
import { parseSettings } from './settings.ts';

/** Runs one command line and returns its exit code. */
async function main(args: readonly string[]): Promise<number> {
	const io: CommandIo = {
		out: (text) => process.stdout.write(text),
		note: (text) => process.stderr.write(text),
		// Undefined, whatever its type says, where it is no terminal.
		isTerminal: Boolean(process.stderr.isTTY),
		// npm runs scripts in the package's folder; file names are the caller's.
		folder: process.env['INIT_CWD'] ?? process.cwd()
	};
	if (args.length === 0 || args.includes('--help') || args.includes('-h')) {
		io.out(helpText());
		return 0;
	}
	const { offline } = parseCommand(args);
	try {
		process.loadEnvFile();
	} catch (thrown) {
		if (systemCode(thrown) !== 'ENOENT') throw thrown;
	}
	const settings = parseSettings(process.env);
	if (offline !== null) return offline(settings, io);
	const remote = await runRemotely(settings.DATA_DIR, args, io);
	if (remote !== null) return remote;
	const engine = await openEngine({ settings, onTrouble: (message) => io.note(`${message}\n`) });
	try {
		return await runCommand(args, engine, io);
	} finally {
		await engine.close();
	}
}

process.stdout.on('error', (error) => {
	// The reader of a pipe, such as head, may leave early.
	if (systemCode(error) === 'EPIPE') process.exit(0);
	throw error;
});

try {
	process.exitCode = await main(process.argv.slice(2));
} catch (thrown) {
	process.stderr.write(`byline: ${messageOf(thrown)}\n`);
	process.exitCode = 1;
}
