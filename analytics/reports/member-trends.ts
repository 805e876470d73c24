import { buckets } from '../query/period.ts';
import { ask } from './ask.ts';
import type { ReportContext } from './definition.ts';

/** Readers of each topic or author over the buckets of a range. */
export interface MemberTrends {
	/** First moments of the buckets, oldest first. */
	readonly buckets: readonly string[];
	/** Those with readers in the range, most first; values stand by bucket. */
	readonly members: readonly {
		readonly name: string;
		readonly readers: readonly number[];
	}[];
}

/** The trend of each topic or author: readers by bucket. */
export async function memberTrends(
	by: 'topic' | 'author',
	context: ReportContext
): Promise<MemberTrends> {
	const { query } = context;
	const rows = await ask(context, query, {
		metrics: ['readers'],
		by: [by, 'date'],
		postsOnly: true
	});
	const labels = buckets(query, query.interval);
	const places = new Map(labels.map((label, at) => [label, at]));
	const lines = new Map<string, number[]>();
	for (const row of rows) {
		const name = String(row[by] ?? '');
		const at = places.get(String(row['date']));
		if (name === '' || at === undefined) continue;
		const line = lines.get(name) ?? new Array<number>(labels.length).fill(0);
		line[at] = Number(row['readers']);
		lines.set(name, line);
	}
	const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
	return {
		buckets: labels,
		members: [...lines]
			.map(([name, readers]) => ({ name, readers }))
			.sort((a, b) => sum(b.readers) - sum(a.readers) || (a.name < b.name ? -1 : 1))
	};
}
