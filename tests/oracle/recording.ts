import fc from 'fast-check';
import type { Event } from '../../analytics/events/event.ts';
import type { Post } from '../../analytics/posts/post.ts';
import type { EventStore } from '../../analytics/stores/event-store.ts';
import { addDays } from './local-day.ts';
import type { Question } from './oracle.ts';

/** One step of recording several sites side by side: a piece of each site's events, and what happens after it. */
interface Step {
	readonly imported: boolean;
	/** Sends some lines again, as a client does that got no answer. */
	readonly repeated: boolean;
	readonly settled: boolean;
	/** Sums up the days before the one so many days after the first asked for. */
	readonly rolledUp: number | null;
}

/** How events and catalogues reach the store. */
export interface Recording {
	readonly steps: readonly Step[];
	/** Before which step a former catalogue is replaced by the one of the question. */
	readonly catalogueAt: number;
	/** True where there is a former catalogue. */
	readonly renamed: boolean;
	/** Whether some days are marked in the end, to be derived anew without any change. */
	readonly touched: boolean;
}

const step = fc.record({
	imported: fc.constantFrom(false, false, true),
	repeated: fc.boolean(),
	settled: fc.boolean(),
	rolledUp: fc.option(fc.constantFrom(-1, 0, 1, 2, 100))
});

export const recordingArbitrary: fc.Arbitrary<Recording> = fc.record({
	steps: fc.array(step, { minLength: 1, maxLength: 6, size: 'max' }),
	catalogueAt: fc.nat(6),
	renamed: fc.boolean(),
	touched: fc.boolean()
});

/** The catalogue before posts moved, changed their topics and length, and some were added. */
function formerCatalogue(posts: readonly Post[]): readonly Post[] {
	return posts.flatMap((post, at): readonly Post[] => {
		if (at % 5 === 4) return [];
		const [oldest] = post.formerPaths;
		const former = posts[(at + 1) % posts.length];
		return [
			{
				...post,
				title: `Former ${post.title}`,
				path: oldest ?? post.path,
				formerPaths: [],
				topics: former?.topics ?? [],
				wordCount: at % 2 === 0 ? post.wordCount : 300
			}
		];
	});
}

interface Piece {
	readonly question: Question;
	readonly events: readonly Event[];
}

const byTime = (a: Event, b: Event): number =>
	a.day === b.day ? a.ts - b.ts : a.day < b.day ? -1 : 1;

/**
 * Stores the events of several sites step by step, and returns the questions with their events in the order in which
 * the store has them. In the end all imports and catalogues are settled; what was appended later need not be.
 */
export async function record(
	store: EventStore,
	questions: readonly Question[],
	{ steps, catalogueAt, renamed, touched }: Recording,
	segment: number
): Promise<readonly Question[]> {
	const stored = new Map<Question, Event[]>(questions.map((question) => [question, []]));
	const late = Math.min(catalogueAt, steps.length);
	if (renamed)
		for (const { site, posts } of questions) await store.putCatalogue(site, formerCatalogue(posts));
	const lastMarking = Math.max(
		late - 1,
		steps.findLastIndex(({ imported }) => imported)
	);
	for (const [number, { imported, repeated, settled, rolledUp }] of steps.entries()) {
		if (number === late) await putCatalogues(store, questions);
		const pieces = questions.map((question): Piece => {
			const size = Math.ceil(question.events.length / steps.length);
			return { question, events: question.events.slice(number * size, (number + 1) * size) };
		});
		for (const { question, events } of pieces)
			stored.get(question)?.push(...(imported ? events.toSorted(byTime) : events));
		const lines = pieces.flatMap(({ events }) => events.map(imported ? importedLine : lineOf));
		await (imported
			? store.appendImport([lines])
			: store.append(lines, { segment, offset: number }));
		if (repeated) {
			const again = pieces.flatMap(({ events }) =>
				events.map(imported ? importedLine : retriedLine)
			);
			await (imported
				? store.appendImport([again.slice(0, 3), again])
				: store.append(again, { segment, offset: number }));
		}
		if (settled || number === lastMarking) await store.settle();
		if (rolledUp !== null)
			for (const { site, range } of questions)
				await rollUp(store, site.id, addDays(range.from, rolledUp));
	}
	if (late === steps.length) {
		await putCatalogues(store, questions);
		await store.settle();
	}
	// Of some sites all days are summed up, of some those before the last one asked for, of some those of the steps.
	for (const [index, { site, range }] of questions.entries())
		if (index % 3 < 2) await rollUp(store, site.id, index % 3 === 0 ? LAST_DAY : range.to);
	if (touched) for (const { site, range } of questions) await store.touch(site.id, range);
	return questions.map((question) => ({ ...question, events: stored.get(question) ?? [] }));
}

/** After every day. */
export const LAST_DAY = '9999-12-31';

/** Sums up a site's days before a day. */
export async function rollUp(store: EventStore, site: number, before: string): Promise<void> {
	while ((await store.rollUp(site, before)) > 0);
}

async function putCatalogues(store: EventStore, questions: readonly Question[]): Promise<void> {
	for (const { site, posts } of questions) await store.putCatalogue(site, posts);
}

const lineOf = (event: Event): string => JSON.stringify(event);

/** The same event a moment later: its id alone says that it is one. */
const retriedLine = (event: Event): string =>
	JSON.stringify({ ...event, received: event.received + 1_500, ts: event.ts + 1_500 });

/** Ids of imported events play no part; their line does. */
const importedLine = (event: Event): string =>
	JSON.stringify({
		...event,
		importLine: Number(event.id.slice(1)).toString(16).padStart(16, '0')
	});
