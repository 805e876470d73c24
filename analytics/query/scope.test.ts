import { expect, test } from 'vitest';
import { bothScopes, isWholeSite, WHOLE_SITE, type Scope } from './scope.ts';

const TOPIC = { dimension: 'topic', operator: 'is', values: ['A'] } as const;
const author = (name: string): Scope => ({ ...WHOLE_SITE, authors: [name] });

test('two scopes leave what both do', () => {
	expect(bothScopes(WHOLE_SITE, WHOLE_SITE)).toEqual(WHOLE_SITE);
	expect(bothScopes(author('Ada'), { ...WHOLE_SITE, filters: [TOPIC], band: false })).toEqual({
		authors: ['Ada'],
		filters: [TOPIC],
		band: false
	});
	expect(bothScopes(author('Ada'), author('Bo'))).toEqual({
		authors: ['Ada'],
		filters: [{ dimension: 'author', operator: 'is', values: ['Bo'] }],
		band: true
	});
	expect(bothScopes(WHOLE_SITE, { ...WHOLE_SITE, authors: [] }).authors).toEqual([]);
});

test('a scope that hides anything is not the whole site', () => {
	expect(isWholeSite(WHOLE_SITE)).toBe(true);
	for (const less of [{ authors: [] }, { filters: [TOPIC] }, { band: false }])
		expect(isWholeSite({ ...WHOLE_SITE, ...less })).toBe(false);
});
