import { buckets } from '../query/period.ts';
import { hasImportedDays } from './add-imported.ts';
import { ask } from './ask.ts';
import type { ReportContext } from './definition.ts';

/** Readers of each topic or author over the buckets of a range. */
export interface MemberTrends {
	/** First moments of the buckets, oldest first. */
	readonly buckets: readonly string[];
	/** Those with readers in the range, most first; values stand by bucket, null where nobody counted them. */
	readonly members: readonly {
		readonly name: string;
		readonly readers: readonly (number | null)[];
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
	const nothing = labels.map((label) => {
		const day = label.slice(0, 10);
		return hasImportedDays(query.imported, { from: day, to: day }) ? null : 0;
	});
	const lines = new Map<string, (number | null)[]>();
	for (const row of rows) {
		const name = String(row[by] ?? '');
		const at = places.get(String(row['date']));
		if (name === '' || at === undefined || typeof row['readers'] !== 'number') continue;
		const line = lines.get(name) ?? [...nothing];
		line[at] = row['readers'];
		lines.set(name, line);
	}
	const sum = (values: readonly (number | null)[]): number =>
		values.reduce<number>((all, value) => all + (value ?? 0), 0);
	return {
		buckets: labels,
		members: [...lines]
			.map(([name, readers]) => ({ name, readers }))
			.sort((a, b) => sum(b.readers) - sum(a.readers) || (a.name < b.name ? -1 : 1))
	};
}
