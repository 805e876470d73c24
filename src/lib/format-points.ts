const tenths = new Intl.NumberFormat('en', {
	minimumFractionDigits: 1,
	maximumFractionDigits: 1,
	signDisplay: 'exceptZero'
});

/** A difference of two rates in percentage points: 0.0123 as +1.2. */
export function formatPoints(difference: number): string {
	return tenths.format(difference * 100).replace('-', '−');
}
