interface Box {
	readonly width: number;
	readonly height: number;
	/** Room above the highest point. */
	readonly top?: number;
	/** The value at the top of the box; the greatest of the values unless given. */
	readonly max?: number;
}

/** SVG paths of an evenly spaced series over a zero baseline; a missing value leaves a gap. */
export function linePath(
	values: readonly (number | null)[],
	{ width, height, top = 0, max = Math.max(1e-9, ...values.map((value) => value ?? 0)) }: Box
): { readonly line: string; readonly area: string } {
	const xOf = (index: number): number =>
		values.length > 1 ? (index * width) / (values.length - 1) : width / 2;
	const runs: (readonly [x: number, y: number])[][] = [[]];
	for (const [index, value] of values.entries()) {
		if (value === null) runs.push([]);
		else runs.at(-1)?.push([xOf(index), top + height * (1 - value / max)]);
	}
	return pathsOf(runs, top + height);
}

/** A series cut where its last step begins, in case that one is not over; the tail is empty where there is none. */
export function partsOfLine(
	values: readonly (number | null)[],
	running: boolean
): { readonly over: readonly (number | null)[]; readonly tail: readonly (number | null)[] } {
	const last = values.length - 1;
	if (!running || last < 1) return { over: values, tail: [] };
	return {
		over: values.map((value, at) => (at === last ? null : value)),
		tail: values.map((value, at) => (at < last - 1 ? null : value))
	};
}

/** SVG paths through points already placed, each run on its own. */
export function pathsOf(
	runs: readonly (readonly (readonly [x: number, y: number])[])[],
	floor: number
): { readonly line: string; readonly area: string } {
	const drawn = runs.filter((run) => run.length > 0);
	// A point alone is a line of no length, which round ends make a dot.
	const line = (run: readonly (readonly [number, number])[]): string =>
		`M${run.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}${run.length === 1 ? 'h0' : ''}`;
	return {
		line: drawn.map(line).join(''),
		area: drawn
			.map(
				(run) =>
					`${line(run)}L${round(run.at(-1)?.[0] ?? 0)} ${floor}L${round(run[0]?.[0] ?? 0)} ${floor}Z`
			)
			.join('')
	};
}

/** True of a value with nothing on either side. */
export function isAlone(values: readonly (number | null)[], at: number): boolean {
	const missing = (value: number | null | undefined): boolean =>
		value === null || value === undefined;
	return !missing(values[at]) && missing(values[at - 1]) && missing(values[at + 1]);
}

const round = (value: number): number => Math.round(value * 100) / 100;
