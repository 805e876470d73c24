import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../../support/run-command.ts';

const PACKAGE = 'umami@2.10.0';
const FOLDER = fileURLToPath(new URL('../../../node_modules/.cache/byline/', import.meta.url));
const TIMEOUT_MS = 30_000;

/**
 * Umami's script as its package ships it. The package itself is a whole server with a database client that downloads
 * at install time, so only its archive is fetched; null where the registry is out of reach.
 */
export const umamiScript = async (): Promise<string | null> => {
	await mkdir(FOLDER, { recursive: true });
	const packed = await runCommand(
		'npm',
		['pack', PACKAGE, '--silent', '--prefer-offline', '--pack-destination', FOLDER],
		{ cwd: FOLDER, timeoutMs: TIMEOUT_MS }
	);
	if (packed.code !== 0) return null;
	const archive = packed.stdout.trim().split('\n').at(-1) ?? '';
	const script = await runCommand('tar', ['-xzOf', archive, 'package/src/tracker/index.js'], {
		cwd: FOLDER,
		timeoutMs: TIMEOUT_MS
	});
	return script.code === 0 && script.stdout !== '' ? script.stdout : null;
};
