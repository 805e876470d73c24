import type { DateRange } from '../reports/result.ts';
import { sql, type Sql } from '../stores/sql.ts';
import type { Question } from './compile.ts';
import { splitRange } from './split-range.ts';

/** With more stretches of days between its months, a range is read by days. */
const MOST_STRETCHES = 4;

/** The tables of some sums. */
interface Tables {
	readonly daily: string;
	readonly monthly: string;
}

/** Where the sums of a range stand: those of whole months, and of the days that are left. */
export function summedIn(
	{ daily, monthly }: Tables,
	{ range, interval, by, unrolled }: Pick<Question, 'range' | 'interval' | 'by' | 'unrolled'>
): readonly { readonly table: string; readonly days: Sql }[] {
	const within = ({ from, to }: Pick<DateRange, 'from' | 'to'>): Sql =>
		sql`f.day >= ${from}::date and f.day <= ${to}::date`;
	if (by.includes('date') && interval !== 'month') return [{ table: daily, days: within(range) }];
	const { months, days } = splitRange(range, unrolled);
	if (days.length > MOST_STRETCHES) return [{ table: daily, days: within(range) }];
	return [
		...(months === null ? [] : [{ table: monthly, days: within(months) }]),
		...days.map((part) => ({ table: daily, days: within(part) }))
	];
}
