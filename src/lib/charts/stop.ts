/** A place along a chart where its values can be read: by pointer, by arrow keys, aloud. */
export interface Stop {
	/** From 0, the left end of the plot, to 1. */
	readonly x: number;
	readonly title: string;
	readonly lines: readonly StopLine[];
	/** Said after the values. */
	readonly notes?: readonly string[];
}

export interface StopLine {
	readonly name: string;
	readonly text: string;
	/** Height in the plot from 0, its foot, to 1; null where nothing is drawn. */
	readonly y: number | null;
	/** A colour of the page. */
	readonly colour: string;
	/** Where a click leads. */
	readonly href?: string | undefined;
}

/** The stop nearest to a place along the chart; -1 where there are none. */
export function nearestStop(stops: readonly Pick<Stop, 'x'>[], x: number): number {
	return stops.reduce(
		(best, stop, at) =>
			best === -1 || Math.abs(stop.x - x) < Math.abs((stops[best]?.x ?? 0) - x) ? at : best,
		-1
	);
}

/** The line of a stop nearest to a height, among those that are drawn there. */
export function nearestLine({ lines }: Pick<Stop, 'lines'>, y: number): number {
	let best = 0;
	let distance = Infinity;
	for (const [at, line] of lines.entries()) {
		if (line.y === null || Math.abs(line.y - y) >= distance) continue;
		best = at;
		distance = Math.abs(line.y - y);
	}
	return best;
}

/** A stop as a sentence; `only` leaves out all lines but one. */
export function stopText({ title, lines, notes = [] }: Stop, only?: number): string {
	const said = only === undefined ? lines : lines.slice(only, only + 1);
	return [
		`${title}:`,
		[...said.map(({ name, text }) => `${name} ${text}`), ...notes].join('; ')
	].join(' ');
}
