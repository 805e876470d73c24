import { describe, expect, it } from 'vitest';
import { metricColumn, type Column } from '#analytics';
import { tableWidths } from '#lib/table-widths.ts';

const TITLE: Column = {
	id: 'title',
	label: 'Title',
	kind: 'key',
	unit: 'text',
	direction: 'neutral',
	definition: 'The title.'
};
const PUBLISHED: Column = { ...TITLE, id: 'published_at', label: 'Published', unit: 'timestamp' };
const COLUMNS = [TITLE, PUBLISHED, metricColumn('readers'), metricColumn('subscribe_rate')];

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

describe('tableWidths', () => {
	it('takes what the screen gives before what the unit tells', () => {
		const { first, columns } = tableWidths(COLUMNS, { given: { title: 20, readers: 9 } });
		expect(first).toBe(20);
		expect(columns[2]?.width).toBe(9);
	});

	it('says how wide all but the first are together', () => {
		const { columns, rest } = tableWidths(COLUMNS);
		expect(rest).toBeCloseTo(sum(columns.slice(1).map(({ width }) => width)), 10);
	});

	it('shares out the whole of what is beyond, most of it to the first', () => {
		const grows = tableWidths(COLUMNS).columns.map(({ grow }) => grow);
		expect(sum(grows)).toBeCloseTo(1, 10);
		expect(grows[0]).toBeGreaterThan(0.5);
	});

	it('leaves room for an interval', () => {
		const widthOf = (intervals: readonly string[]) =>
			tableWidths(COLUMNS, { intervals }).columns[3]?.width ?? 0;
		expect(widthOf(['subscribe_rate']) - widthOf([])).toBeGreaterThan(3);
	});

	it('leaves room for the longest word of a label', () => {
		const long: Column = { ...metricColumn('readers'), label: 'Extraordinarily read' };
		const [, usual] = tableWidths([TITLE, metricColumn('readers'), PUBLISHED]).columns;
		const [, wide] = tableWidths([TITLE, long, PUBLISHED]).columns;
		expect(wide?.width).toBeGreaterThan(usual?.width ?? Infinity);
	});
});
