import type { Cell, Column } from '#analytics';
import { formatShort } from '#lib/format.ts';

export interface Change {
	/** What to print: +12 %, +5, new, +0.4 points. */
	readonly text: string;
	readonly tone: 'good' | 'bad' | 'flat';
}

const SMALLEST_BASE = 10;

const percent = new Intl.NumberFormat('en', {
	maximumFractionDigits: 0,
	signDisplay: 'exceptZero'
});
const tenths = new Intl.NumberFormat('en', { maximumFractionDigits: 1, signDisplay: 'exceptZero' });

/**
 * The change from `base` to `value`: relative where the base is at least 10, else "new" or the plain
 * difference, because growth on a base near nothing misleads. Ratios differ in percentage points.
 * Null where either side is missing or both are zero.
 */
export function changeOf(
	value: Cell | undefined,
	base: Cell | undefined,
	column: Pick<Column, 'unit' | 'direction'>
): Change | null {
	if (typeof value !== 'number' || typeof base !== 'number') return null;
	if (value === 0 && base === 0) return null;
	const difference = value - base;
	const text = changeText(value, base, column.unit).replace('-', '−');
	if (/^0/.test(text)) return { text: `±${text}`, tone: 'flat' };
	return { text, tone: toneOf(difference, column.direction) };
}

function changeText(value: number, base: number, unit: Column['unit']): string {
	const difference = value - base;
	if (difference === 0) return '0';
	if (unit === 'ratio') return `${tenths.format(difference * 100)} points`;
	if (base >= SMALLEST_BASE) return `${percent.format((difference / base) * 100)}\u202f%`;
	if (base === 0 && unit === 'count') return 'new';
	const sign = difference > 0 ? '+' : '−';
	return `${sign}${formatShort(Math.abs(difference), unit)}`;
}

function toneOf(difference: number, direction: Column['direction']): Change['tone'] {
	if (direction === 'neutral') return 'flat';
	return difference > 0 === (direction === 'more') ? 'good' : 'bad';
}
