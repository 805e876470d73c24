import { describe, expect, it } from 'vitest';
import { pageOf } from './paging.ts';

const rows = Array.from({ length: 12 }, (_, at) => at);
const asked = (page: string): URLSearchParams => new URLSearchParams({ page });

describe('pageOf', () => {
	it('cuts one page out of all rows', () => {
		const second = pageOf(rows, asked('2'), 5);
		expect(second.rows).toEqual([5, 6, 7, 8, 9]);
		expect(second.paging).toEqual({ page: 2, pages: 3, total: 12, first: 6, last: 10 });
	});

	it('takes the nearest page that exists', () => {
		expect(pageOf(rows, asked('99'), 5).rows).toEqual([10, 11]);
		expect(pageOf(rows, asked('-1'), 5).paging.page).toBe(1);
		expect(pageOf(rows, asked('x'), 5).paging.page).toBe(1);
		expect(pageOf([], asked('1'), 5).paging).toMatchObject({ pages: 1, total: 0 });
	});
});
