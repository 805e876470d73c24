/**
 * How a figure reads on a screen, written a second time and without Intl, so that a wrong figure and a wrong format
 * both show. Blanks of any width compare as one.
 */
export const figureText = (value: number, unit: string): string => {
	switch (unit) {
		case 'ratio':
			return `${percentText(value * 100)} %`;
		case 'seconds':
			return secondsText(Math.round(value));
		case 'percent_depth':
			return `${grouped(round(value, 0))} %`;
		default:
			return grouped(round(value, Number.isInteger(value) ? 0 : 1));
	}
};

/** The same where room is short: counts from 10,000 on with three digits. */
export const shortFigureText = (value: number, unit: string): string => {
	if (unit !== 'count' || value < 10_000) return figureText(value, unit);
	const [size, mark] = value < 999_500 ? [1e3, 'k'] : [1e6, 'M'];
	const scaled = value / size;
	return `${round(scaled, scaled < 9.995 ? 2 : scaled < 99.95 ? 1 : 0)}${mark}`;
};

export const oneBlank = (text: string): string => text.replace(/\s+/g, ' ').trim();

const percentText = (percent: number): string => {
	if (percent === 0 || percent === 100) return String(percent);
	return percent < 0.1 ? String(round(percent, 2)) : grouped(round(percent, 1), 1);
};

const secondsText = (seconds: number): string => {
	if (seconds < 60) return `${seconds} s`;
	const minutes = Math.floor(seconds / 60);
	const two = (count: number): string => String(count).padStart(2, '0');
	if (minutes < 60) return `${minutes} min ${two(seconds % 60)} s`;
	return `${grouped(Math.floor(minutes / 60))} h ${two(minutes % 60)} min`;
};

/** Rounds the decimal that is printed, not the binary fraction behind it. */
const round = (value: number, digits: number): number => {
	const text = String(value);
	if (text.includes('e')) return Number(value.toFixed(digits));
	return Number(`${Math.round(Number(`${text}e${digits}`))}e-${digits}`);
};

const grouped = (value: number, digits?: number): string => {
	const [whole = '', fraction] = (
		digits === undefined ? String(value) : value.toFixed(digits)
	).split('.');
	const thousands = whole.replace(/\B(?=(\d{3})+$)/g, ',');
	return fraction === undefined ? thousands : `${thousands}.${fraction}`;
};
