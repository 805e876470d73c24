import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type InlineConfig } from 'vite';
import { packageFiles } from './package-files.ts';

const FOLDER = import.meta.dirname;
const TARGET = join(FOLDER, '../../build/tracker');

/** Bundles and minifies the tracker to the text of one classic script. */
export function buildTracker(): Promise<string> {
	return bundle({
		build: {
			rolldownOptions: {
				input: join(FOLDER, 'byline.ts'),
				// Constants stay constants, so that the minifier puts their values in place.
				output: { format: 'iife', topLevelVar: false }
			}
		}
	});
}

/** The tracker as a module with `init` and `byline`, for blogs that are built with packages. */
export function buildTrackerModule(): Promise<string> {
	return bundle({
		resolve: { alias: { './settings.ts': join(FOLDER, 'npm-settings.ts') } },
		build: {
			minify: false,
			lib: { entry: join(FOLDER, 'npm.ts'), formats: ['es'] },
			rolldownOptions: { output: { codeSplitting: false } }
		}
	});
}

async function bundle(config: InlineConfig): Promise<string> {
	const built = await build({
		...config,
		configFile: false,
		publicDir: false,
		logLevel: 'silent',
		build: { ...config.build, write: false, target: 'es2020', modulePreload: false }
	});
	for (const { output } of Array.isArray(built) ? built : 'output' in built ? [built] : [])
		for (const part of output) if (part.type === 'chunk') return part.code;
	throw new Error('The tracker build gave no script.');
}

/** Writes the script, the module and what a package needs beside it. */
export async function writeTracker(folder: string): Promise<void> {
	const files = {
		'byline.js': await buildTracker(),
		'byline.mjs': await buildTrackerModule(),
		...(await packageFiles())
	};
	await mkdir(folder, { recursive: true });
	for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
}

if (import.meta.main) await writeTracker(TARGET);
