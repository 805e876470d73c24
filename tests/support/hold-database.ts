import { spawn } from 'node:child_process';
import { once } from 'node:events';

const HOLD_MS = 200;
const SCRIPT = `const { DatabaseSync } = require('node:sqlite');
	const database = new DatabaseSync(process.argv[1]);
	database.exec('begin immediate');
	process.stdout.write('holds');
	setTimeout(() => { database.exec('commit'); }, ${HOLD_MS});`;

/** Another program that writes to an SQLite file for a moment: resolves once it does; `ended` once it is gone. */
export async function holdDatabase(file: string): Promise<{ readonly ended: Promise<unknown> }> {
	const other = spawn(process.execPath, ['-e', SCRIPT, file], {
		stdio: ['ignore', 'pipe', 'inherit']
	});
	const ended = once(other, 'exit');
	await once(other.stdout, 'data');
	return { ended };
}
