import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { RULES, ruleOf } from './rules.ts';

const ROUTES = fileURLToPath(new URL('../../../routes/', import.meta.url));

const files = readdirSync(ROUTES, { recursive: true, encoding: 'utf8' }).map((path) =>
	path.replaceAll('\\', '/')
);

/** What a route's files answer: `route METHOD`. */
function answered(path: string): readonly string[] {
	const at = path.lastIndexOf('/');
	const [folder, file] = [path.slice(0, Math.max(at, 0)), path.slice(at + 1)];
	const text = (): string => readFileSync(ROUTES + path, 'utf8');
	const route = `/${folder}`;
	if (file === '+page.svelte') return [`${route} GET`];
	if (file === '+page.server.ts')
		return /export const actions\b/.test(text()) ? [`${route} POST`] : [];
	if (file !== '+server.ts') return [];
	return [...text().matchAll(/export (?:const|async function|function) ([A-Z]+)\b/g)].flatMap(
		([, method]) => (method === 'HEAD' ? [] : [`${route} ${method ?? ''}`])
	);
}

test('every route has a rule for each method that it answers, and no rule is left over', () => {
	const ruled = Object.entries(RULES).flatMap(([route, rules]) =>
		Object.keys(rules).map((method) => `${route} ${method}`)
	);
	expect(ruled.toSorted()).toEqual(files.flatMap(answered).toSorted());
});

test('HEAD is ruled as GET, and what has no rule is refused', () => {
	expect(ruleOf('/[site]/posts', 'HEAD')).toBe('read');
	expect(ruleOf('/[site]/posts', 'POST')).toBe(null);
	expect(ruleOf('/[site]/unheard-of', 'GET')).toBe(null);
	expect(ruleOf('/constructor', 'GET')).toBe(null);
	expect(ruleOf('constructor', 'name')).toBe(null);
});
