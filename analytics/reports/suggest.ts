import type { DimensionId } from '../dimensions.ts';
import type { MetricId } from '../metrics.ts';
import { ask } from './ask.ts';
import type { ReportContext } from './definition.ts';
import { mayShow } from './posts.ts';
import { foldText, matchRank } from './match-text.ts';
import { valueLabel } from './value-label.ts';

/** A value of a dimension that a filter can ask for. */
export interface Suggestion {
	readonly dimension: DimensionId;
	/** As a filter writes it. */
	readonly value: string;
	/** As a reader knows it: the title of a post, the name of a country. */
	readonly label: string;
	/** The metric of its dimension in the period under the filters. */
	readonly count: number;
}

/** All values of one dimension, ready to be searched. */
export type Candidates = readonly (Suggestion & { readonly folded: string })[];

/** The metric that counts the values of a dimension: the first one of the report that lists them. */
export function suggestionMetric(dimension: DimensionId): MetricId {
	switch (dimension) {
		case 'post':
		case 'topic':
		case 'author':
			return 'readers';
		case 'cta':
		case 'placement':
		case 'variant':
			return 'cta_exposed';
		default:
			return 'visitors';
	}
}

/** The values of a dimension in the query's range; of posts, topics and authors also those that nobody read. */
export async function candidatesOf(
	dimension: DimensionId,
	context: ReportContext
): Promise<Candidates> {
	const metric = suggestionMetric(dimension);
	const rows = await ask(context, context.query, {
		metrics: [metric],
		by: [dimension],
		postsOnly: metric === 'readers'
	});
	const counts = new Map(rows.map((row) => [String(row[dimension] ?? ''), Number(row[metric])]));
	for (const value of listed(dimension, context)) if (!counts.has(value)) counts.set(value, 0);
	counts.delete('');
	if (dimension === 'post') counts.delete('-1');
	const labelOf = valueLabel(dimension, context.posts);
	return [...counts]
		.map(([value, count]) => {
			const label = labelOf(value);
			const folded = foldText(dimension === 'country' ? `${label} ${value}` : label);
			return { dimension, value, label, count, folded };
		})
		.sort((a, b) => b.count - a.count || collator.compare(a.label, b.label));
}

const collator = new Intl.Collator('en', { numeric: true });

function listed(
	dimension: DimensionId,
	{ posts, query }: Pick<ReportContext, 'posts' | 'query'>
): readonly string[] {
	switch (dimension) {
		case 'post':
			return posts
				.filter((post) => query.filters.every((filter) => mayShow(post, filter)))
				.map(({ id }) => String(id));
		case 'topic':
			return posts.flatMap(({ topics }) => topics);
		case 'author':
			return posts.flatMap(({ authors }) => authors);
		default:
			return [];
	}
}

/** The first values that answer a text: the best match first, then the greatest count. */
export function searchCandidates(
	candidates: Candidates,
	text: string,
	limit: number
): readonly Suggestion[] {
	const wanted = foldText(text.trim());
	const ranked: Suggestion[][] = [];
	for (const { folded, ...suggestion } of candidates) {
		const rank = matchRank(folded, wanted);
		if (rank === null) continue;
		const equals = (ranked[rank] ??= []);
		if (equals.length < limit) equals.push(suggestion);
	}
	return ranked.flat().slice(0, limit);
}
