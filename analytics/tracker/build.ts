import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'vite';

const SOURCE = join(import.meta.dirname, 'byline.ts');
const TARGET = join(import.meta.dirname, '../../build/tracker/byline.js');

/** Bundles and minifies the tracker to the text of one classic script. */
export async function buildTracker(): Promise<string> {
	const built = await build({
		configFile: false,
		publicDir: false,
		logLevel: 'silent',
		build: {
			write: false,
			target: 'es2020',
			modulePreload: false,
			rolldownOptions: {
				input: SOURCE,
				// Constants stay constants, so that the minifier puts their values in place.
				output: { format: 'iife', topLevelVar: false }
			}
		}
	});
	for (const { output } of Array.isArray(built) ? built : 'output' in built ? [built] : [])
		for (const part of output) if (part.type === 'chunk') return part.code;
	throw new Error('The tracker build gave no script.');
}

if (import.meta.main) {
	await mkdir(dirname(TARGET), { recursive: true });
	await writeFile(TARGET, await buildTracker());
}
