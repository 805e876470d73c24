import type { DimensionId } from '../../analytics/dimensions.ts';
import type { Visit } from './facts.ts';
import type { FactRow, Kind } from './fact-rows.ts';

const OF_PAGES: readonly Kind[] = ['view', 'reading', 'exposure'];
const OF_VISITS: readonly Kind[] = ['visit', 'view', 'reading'];
const OF_CTAS: readonly Kind[] = ['exposure'];
const OF_WHOLE_VISITS: readonly Kind[] = ['visit'];

/** What each kind of row knows by itself. */
const KNOWN_TO: Readonly<Record<DimensionId, readonly Kind[]>> = {
	post: OF_PAGES,
	page: OF_PAGES,
	topic: OF_PAGES,
	author: OF_PAGES,
	cta: OF_CTAS,
	placement: OF_CTAS,
	variant: OF_CTAS,
	channel: OF_VISITS,
	source: OF_VISITS,
	referrer: OF_VISITS,
	utm_source: OF_VISITS,
	utm_medium: OF_VISITS,
	utm_campaign: OF_VISITS,
	utm_content: OF_VISITS,
	utm_term: OF_VISITS,
	country: OF_VISITS,
	device: OF_VISITS,
	browser: OF_VISITS,
	os: OF_VISITS,
	hostname: OF_VISITS,
	entry_page: OF_WHOLE_VISITS,
	exit_page: OF_WHOLE_VISITS
};

/** True where rows of a kind have a value of the dimension themselves. */
export function knows(kind: Kind, dimension: DimensionId): boolean {
	return KNOWN_TO[dimension].includes(kind);
}

/**
 * The values of a row in a dimension that its kind knows. Several for topics and authors; none where there can be
 * none: a page that is no post has no post, no topic, no author. What an event did not say is an empty text.
 */
export function valuesOf(row: FactRow, dimension: DimensionId): readonly string[] {
	const { page, visit, cta } = row;
	const post = page?.post ?? null;
	switch (dimension) {
		case 'post':
			return post === null ? [] : [String(post.id)];
		case 'topic':
			return post?.topics ?? [];
		case 'author':
			return post?.authors ?? [];
		case 'page':
			return page === null ? [] : [page.path];
		case 'cta':
			return cta === null ? [] : [cta.id];
		case 'placement':
		case 'variant':
			return cta === null ? [] : [cta[dimension]];
		default:
			return visit === null ? [] : [visitValue(visit, dimension)];
	}
}

type VisitDimension = Exclude<
	DimensionId,
	'post' | 'topic' | 'author' | 'page' | 'cta' | 'placement' | 'variant'
>;

/** Source and campaign come from the first page view; the client too, else from the first event. */
function visitValue(visit: Visit, dimension: VisitDimension): string {
	const client = visit.origin ?? visit.steps[0]?.event;
	switch (dimension) {
		case 'channel':
			return visit.channel;
		case 'source':
			return visit.source;
		case 'referrer':
			return visit.origin?.referrer ?? '';
		case 'utm_source':
			return visit.origin?.utmSource ?? '';
		case 'utm_medium':
			return visit.origin?.utmMedium ?? '';
		case 'utm_campaign':
			return visit.origin?.utmCampaign ?? '';
		case 'utm_content':
			return visit.origin?.utmContent ?? '';
		case 'utm_term':
			return visit.origin?.utmTerm ?? '';
		case 'country':
			return client?.country ?? '';
		case 'device':
			return client?.device ?? '';
		case 'browser':
			return client?.browser ?? '';
		case 'os':
			return client?.os ?? '';
		case 'hostname':
			return client?.hostname ?? '';
		case 'entry_page':
			return visit.views[0]?.page ?? '';
		case 'exit_page':
			return visit.views.at(-1)?.page ?? '';
	}
}
