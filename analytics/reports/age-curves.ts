import type { Post } from '../posts/post.ts';
import {
	cumulative,
	firstEvent,
	HOUR,
	newestFirst,
	type Published,
	type ReadersByAge
} from './age.ts';
import type { ReportContext } from './definition.ts';
import { importedFirstDays } from './imported-first-days.ts';
import { isoTime } from './iso-time.ts';
import type { AgeCurve } from './post-detail.ts';
import { bandAt, readersOfPeers, typicalOf, withPeers, type Typical } from './typical-band.ts';

const DAY_HOURS = 24;
/** Ages of a curve, in hours: each of the first three days, then each day to the thirtieth. */
const AGES: readonly number[] = [
	...Array.from({ length: 73 }, (_, hour) => hour),
	...Array.from({ length: 27 }, (_, day) => (day + 4) * DAY_HOURS)
];

/** What draws the curve of each of some posts against the typical band. */
export async function ageCurves(
	of: readonly Post[],
	context: Omit<ReportContext, 'only' | 'part'>
): Promise<(post: Post) => AgeCurve> {
	const { store, site, posts, now } = context;
	const typical = typicalOf(context, await firstEvent(store, site));
	const ids = new Set(of.map(({ id }) => id));
	const published = newestFirst(posts, now).filter(({ id }) => ids.has(id));
	const needed = published.flatMap((post) => withPeers(post, typical, AGES));
	const readers = await readersOfPeers(context, [...new Set(needed)], AGES, typical);
	const byId = new Map(published.map((post) => [post.id, post]));
	const isImported = await importedFirstDays(context, published, typical.recordedFrom);
	return (post) => ageCurve(post, byId.get(post.id), { readers, typical, isImported });
}

interface Ages {
	readonly readers: ReadersByAge;
	readonly typical: Typical;
	readonly isImported: (post: Published) => boolean;
}

function ageCurve(
	post: Post,
	published: Published | undefined,
	{ readers, typical, isImported }: Ages
): AgeCurve {
	const { recordedFrom, now } = typical;
	const shown = {
		post_id: post.id,
		title: post.title,
		path: post.path,
		published_at: isoTime(post.publishedAt)
	};
	if (published === undefined)
		return {
			...shown,
			age_hours: null,
			points: [],
			missing: 'no publication date',
			band: [],
			verdict: null
		};
	const age = (now - published.publishedAt) / HOUR;
	const isRecorded = recordedFrom !== null && published.publishedAt >= recordedFrom;
	const points = isRecorded
		? AGES.filter((hours) => hours <= age).map((hours) => ({
				age_hours: hours,
				readers: cumulative(readers, post.id, hours)
			}))
		: [];
	const band = AGES.flatMap((hours) => {
		const at = bandAt(readers, published, typical, hours);
		return at === null ? [] : [{ age_hours: hours, ...at }];
	});
	const last = band.findLast(({ age_hours: hours }) => hours > 0 && hours <= age);
	const reached = last && points.find((point) => point.age_hours === last.age_hours);
	return {
		...shown,
		age_hours: Math.floor(age),
		points,
		missing: isRecorded
			? null
			: isImported(published)
				? 'first days imported, without hours'
				: 'first days not recorded',
		band,
		verdict:
			last === undefined || reached === undefined
				? null
				: {
						age_hours: last.age_hours,
						readers: reached.readers,
						typical: last.p50,
						ratio: last.p50 > 0 ? reached.readers / last.p50 : null
					}
	};
}
