import { expect, test } from 'vitest';
import { identifier, join, raw, sql, textOf } from './sql.ts';

test('values are bound in order, fragments spliced', () => {
	const inner = sql`a = ${1} and b = ${'x'}`;
	const query = sql`select ${identifier('day')} from t where ${inner} limit ${10}`;
	expect(textOf(query)).toBe('select "day" from t where a = $1 and b = $2 limit $3');
	expect(query.values).toEqual([1, 'x', 10]);
});

test('joins and falls back', () => {
	expect(textOf(join([sql`a = ${1}`, sql`b = ${2}`], ' and '))).toBe('a = $1 and b = $2');
	expect(textOf(join([], ' and ', 'true'))).toBe('true');
	expect(textOf(raw('x'))).toBe('x');
});

test('a name that is no name is refused', () => {
	expect(() => identifier('a"; drop table events; --')).toThrow(TypeError);
});
