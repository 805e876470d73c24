import type { CtaRef, Event } from '../../analytics/events/event.ts';
import type { Post } from '../../analytics/posts/post.ts';
import type { Site } from '../../analytics/posts/site.ts';
import type { Filter } from '../../analytics/reports/result.ts';

/** The author whose view is tried, and one who wrote one of the posts with them. */
export const AUTHOR = 'Ines Own';
export const CO_AUTHOR = 'Karl Together';

/** Part of every text that belongs to others. */
const CANARY = 'kanarie';

/** Figures that only others’ posts have; no sum of the author’s own comes near. */
export const CANARY_COUNTS: readonly number[] = [1_237, 1_301, 641, 389];

const HOUR = 3_600_000;
const [VIEWERS, , READ_TO_END, CLICKED] = CANARY_COUNTS;
const WANDERERS = 17;

export const CANARY_SITE: Site = { id: 7, domain: 'shared.example', zone: 'Europe/Berlin' };
/** Noon of the last day of the history. */
export const CANARY_NOW = Date.parse('2026-03-20T11:00:00Z');
export const CANARY_DAY = '2026-03-20';

const post = (id: number, more: Partial<Post>): Post => ({
	id,
	path: `/own-${id}`,
	formerPaths: [],
	title: `Own ${id}`,
	authors: [AUTHOR],
	topics: ['Shared topic'],
	publishedAt: CANARY_NOW - (60 - id) * 24 * HOUR,
	wordCount: 200,
	commentCount: null,
	...more
});
const others = (id: number): Post =>
	post(id, {
		path: `/${CANARY}-path-${id}`,
		formerPaths: [`/${CANARY}-former-${id}`],
		title: `${CANARY} title ${id}`,
		authors: [`${CANARY} author`],
		topics: ['Shared topic', `${CANARY} topic`]
	});

/** Posts of the author, one of them with somebody, among many of another author. */
export const CANARY_POSTS: readonly Post[] = [
	...Array.from({ length: 20 }, (_, at) => others(at + 1)),
	post(21, {}),
	post(22, { authors: [CO_AUTHOR, AUTHOR], topics: ['Shared topic', 'Own topic'] }),
	post(23, { formerPaths: ['/was-own-23'] }),
	others(24),
	post(25, { publishedAt: CANARY_NOW - 3 * 24 * HOUR })
];
export const OWN_IDS = [21, 22, 23, 25];
export const OTHER_IDS = [1, 20, 24];

type Draft = Pick<Event, 'name' | 'page' | 'ts'> & Partial<Event>;

const OWN_CTA: CtaRef = { id: 'own-cta', placement: 'end-of-post', variant: '' };
const OTHER_CTA: CtaRef = {
	id: `${CANARY}-cta`,
	placement: `${CANARY}-placement`,
	variant: `${CANARY}-variant`
};
const OWN_ORIGIN = { source: 'Google', channel: 'Organic Search', referrer: 'google.com' };
const OTHER_ORIGIN = {
	source: `${CANARY}-source`,
	channel: 'Email',
	referrer: `${CANARY}.example/page`,
	utmSource: `${CANARY}-source`,
	utmMedium: `${CANARY}-medium`,
	utmCampaign: `${CANARY}-campaign`,
	utmContent: `${CANARY}-content`,
	utmTerm: `${CANARY}-term`
};
const OWN_CLIENT = {
	country: 'DE',
	device: 'desktop' as const,
	browser: 'Firefox',
	os: 'Linux',
	hostname: 'shared.example'
};
const OTHER_CLIENT = {
	country: 'IS',
	device: 'tablet' as const,
	browser: `${CANARY} Browser`,
	os: `${CANARY} OS`,
	hostname: `${CANARY}.shared.example`
};
/** A reader who begins elsewhere on the blog has one browser, but may come in by another host. */
const WANDERER_CLIENT = { ...OWN_CLIENT, hostname: `${CANARY}.shared.example` };

function othersReader(at: number): readonly Draft[] {
	const ts = CANARY_NOW - 5 * HOUR + at * 1_000;
	const page = `/${CANARY}-path-${1 + (at % 20)}`;
	const who = { visitor: hex(0x1000 + at), ...OTHER_ORIGIN, ...OTHER_CLIENT, page };
	return [
		{ ...who, name: 'pageview', ts, measured: true, ctas: [OTHER_CTA] },
		...(at < (READ_TO_END ?? 0)
			? [{ ...who, name: 'engagement', ts: ts + 60_000, depth: 90, engagedMs: 60_000 }]
			: []),
		...(at < (CLICKED ?? 0)
			? [
					{ ...who, name: 'cta_click', ts: ts + 61_000, ctas: [OTHER_CTA] },
					{ ...who, name: 'subscribe', ts: ts + 62_000, form: `${CANARY}-form` }
				]
			: [])
	];
}

