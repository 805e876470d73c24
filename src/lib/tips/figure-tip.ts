import { METRICS, wilson, type MetricId } from '#analytics';
import { columnOf } from '#lib/columns.ts';
import { formatInterval, formatValue } from '#lib/format.ts';

/** A figure in words: what it is, what it is made of and how sure it is. */
export interface FigureTip {
	readonly label: string;
	readonly value: string;
	readonly definition: string;
	readonly lines: readonly string[];
}

type Said = Readonly<Partial<Record<string, string>>>;

/** The tooltip of a metric from its definition and from what its element says; null for an unknown metric. */
export function figureTip(id: string, value: string | null, said: Said = {}): FigureTip | null {
	const column = columnOf(id);
	if (column === undefined) return null;
	const number = numberOf(value ?? undefined);
	return {
		label: column.label,
		value: value === null ? '' : formatValue(number, column.unit),
		definition: column.definition,
		lines: [
			partsText(column.numerator, column.denominator, said),
			column.unit === 'ratio' && number !== null ? intervalText(said) : '',
			said.before === undefined ? '' : `Before: ${formatValue(numberOf(said.before), column.unit)}`
		].filter(Boolean)
	};
}

function partsText(
	numerator: MetricId | undefined,
	denominator: MetricId | undefined,
	said: Said
): string {
	if (numerator === undefined || denominator === undefined) return '';
	const counted = numberOf(said.numerator);
	const all = numberOf(said.denominator);
	if (counted === null && all === null)
		return `${METRICS[numerator].label} / ${METRICS[denominator].label}`;
	const part = (id: MetricId, count: number | null): string =>
		[count === null ? '' : formatValue(count, METRICS[id].unit), inSentence(METRICS[id].label)]
			.filter(Boolean)
			.join(' ');
	return `${part(numerator, counted)} / ${part(denominator, all)}`;
}

/** The report's own interval, else that of its two counts. */
function intervalText({ low, high, numerator, denominator }: Said): string {
	const ends = { low: numberOf(low), high: numberOf(high) };
	const [counted, all] = [numberOf(numerator), numberOf(denominator)];
	const known =
		ends.low !== null && ends.high !== null
			? { low: ends.low, high: ends.high }
			: counted !== null && all !== null && counted <= all
				? wilson(counted, all)
				: null;
	return known === null ? '' : `95\u202f% interval: ${formatInterval(known.low, known.high)}`;
}

const numberOf = (text: string | undefined): number | null => {
	const number = text === undefined || text === '' ? Number.NaN : Number(text);
	return Number.isFinite(number) ? number : null;
};

/** "Reads" as reads, "CTA clicks" as it is. */
const inSentence = (label: string): string =>
	/^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
