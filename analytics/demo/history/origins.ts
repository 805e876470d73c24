import type { Event } from '../../events/event.ts';

/** Where a visit came from, as its first page view carries it. */
export type Origin = Pick<
	Event,
	'source' | 'channel' | 'referrer' | 'utmSource' | 'utmMedium' | 'utmCampaign' | 'utmContent'
>;

export type OriginKind =
	| 'search'
	| 'newsletter'
	| 'linkedin'
	| 'x'
	| 'facebook'
	| 'hackerNews'
	| 'direct'
	| 'assistants'
	| 'referral'
	| 'feed'
	| 'paid';

/** How readers of one origin behave. */
export interface Manner {
	/** Factor on the chance that an article is read. */
	readonly attention: number;
	/** Share of phones. */
	readonly mobile: number;
	/** Factor on subscribing. */
	readonly subscribing: number;
	/** Factor on clicks. */
	readonly clicking: number;
	/** Chance of another page after the first. */
	readonly curiosity: number;
	readonly origins: readonly (readonly [Origin, number])[];
}

const from = (source: string, channel: string, referrer?: string): Origin => ({
	source,
	channel,
	...(referrer === undefined ? {} : { referrer })
});

const search = (name: string, address: string): Origin => from(name, 'Organic Search', address);
const social = (name: string, address: string): Origin => from(name, 'Organic Social', address);

export const MANNERS: Readonly<Record<OriginKind, Manner>> = {
	search: {
		attention: 1,
		mobile: 0.4,
		subscribing: 1,
		clicking: 1.1,
		curiosity: 0.26,
		origins: [
			[search('Google', 'https://www.google.com/'), 82],
			[search('Bing', 'https://www.bing.com/'), 9],
			[search('DuckDuckGo', 'https://duckduckgo.com/'), 6],
			[search('Ecosia', 'https://www.ecosia.org/'), 2],
			[search('Yahoo!', 'https://search.yahoo.com/'), 1]
		]
	},
	newsletter: {
		attention: 1.45,
		mobile: 0.46,
		subscribing: 0.12,
		clicking: 1.25,
		curiosity: 0.36,
		origins: [[from('newsletter', 'Email'), 1]]
	},
	linkedin: {
		attention: 0.95,
		mobile: 0.58,
		subscribing: 1.15,
		clicking: 0.9,
		curiosity: 0.24,
		origins: [[social('LinkedIn', 'https://www.linkedin.com/'), 1]]
	},
	x: {
		attention: 0.68,
		mobile: 0.66,
		subscribing: 0.6,
		clicking: 0.6,
		curiosity: 0.14,
		origins: [[social('X', 'https://t.co/'), 1]]
	},
	facebook: {
		attention: 0.58,
		mobile: 0.8,
		subscribing: 0.5,
		clicking: 0.55,
		curiosity: 0.12,
		origins: [
			[social('Facebook', 'https://www.facebook.com/'), 3],
			[social('Facebook', 'https://m.facebook.com/'), 4]
		]
	},
	hackerNews: {
		attention: 0.8,
		mobile: 0.37,
		subscribing: 0.35,
		clicking: 0.22,
		curiosity: 0.13,
		origins: [[social('Hacker News', 'https://news.ycombinator.com/'), 1]]
	},
	direct: {
		attention: 1.2,
		mobile: 0.34,
		subscribing: 0.9,
		clicking: 1,
		curiosity: 0.46,
		origins: [[from('Direct', 'Direct'), 1]]
	},
	assistants: {
		attention: 1.1,
		mobile: 0.24,
		subscribing: 1.25,
		clicking: 1.3,
		curiosity: 0.3,
		origins: [
			[from('ChatGPT', 'AI assistants', 'https://chatgpt.com/'), 6],
			[from('Perplexity', 'AI assistants', 'https://www.perplexity.ai/'), 3],
			[from('Claude', 'AI assistants', 'https://claude.ai/'), 1.5],
			[from('Gemini', 'AI assistants', 'https://gemini.google.com/'), 1]
		]
	},
	referral: {
		attention: 1.1,
		mobile: 0.32,
		subscribing: 1.3,
		clicking: 1.05,
		curiosity: 0.32,
		origins: [
			[from('smallteamweekly.example', 'Referral', 'https://smallteamweekly.example/links'), 4],
			[from('founderforum.example', 'Referral', 'https://founderforum.example/t/reading-list'), 3],
			[from('thepricingpodcast.example', 'Referral', 'https://thepricingpodcast.example/notes'), 2],
			[from('agencydiary.example', 'Referral', 'https://agencydiary.example/'), 2]
		]
	},
	feed: {
		attention: 1.3,
		mobile: 0.3,
		subscribing: 0.3,
		clicking: 0.7,
		curiosity: 0.2,
		origins: [
			[from('Feedly', 'Feed readers', 'https://feedly.com/'), 3],
			[from('Inoreader', 'Feed readers', 'https://www.inoreader.com/'), 1]
		]
	},
	paid: {
		attention: 0.72,
		mobile: 0.5,
		subscribing: 0.9,
		clicking: 1.7,
		curiosity: 0.2,
		origins: [
			[
				{
					...from('Google', 'Paid Search', 'https://www.google.com/'),
					utmSource: 'google',
					utmMedium: 'cpc',
					utmCampaign: 'pricing-help',
					utmContent: 'worksheet'
				},
				3
			],
			[
				{
					...from('LinkedIn', 'Paid Social', 'https://www.linkedin.com/'),
					utmSource: 'linkedin',
					utmMedium: 'paid_social',
					utmCampaign: 'playbook-spring',
					utmContent: 'carousel'
				},
				1
			]
		]
	}
};

/** The issue of the newsletter that went out on a day. */
export function newsletterOrigin(origin: Origin, day: string): Origin {
	return {
		...origin,
		utmSource: 'newsletter',
		utmMedium: 'email',
		utmCampaign: `issue-${day}`
	};
}
