import type { Column, Row } from '#analytics';
import { numberAt, textAt } from '#lib/columns.ts';
import type { Interval, Unit } from '#lib/format.ts';

/** One metric over the buckets of a range, ready to draw and to list. */
export interface Series {
	readonly label: string;
	readonly unit: Unit;
	readonly interval: Interval;
	readonly buckets: readonly string[];
	readonly values: readonly (number | null)[];
	readonly compare: {
		readonly buckets: readonly string[];
		readonly values: readonly (number | null)[];
	} | null;
	/** True where the last bucket is not over yet. */
	readonly running: boolean;
	/** The posts published within each bucket. */
	readonly published: readonly (readonly PublishedPost[])[];
}

export interface PublishedPost {
	readonly post_id: number;
	readonly title: string;
}

interface SeriesInput {
	readonly column: Pick<Column, 'id' | 'label' | 'unit'>;
	readonly interval: Interval;
	readonly rows: readonly Row[];
	readonly compareRows: readonly Row[] | null;
	/** The site's local hour now, `YYYY-MM-DDTHH`. */
	readonly now: string;
	readonly publications?: readonly Publication[];
}

/** A post and the local day on which it came out. */
export interface Publication extends PublishedPost {
	readonly date: string;
}

/** Picks one metric out of the rows of a range, up to the bucket that is running. */
export function seriesOf(input: SeriesInput): Series {
	const { column, interval, now, compareRows, publications = [] } = input;
	const rows = rowsSoFar(input.rows, now);
	const buckets = rows.map((row) => textAt(row, 'date'));
	return {
		label: column.label,
		unit: column.unit,
		interval,
		buckets,
		values: rows.map((row) => numberAt(row, column.id)),
		compare:
			compareRows === null
				? null
				: {
						buckets: compareRows.map((row) => textAt(row, 'date')),
						values: compareRows.map((row) => numberAt(row, column.id))
					},
		running: isRunning(buckets.at(-1), now, interval),
		published: publishedIn(buckets, interval, publications)
	};
}

/** Buckets that lie ahead are left out: nothing is known of them. `now` is a local hour. */
export function rowsSoFar(rows: readonly Row[], now: string): readonly Row[] {
	return rows.filter((row) => hourForm(textAt(row, 'date')) <= now);
}

const LENGTH = { hour: 13, day: 10, month: 7 } as const;
const WEEK_MS = 7 * 86_400_000;

/** A bucket cut to its hour; some engines write a blank for the `T`. */
const hourForm = (bucket: string): string => bucket.slice(0, 13).replace(' ', 'T');

export function isRunning(bucket: string | undefined, now: string, interval: Interval): boolean {
	if (bucket === undefined) return false;
	if (interval === 'week') return Date.parse(now.slice(0, 10)) - Date.parse(bucket) < WEEK_MS;
	const length = LENGTH[interval];
	return hourForm(bucket).slice(0, length) === now.slice(0, length);
}

function publishedIn(
	buckets: readonly string[],
	interval: Interval,
	publications: readonly Publication[]
): readonly (readonly PublishedPost[])[] {
	const posts = buckets.map((): PublishedPost[] => []);
	const starts = buckets.map((bucket) => bucket.slice(0, interval === 'month' ? 7 : 10));
	for (const { date, post_id, title } of publications) {
		const at = starts.findLastIndex((start) => start <= date.slice(0, start.length));
		// Several hours share one day: a post of the day stands at its first one.
		const first = starts.indexOf(starts[at] ?? '');
		posts[first]?.push({ post_id, title });
	}
	return posts;
}
