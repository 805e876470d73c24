import { describe, expect, it } from 'vitest';
import { pageOf } from './paging.ts';

const rows = Array.from({ length: 120 }, (_, at) => at);
const asked = (page: string, more: Readonly<Record<string, string>> = {}): URLSearchParams =>
	new URLSearchParams({ page, ...more });

describe('pageOf', () => {
	it('cuts one page out of all rows', () => {
		const second = pageOf(rows, asked('2'));
		expect(second.rows).toEqual(rows.slice(50, 100));
		expect(second.paging).toEqual({
			page: 2,
			pages: 3,
			total: 120,
			size: 50,
			first: 51,
			last: 100
		});
	});

	it('takes the nearest page that exists', () => {
		expect(pageOf(rows, asked('99')).rows).toEqual(rows.slice(100));
		expect(pageOf(rows, asked('-1')).paging.page).toBe(1);
		expect(pageOf(rows, asked('x')).paging.page).toBe(1);
		expect(pageOf([], asked('1')).paging).toMatchObject({ pages: 1, total: 0 });
	});

	it('holds as many rows as are asked for, of the sizes there are', () => {
		expect(pageOf(rows, asked('2', { rows: '100' })).rows).toEqual(rows.slice(100));
		expect(pageOf(rows, asked('1', { rows: '1000' })).rows).toHaveLength(120);
		for (const odd of ['7', '-50', 'all', '1e9'])
			expect(pageOf(rows, asked('1', { rows: odd })).paging.size).toBe(50);
	});
});
