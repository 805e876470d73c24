import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** A package that Byline is made of or runs with. */
export interface ThirdParty {
	readonly name: string;
	readonly version: string;
	/** An SPDX expression, as the package states it. */
	readonly licence: string;
}

/** Development dependencies whose code the build takes over. */
const BUILT_IN = [
	'@lucide/svelte',
	'@sveltejs/adapter-node',
	'@sveltejs/kit',
	'chart.js',
	'svelte'
];

const names = z.record(z.string(), z.string()).default({});
const lockfile = z.object({
	packages: z.record(
		z.string(),
		z.object({
			version: z.string().default(''),
			license: z.string().default('not stated'),
			dependencies: names,
			optionalDependencies: names
		})
	)
});

/** Every package that is there at run time, by name, from the lockfile: what tests and the build need is not among them. */
export function thirdParties(): readonly ThirdParty[] {
	const file = new URL('../../package-lock.json', import.meta.url);
	const { packages } = lockfile.parse(JSON.parse(readFileSync(file, 'utf8')));
	const found = new Map<string, ThirdParty>();
	const waiting = [...Object.keys(packages['']?.dependencies ?? {}), ...BUILT_IN].map(
		(name) => `node_modules/${name}`
	);
	for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
		const known = packages[path];
		if (known === undefined || found.has(path)) continue;
		const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
		found.set(path, { name, version: known.version, licence: known.license });
		for (const wanted of Object.keys({ ...known.dependencies, ...known.optionalDependencies }))
			waiting.push(placeOf(wanted, path, packages));
	}
	return [...found.values()].sort(
		(a, b) => compare(a.name, b.name) || compare(a.version, b.version)
	);
}

/** Where a package finds one that it needs: in its own folder, or in those above. */
function placeOf(name: string, from: string, packages: Readonly<Record<string, unknown>>): string {
	for (
		let folder = from;
		folder !== '';
		folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))
	) {
		const path = `${folder}/node_modules/${name}`;
		if (Object.hasOwn(packages, path)) return path;
	}
	return `node_modules/${name}`;
}

function compare(a: string, b: string): number {
	return a < b ? -1 : Number(a > b);
}
