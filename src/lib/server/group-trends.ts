import { localHour } from '#lib/local-hour.ts';
import { rowsSoFar } from '#lib/series.ts';
import { reports } from '#lib/server/engine.ts';
import { openScreen } from '#lib/server/screen.ts';
import type { Trends } from '#lib/trends.ts';

/** Names beyond these are in the table above. */
const MOST_TRENDS = 24;

/** Readers of each topic or author over the range, up to the bucket that is running. */
export async function groupTrends(
	by: 'topic' | 'author',
	domain: string,
	params: URLSearchParams
): Promise<Trends> {
	const { query } = await openScreen(domain, params);
	const { buckets, members } = await reports().trends(by, query);
	const rows = buckets.map((date) => ({ date }));
	const sofar = rowsSoFar(rows, localHour(new Date(), query.zone)).length;
	return {
		interval: query.interval,
		buckets: buckets.slice(0, sofar),
		members: members
			.slice(0, MOST_TRENDS)
			.map(({ name, readers }) => ({ name, values: readers.slice(0, sofar) }))
	};
}
