import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { thirdParties } from './licences.ts';
import { DOC_PAGES } from './pages.ts';

test.each(Object.entries(DOC_PAGES))('docs/%s is what the code says', (name, text) => {
	expect(readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8')).toBe(text());
});

/** Licences that a project under MIT may build on and ship with. */
const ALLOWED = new Set([
	'0BSD',
	'Apache-2.0',
	'Apache-2.0 AND BSL-1.0',
	'BSD-2-Clause',
	'BSD-3-Clause',
	'CC0-1.0',
	'ISC',
	'MIT',
	'MIT-0',
	'Unlicense'
]);

test('every licence allows use in a project under MIT', () => {
	const packages = thirdParties();
	expect(packages.length).toBeGreaterThan(50);
	expect(packages.filter(({ licence }) => !ALLOWED.has(licence))).toEqual([]);
});
