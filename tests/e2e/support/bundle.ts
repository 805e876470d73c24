import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** A file that is not there: packages are found as if the code stood beside the tests. */
const ENTRY = fileURLToPath(new URL('../bundled-entry.js', import.meta.url));

/** Bundles a page's code with the packages that it imports to the text of one classic script. */
export const bundle = async (code: string): Promise<string> => {
	const built = await build({
		configFile: false,
		publicDir: false,
		logLevel: 'silent',
		define: { 'process.env.NODE_ENV': '"production"', 'process.env': '{}' },
		plugins: [
			{
				name: 'entry',
				resolveId: (id) => (id === ENTRY ? ENTRY : null),
				load: (id) => (id === ENTRY ? code : null)
			}
		],
		build: {
			write: false,
			modulePreload: false,
			rolldownOptions: { input: ENTRY, output: { format: 'iife' } }
		}
	});
	for (const { output } of Array.isArray(built) ? built : 'output' in built ? [built] : [])
		for (const part of output) if (part.type === 'chunk') return part.code;
	throw new Error('The bundle gave no script.');
};
