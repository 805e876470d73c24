import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { z } from 'zod';

const PACKAGE = join(import.meta.dirname, '../../package.json');

/** The sources whose exports a page may use, and the names of their types in the package. */
const DECLARED = {
	npm: 'byline',
	calls: 'calls',
	'tracker-options': 'tracker-options'
} as const;

/**
 * What stands beside the module: its types, and a package file, so that a blog can install the folder alone, without
 * what the server needs.
 */
export async function packageFiles(): Promise<Readonly<Record<string, string>>> {
	const files: Record<string, string> = { 'package.json': await packageFile() };
	for (const [source, name] of Object.entries(DECLARED))
		files[`${name}.d.ts`] = await declarations(`${source}.ts`);
	return files;
}

async function packageFile(): Promise<string> {
	const { name, version, description, license } = z
		.object({
			name: z.string(),
			version: z.string(),
			description: z.string(),
			license: z.string()
		})
		.parse(JSON.parse(await readFile(PACKAGE, 'utf8')));
	const tracker = { types: './byline.d.ts', default: './byline.mjs' };
	const content = {
		...{ name, version, description, license },
		type: 'module',
		sideEffects: false,
		exports: { './tracker': tracker }
	};
	return `${JSON.stringify(content, null, '\t')}\n`;
}

async function declarations(fileName: string): Promise<string> {
	const source = await readFile(join(import.meta.dirname, fileName), 'utf8');
	const { outputText, diagnostics = [] } = ts.transpileDeclaration(source, {
		fileName,
		reportDiagnostics: true,
		compilerOptions: { isolatedDeclarations: true, verbatimModuleSyntax: true }
	});
	const [problem] = diagnostics;
	if (problem !== undefined)
		throw new Error(`${fileName}: ${ts.flattenDiagnosticMessageText(problem.messageText, ' ')}`);
	return outputText.replace(/(from '\.\/[\w-]+)\.ts'/g, "$1.js'");
}
