import type { Segments } from '../../stores/segments.ts';
import type { Site } from '../site.ts';
import type { Follow } from './follow.ts';
import { followTexts } from './follow-texts.ts';

/** Segments whose filters name posts, topics and authors as they are called now; what was saved stays as it is. */
export function followSegments<T extends Pick<Segments, 'list'>>(
	segments: T,
	followOf: (site: Site) => Follow
): T {
	return {
		...segments,
		list: (site, person) =>
			segments.list(site, person).map((segment) => ({
				...segment,
				filters: followTexts(followOf(site), segment.filters)
			}))
	};
}
