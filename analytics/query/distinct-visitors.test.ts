import { expect, test } from 'vitest';
import { countOfVisitors } from './distinct-visitors.ts';

const inOneLine = (text: string): string => text.replace(/\s+/g, ' ');

test('visitors with one row are counted, the others told apart', () => {
	expect(inOneLine(countOfVisitors('count(distinct f.visitor)'))).toBe(
		'count(*) filter (where f.alone) + count(distinct f.visitor) filter (where not f.alone)'
	);
});

test('a condition holds of both', () => {
	expect(
		inOneLine(
			countOfVisitors('count(distinct f.visitor) filter (where f.views > 0 and (f.a or f.b))')
		)
	).toBe(
		'count(*) filter (where f.alone and f.views > 0 and (f.a or f.b))' +
			' + count(distinct f.visitor) filter (where not f.alone and f.views > 0 and (f.a or f.b))'
	);
});

test.each(['count(*)', 'sum(f.depth)', 'count(distinct (f.visitor, f.visit))'])(
	'%s stays',
	(aggregate) => {
		expect(countOfVisitors(aggregate)).toBe(aggregate);
	}
);
