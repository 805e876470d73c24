import { expect, test } from 'vitest';
import { checkParameters } from './check-parameters.ts';
import { PARAMETER_NAMES } from './parameter-names.ts';

const wrong = (search: string): readonly string[] =>
	checkParameters(new URLSearchParams(search)).map(({ path, given }) => `${path} ${given}`);

test('every parameter may be given once, filters more often, and what only screens read', () => {
	expect(wrong(PARAMETER_NAMES.map((name) => `${name}=x`).join('&'))).toEqual([]);
	expect(wrong('filter=a&filter=b&filter=c&page=2&page=3&metric=reads')).toEqual([]);
});

test.each([
	['fliter=page:is:x', ['#/fliter page:is:x']],
	['Period=7d&PERIOD=7d', ['#/Period 7d', '#/PERIOD 7d']],
	['period=7d&period=30d', ['#/period 7d, 30d']],
	['site=a&site=a', ['#/site a, a']],
	['a/b~c=1', ['#/a~1b~0c 1']],
	['=x', ['#/ x']],
	['__proto__=x&constructor=y', ['#/__proto__ x', '#/constructor y']]
])('%s is wrong at %j', (search, paths) => {
	expect(wrong(search)).toEqual(paths);
});
