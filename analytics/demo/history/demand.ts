import type { PostInput } from '../../posts/post.ts';
import { postPath } from '../blog.ts';
import { hashText } from '../random.ts';
import { appealOf, type Appeal } from './appeal.ts';
import type { OriginKind } from './origins.ts';

/** A post with what its readers do. */
export interface Subject {
	readonly post: PostInput;
	readonly appeal: Appeal;
	/** Day number of publication since the epoch, UTC. */
	readonly publishedDay: number;
}

/** Expected visits that begin on one post, from one kind of origin, on one day. */
export interface Demand {
	readonly kind: OriginKind;
	readonly visits: number;
}

/** Where a day lies. */
export interface DayPlace {
	/** Days since the epoch. */
	readonly number: number;
	/** 0 Sunday to 6 Saturday. */
	readonly weekday: number;
	/** 0 at the beginning of the history, 1 at its end. */
	readonly progress: number;
}

interface Spike {
	readonly kind: OriginKind;
	/** Age of the post in days when it begins. */
	readonly age: number;
	readonly visits: number;
	/** Share left on each further day. */
	readonly decay: number;
}

const SPIKES: Readonly<Record<string, readonly Spike[]>> = {
	[postPath('how-long-should-an-article-be')]: [
		{ kind: 'hackerNews', age: 2, visits: 2300, decay: 0.22 }
	],
	[postPath('attribution-is-an-opinion')]: [
		{ kind: 'hackerNews', age: 6, visits: 620, decay: 0.2 }
	],
	[postPath('raise-your-prices')]: [{ kind: 'referral', age: 138, visits: 520, decay: 0.45 }],
	[postPath('free-plans-are-marketing')]: [{ kind: 'x', age: 3, visits: 700, decay: 0.35 }],
	[postPath('the-one-page-sales-plan')]: [{ kind: 'referral', age: 300, visits: 240, decay: 0.5 }],
	[postPath('dont-buy-into-the-recent-hype-about-relationships-and-sales')]: [
		{ kind: 'linkedin', age: 3108, visits: 380, decay: 0.4 }
	]
};

const OFFICE_DAYS: readonly number[] = [0.5, 1.1, 1.17, 1.15, 1.08, 0.9, 0.42];
const FEED_DAYS: readonly number[] = [0.72, 1.05, 1.1, 1.1, 1.05, 0.95, 0.7];
/** Brings the whole history to about 400,000 events. */
const SCALE = 0.77;
const CHRISTMAS_DIP = 0.55;

export function subjectOf(post: PostInput): Subject {
	return {
		post,
		appeal: appealOf(post),
		publishedDay: Math.floor((post.publishedAt ?? 0) / 86_400_000)
	};
}

/** The visits that a day may expect for a post. Nothing before its publication. */
export function demandFor(subject: Subject, day: DayPlace): readonly Demand[] {
	const age = day.number - subject.publishedDay;
	if (age < 0) return [];
	const { launch } = subject.appeal;
	const audience = 0.7 + 0.6 * day.progress;
	const office = (OFFICE_DAYS[day.weekday] ?? 1) * season(day.number);
	const feed = (FEED_DAYS[day.weekday] ?? 1) * season(day.number);
	const burst = age < 45 ? launch * audience : 0;
	const found = searchVisits(subject, age, day.progress) * office;
	const sent = age === 0 ? 0.55 : age === 1 ? 1 : 0.34 ** (age - 1);
	const demands: Demand[] = [
		{ kind: 'search', visits: found },
		{ kind: 'assistants', visits: found * (0.015 + 0.075 * day.progress ** 2) },
		{ kind: 'newsletter', visits: 92 * burst * sent * office },
		{ kind: 'linkedin', visits: 34 * burst * 0.62 ** age * office },
		{ kind: 'x', visits: 15 * burst * 0.5 ** age * feed * (1.2 - 0.5 * day.progress) },
		{ kind: 'facebook', visits: 11 * burst * 0.6 ** age * feed },
		{ kind: 'feed', visits: 12 * burst * 0.55 ** age * feed },
		{ kind: 'direct', visits: (20 * burst * 0.66 ** age + 0.07 * found + 0.05) * office },
		{ kind: 'referral', visits: (4 * burst * 0.85 ** age + 0.04 * found) * feed },
		{ kind: 'paid', visits: paidVisits(subject, day) }
	];
	for (const spike of SPIKES[subject.post.path] ?? []) {
		const since = age - spike.age;
		if (since >= 0 && since < 14)
			demands.push({ kind: spike.kind, visits: spike.visits * spike.decay ** since });
	}
	return demands.map(({ kind, visits }) => ({ kind, visits: visits * SCALE }));
}

/** Visits that begin on the front page. */
export function frontPageDemand(day: DayPlace): readonly Demand[] {
	const office = (OFFICE_DAYS[day.weekday] ?? 1) * season(day.number);
	const audience = 0.6 + 0.8 * day.progress;
	return [
		{ kind: 'direct', visits: 10 * office * audience },
		{ kind: 'search', visits: 5 * office * audience },
		{ kind: 'referral', visits: 1.2 * office * audience },
		{ kind: 'linkedin', visits: 1 * office * audience }
	];
}

/** Search finds a post slowly, then keeps sending. */
function searchVisits(subject: Subject, age: number, progress: number): number {
	const { search, found, growth } = subject.appeal;
	const reached = 1 / (1 + Math.exp(-(age - found) / (found / 3.2)));
	const years = Math.min(age, 540) / 365;
	return 0.9 * search * reached * growth ** years * (0.75 + 0.5 * progress);
}

/** The pricing posts were advertised for two spells of the history. */
function paidVisits(subject: Subject, day: DayPlace): number {
	if (!subject.post.topics.includes('Pricing')) return 0;
	const spell =
		(day.progress > 0.42 && day.progress < 0.52) || (day.progress > 0.84 && day.progress < 0.97);
	if (!spell || day.weekday === 0 || day.weekday === 6) return 0;
	return hashText(subject.post.path) % 2 === 0 ? 9 : 0;
}

/** Offices are closed around Christmas and quieter in August. */
function season(dayNumber: number): number {
	const date = new Date(dayNumber * 86_400_000);
	const month = date.getUTCMonth();
	const day = date.getUTCDate();
	if ((month === 11 && day >= 22) || (month === 0 && day <= 2)) return CHRISTMAS_DIP;
	return month === 7 ? 0.87 : 1;
}
