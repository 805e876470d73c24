import { readImportedSpan } from '../imports/read-imported-span.ts';
import { localDay } from '../time/local.ts';
import type { Published } from './age.ts';
import type { ReportContext } from './definition.ts';

/**
 * Tells posts that came out on a day which only other tools counted: their readers by age are unknown, since tools give
 * calendar days (ADR 24).
 */
export async function importedFirstDays(
	{ store, site, scope }: Pick<ReportContext, 'store' | 'site' | 'scope'>,
	posts: readonly Published[],
	/** When the site's first event happened, epoch milliseconds, or null. */
	recordedFrom: number | null
): Promise<(post: Published) => boolean> {
	const isRecorded = ({ publishedAt }: Published): boolean =>
		recordedFrom !== null && publishedAt >= recordedFrom;
	if (posts.every(isRecorded)) return () => false;
	const firstDay = recordedFrom === null ? null : localDay(site.zone, recordedFrom);
	const span = await readImportedSpan(store, site, scope, firstDay);
	return (post) => {
		const day = localDay(site.zone, post.publishedAt);
		return !isRecorded(post) && span !== null && day >= span.from && day <= span.until;
	};
}
