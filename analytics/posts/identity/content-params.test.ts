import { expect, it } from 'vitest';
import { contentParam, MOST_PARAMS, parseContentParams } from './content-params.ts';

it.each<[string, readonly string[] | null]>([
	['p, page_id', ['p', 'page_id']],
	['  id\tp  p', ['id', 'p']],
	['', []],
	['a b', ['a', 'b']],
	['p&q', null],
	['é', null],
	['utm_source', null],
	['p, GCLID', null],
	['ref', null],
	['x'.repeat(65), null],
	[Array.from({ length: MOST_PARAMS + 1 }, (_, at) => `a${at}`).join(), null]
])('%s is %j', (text, names) => {
	expect(parseContentParams(text)).toEqual(names);
});

it.each(['preference', 'page', 'gallery', 'article.id', 'utm'])('%s may name content', (name) => {
	expect(contentParam.safeParse(name).success).toBe(true);
});
