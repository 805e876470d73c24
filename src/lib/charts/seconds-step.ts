const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
const MOST_LINES = 5;

/** Distance in seconds between grid lines that clocks know: half a minute rather than 50 s. */
export function secondsStep(values: readonly (number | null)[]): number {
	const greatest = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
	return (
		STEPS.find((step) => greatest / step <= MOST_LINES) ??
		Math.ceil(greatest / MOST_LINES / 3600) * 3600
	);
}
