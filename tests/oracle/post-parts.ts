import type { Post } from '../../analytics/posts/post.ts';
import type { Facts, PageView } from './facts.ts';

/** What the screen of a post shows beside metrics, counted one by one. */
export interface PartsOfPost {
	/** Readers, readers with a read, those who saw a call to action, clicked one, subscribed. */
	readonly funnel: readonly number[];
	/** Of measured readers, how many reached each tenth of the article. */
	readonly tenths: readonly number[];
	/** Visits by the post they went to next. */
	readonly next: ReadonlyMap<number, number>;
	/** Depths reached by the measured readers who saw a placement, sorted. */
	readonly placements: ReadonlyMap<string, readonly number[]>;
}

/** The parts of one post, of some facts; `all` are those that they are taken from. */
export function partsOfPost(
	post: Post,
	{ visits, readings, exposures }: Facts,
	all: Facts
): PartsOfPost {
	const own = readings.filter((reading) => reading.post?.id === post.id);
	const readerOf = (of: { readonly day: string; readonly visitor: string }): string =>
		`${of.day} ${of.visitor}`;
	const views = visits.flatMap((visit) =>
		visit.views
			.filter((view) => view.step.post?.id === post.id)
			.map((view) => ({ reader: readerOf(visit), view }))
	);
	const seen = exposures.filter(
		(exposure) => exposure.post?.id === post.id && exposure.impressions > 0
	);
	const did = (names: readonly string[]): number => {
		const doers = new Set(
			all.visits
				.filter((visit) =>
					visit.steps.some((step) => step.post?.id === post.id && names.includes(step.event.name))
				)
				.map(readerOf)
		);
		return own.filter((reading) => doers.has(readerOf(reading))).length;
	};
	const depths = new Map<string, number>();
	for (const { reader, view } of views)
		if (view.measured) depths.set(reader, Math.max(depths.get(reader) ?? 0, view.depth ?? 0));
	const next = new Map<number, number>();
	for (const visit of visits) {
		for (const to of stepsFrom(post, visit.views)) next.set(to, (next.get(to) ?? 0) + 1);
	}
	const placements = new Map<string, number[]>();
	const counted = new Set<string>();
	for (const exposure of seen) {
		const { placement } = exposure.cta;
		const depth = depths.get(readerOf(exposure));
		const once = JSON.stringify([readerOf(exposure), placement]);
		if (depth === undefined || counted.has(once)) continue;
		counted.add(once);
		placements.set(placement, [...(placements.get(placement) ?? []), depth]);
	}
	return {
		funnel: [
			own.filter((reading) => reading.views.length > 0).length,
			new Set(views.filter(({ view }) => view.read).map(({ reader }) => reader)).size,
			did(['cta_view', 'cta_click']),
			did(['cta_click']),
			own.filter((reading) => reading.subscribed).length
		],
		tenths: Array.from(
			{ length: 11 },
			(_, tenth) => [...depths.values()].filter((depth) => depth >= tenth * 10).length
		),
		next,
		placements: new Map(
			[...placements].map(([name, reached]) => [name, reached.sort((a, b) => a - b)])
		)
	};
}

/** The posts that a visit went to straight after a view of the post, leaving out pages that are no post. */
function stepsFrom(post: Post, views: readonly PageView[]): ReadonlySet<number> {
	const ids = [...views]
		.sort((a, b) => a.step.index - b.step.index)
		.flatMap((view) => view.step.post?.id ?? []);
	return new Set(
		ids.flatMap((id, at) => {
			const after = ids[at + 1];
			return id === post.id && after !== undefined && after !== post.id ? [after] : [];
		})
	);
}