/** Reads one of the author's posts and subscribes on it. */
function ownReader(at: number): readonly Draft[] {
	const ts = CANARY_NOW - (1 + (at % 50)) * HOUR;
	const page = ['/own-21', '/own-22', '/was-own-23', '/own-25'][at % 4] ?? '';
	const who = { visitor: hex(0x10 + at), ...OWN_ORIGIN, ...OWN_CLIENT, page };
	return [
		{ ...who, name: 'pageview', ts, measured: true, ctas: [OWN_CTA] },
		{ ...who, name: 'engagement', ts: ts + 30_000, depth: 80, engagedMs: 30_000 },
		...(at % 3 === 0 ? [{ ...who, name: 'subscribe', ts: ts + 40_000, form: 'own-form' }] : [])
	];
}

/** Comes for another's post, reads one of the author's on the way to a third, and converts on each. */
function wanderer(at: number): readonly Draft[] {
	const ts = CANARY_NOW - 3 * HOUR + at * 60_000;
	const who = { visitor: hex(0x8000 + at), ...WANDERER_CLIENT };
	const other = `/${CANARY}-path-${1 + (at % 20)}`;
	return [
		{ ...who, ...OTHER_ORIGIN, name: 'pageview', page: other, ts, ctas: [OTHER_CTA] },
		{ ...who, name: 'cta_click', page: other, ts: ts + 10_000, ctas: [OTHER_CTA] },
		{ ...who, name: 'pageview', page: `/${CANARY}-home`, ts: ts + 20_000 },
		{ ...who, name: 'pageview', page: '/own-21', ts: ts + 30_000, measured: true, ctas: [OWN_CTA] },
		{ ...who, name: 'cta_click', page: '/own-21', ts: ts + 40_000, ctas: [OWN_CTA] },
		{ ...who, name: 'pageview', page: `/${CANARY}-former-24`, ts: ts + 50_000 },
		{ ...who, name: 'subscribe', page: `/${CANARY}-former-24`, ts: ts + 60_000 }
	];
}

const hex = (number: number): string => number.toString(16).padStart(16, '0');

/** What happened on the blog, as lines of the journal. */
export function canaryLines(site: Site): readonly string[] {
	const drafts = [
		...Array.from({ length: VIEWERS ?? 0 }, (_, at) => othersReader(at)),
		...Array.from({ length: 40 }, (_, at) => ownReader(at)),
		...Array.from({ length: WANDERERS }, (_, at) => wanderer(at))
	].flat();
	return drafts.map((draft, at) => {
		const [day = '', hour = ''] = BERLIN.format(draft.ts).split(', ');
		return JSON.stringify({
			received: draft.ts,
			...draft,
			id: `e${at}`,
			site: site.id,
			day,
			hour: Number(hour) % 24
		});
	});
}

const BERLIN = new Intl.DateTimeFormat('sv-SE', {
	timeZone: CANARY_SITE.zone,
	year: 'numeric',
	month: '2-digit',
	day: '2-digit',
	hour: '2-digit',
	hourCycle: 'h23'
});

/** Filters on what others have: who asks learns nothing of whether there is any. */
export const PROBES: readonly Filter[] = [
	...(
		[
			['page', `/${CANARY}-path-1`],
			['entry_page', `/${CANARY}-path-1`],
			['exit_page', `/${CANARY}-path-24`],
			['topic', `${CANARY} topic`],
			['author', `${CANARY} author`],
			['post', '24'],
			['cta', `${CANARY}-cta`],
			['placement', `${CANARY}-placement`],
			['variant', `${CANARY}-variant`],
			['source', `${CANARY}-source`],
			['referrer', `${CANARY}.example/page`],
			['utm_campaign', `${CANARY}-campaign`],
			['utm_content', `${CANARY}-content`],
			['hostname', `${CANARY}.shared.example`],
			['country', 'IS'],
			['browser', `${CANARY} Browser`]
		] as const
	).map(([dimension, value]): Filter => ({ dimension, operator: 'is', values: [value] }))
];

/** Where a canary is in an answer: texts, and numbers that only others' posts have; empty where all is well. */
export function canariesIn(answer: unknown, at = ''): readonly string[] {
	if (typeof answer === 'number') return CANARY_COUNTS.includes(answer) ? [`${at}: ${answer}`] : [];
	if (typeof answer === 'string')
		return answer.toLowerCase().includes(CANARY) ? [`${at}: ${answer}`] : [];
	if (answer === null || typeof answer !== 'object') return [];
	return Object.entries(answer).flatMap(([name, value]) => [
		...canariesIn(name, at),
		...canariesIn(value, `${at}/${name}`)
	]);
}
