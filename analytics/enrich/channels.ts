/** Where visits come from, in the words that screens show. */
export const CHANNELS = [
	'Direct',
	'Organic Search',
	'Organic Social',
	'Referral',
	'Email',
	'Paid Search',
	'Paid Social',
	'Paid Other',
	'AI assistants',
	'Feed readers',
	'Affiliates',
	'Internal'
] as const;

export type Channel = (typeof CHANNELS)[number];

/** What kind of place a source is, whoever paid for the link. */
export type SourceKind = 'search' | 'social' | 'email' | 'ai' | 'feed' | 'paid' | 'referral';

export interface KnownSource {
	readonly source: string;
	readonly kind: SourceKind;
}

/** The channel of a visit by the kind of its source, without a medium that says otherwise. */
export const CHANNEL_BY_KIND: Readonly<Record<SourceKind, Channel>> = {
	search: 'Organic Search',
	social: 'Organic Social',
	email: 'Email',
	ai: 'AI assistants',
	feed: 'Feed readers',
	paid: 'Paid Other',
	referral: 'Referral'
};

/** The same for a link that someone paid for. */
export const PAID_CHANNEL_BY_KIND: Readonly<Partial<Record<SourceKind, Channel>>> = {
	search: 'Paid Search',
	social: 'Paid Social'
};

/** The kind a medium (utm_medium) says, by its words; the first that fits. */
export const MEDIUM_RULES: readonly {
	readonly words: RegExp;
	readonly channel: Channel | 'paid';
}[] = [
	{ words: /^paid[ _-]?search$|^sem$|^search[ _-]?ads?$/, channel: 'Paid Search' },
	{ words: /^paid[ _-]?social$|^social[ _-]?(?:paid|ads?)$/, channel: 'Paid Social' },
	{
		words: /^(?:cpc|cpm|cpv|cpa|cpp|ppc|retargeting|display|banner|ads?|paid.*|sponsored)$/,
		channel: 'paid'
	},
	{ words: /^e[ _-]?mail$|^news[ _-]?letter$|^mail(?:ing)?$|^drip$/, channel: 'Email' },
	{ words: /^social|^sm$|^organic[ _-]?social$/, channel: 'Organic Social' },
	{ words: /^affiliates?$|^partners?$/, channel: 'Affiliates' },
	{ words: /^feeds?$|^rss|^atom$/, channel: 'Feed readers' },
	{ words: /^ai$|^llm$|^chat[ _-]?bot$|^ai[ _-]/, channel: 'AI assistants' },
	{ words: /^organic$|^search$|^organic[ _-]?search$/, channel: 'Organic Search' }
];

/** Parameters that advertisers and mailers add to every link: whose link it is, and whether it was paid for. */
export const CLICK_IDS: readonly {
	readonly parameter: string;
	readonly source: string;
	readonly channel: Channel;
}[] = [
	{ parameter: 'gclid', source: 'Google', channel: 'Paid Search' },
	{ parameter: 'gbraid', source: 'Google', channel: 'Paid Search' },
	{ parameter: 'wbraid', source: 'Google', channel: 'Paid Search' },
	{ parameter: 'msclkid', source: 'Bing', channel: 'Paid Search' },
	{ parameter: 'yclid', source: 'Yandex', channel: 'Paid Search' },
	{ parameter: 'dclid', source: 'Google Display', channel: 'Paid Other' },
	{ parameter: 'ttclid', source: 'TikTok', channel: 'Paid Social' },
	{ parameter: 'twclid', source: 'X', channel: 'Paid Social' },
	{ parameter: 'li_fat_id', source: 'LinkedIn', channel: 'Paid Social' },
	{ parameter: 'rdt_cid', source: 'Reddit', channel: 'Paid Social' },
	// Facebook and Instagram add theirs to every outgoing link, paid or not.
	{ parameter: 'fbclid', source: 'Facebook', channel: 'Organic Social' },
	{ parameter: 'igshid', source: 'Instagram', channel: 'Organic Social' },
	{ parameter: 'igsh', source: 'Instagram', channel: 'Organic Social' },
	{ parameter: 'mc_cid', source: 'Mailchimp', channel: 'Email' },
	{ parameter: 'mc_eid', source: 'Mailchimp', channel: 'Email' },
	{ parameter: '_hsenc', source: 'HubSpot', channel: 'Email' },
	{ parameter: '_hsmi', source: 'HubSpot', channel: 'Email' },
	{ parameter: 'ck_subscriber_id', source: 'Kit', channel: 'Email' },
	{ parameter: 'irclickid', source: 'Impact', channel: 'Affiliates' },
	{ parameter: 'awc', source: 'Awin', channel: 'Affiliates' },
	{ parameter: 'cjevent', source: 'CJ', channel: 'Affiliates' }
];

const ai = (source: string): KnownSource => ({ source, kind: 'ai' });
const feed = (source: string): KnownSource => ({ source, kind: 'feed' });
const social = (source: string): KnownSource => ({ source, kind: 'social' });
const search = (source: string): KnownSource => ({ source, kind: 'search' });
const email = (source: string): KnownSource => ({ source, kind: 'email' });
const referral = (source: string): KnownSource => ({ source, kind: 'referral' });

/** Hosts (their subdomains included) and Android packages that the referrer list lacks or files elsewhere. */
export const KNOWN_HOSTS: Readonly<Record<string, KnownSource>> = {
	'chatgpt.com': ai('ChatGPT'),
	'chat.openai.com': ai('ChatGPT'),
	'perplexity.ai': ai('Perplexity'),
	'claude.ai': ai('Claude'),
	'gemini.google.com': ai('Gemini'),
	'bard.google.com': ai('Gemini'),
	'copilot.microsoft.com': ai('Copilot'),
	'copilot.cloud.microsoft': ai('Copilot'),
	'edgeservices.bing.com': ai('Copilot'),
	'chat.mistral.ai': ai('Mistral'),
	'chat.deepseek.com': ai('DeepSeek'),
	'grok.com': ai('Grok'),
	'meta.ai': ai('Meta AI'),
	'you.com': ai('You.com'),
	'poe.com': ai('Poe'),
	'phind.com': ai('Phind'),
	'com.openai.chatgpt': ai('ChatGPT'),
	'ai.perplexity.app.android': ai('Perplexity'),
	'com.anthropic.claude': ai('Claude'),
	'com.google.android.apps.bard': ai('Gemini'),

	'feedly.com': feed('Feedly'),
	'inoreader.com': feed('Inoreader'),
	'newsblur.com': feed('NewsBlur'),
	'feedbin.com': feed('Feedbin'),
	'theoldreader.com': feed('The Old Reader'),
	'netvibes.com': feed('Netvibes'),
	'feeder.co': feed('Feeder'),
	'reader.miniflux.app': feed('Miniflux'),
	'feedproxy.google.com': feed('FeedBurner'),
	'feeds.feedburner.com': feed('FeedBurner'),
	'reader.google.com': feed('Google Reader'),
	'bloglovin.com': feed('Bloglovin'),

	't.co': social('X'),
	'twitter.com': social('X'),
	'x.com': social('X'),
	'com.twitter.android': social('X'),
	'threads.net': social('Threads'),
	'threads.com': social('Threads'),
	'bsky.app': social('Bluesky'),
	'tiktok.com': social('TikTok'),
	'telegram.org': social('Telegram'),
	't.me': social('Telegram'),
	'org.telegram.messenger': social('Telegram'),
	'discord.com': social('Discord'),
	'slack.com': social('Slack'),
	'com.slack': social('Slack'),
	'whatsapp.com': social('WhatsApp'),
	'wa.me': social('WhatsApp'),
	'com.whatsapp': social('WhatsApp'),
	'facebook.com': social('Facebook'),
	'com.facebook.katana': social('Facebook'),
	'instagram.com': social('Instagram'),
	'com.instagram.android': social('Instagram'),
	'linkedin.com': social('LinkedIn'),
	'com.linkedin.android': social('LinkedIn'),
	'reddit.com': social('Reddit'),
	'com.reddit.frontpage': social('Reddit'),
	'youtube.com': social('YouTube'),
	'youtu.be': social('YouTube'),
	'pinterest.com': social('Pinterest'),
	'digg.com': social('Digg'),
	'stackexchange.com': social('Stack Exchange'),
	'superuser.com': social('Stack Exchange'),
	'serverfault.com': social('Stack Exchange'),
	'askubuntu.com': social('Stack Exchange'),
	'lobste.rs': social('Lobsters'),
	'dev.to': social('DEV Community'),
	'producthunt.com': social('Product Hunt'),

	'com.google.android.googlequicksearchbox': search('Google'),
	'duckduckgo.com': search('DuckDuckGo'),
	'baidu.com': search('Baidu'),
	'kagi.com': search('Kagi'),
	'startpage.com': search('Startpage'),
	'ecosia.org': search('Ecosia'),
	'qwant.com': search('Qwant'),

	'com.google.android.gm': email('Gmail'),
	'com.microsoft.office.outlook': email('Outlook.com'),
	'proton.me': email('Proton Mail'),
	'fastmail.com': email('Fastmail'),
	'list-manage.com': email('Mailchimp'),

	'wikipedia.org': referral('Wikipedia'),
	'medium.com': referral('Medium'),
	'substack.com': referral('Substack')
};

/** What people write in utm_source, source or ref, by its lower-case text. */
export const KNOWN_TAGS: Readonly<Record<string, KnownSource>> = {
	adwords: { source: 'Google', kind: 'search' },
	googleads: { source: 'Google', kind: 'search' },
	bing: search('Bing'),
	google: search('Google'),
	duckduckgo: search('DuckDuckGo'),
	yahoo: search('Yahoo!'),
	yandex: search('Yandex'),
	baidu: search('Baidu'),
	fb: social('Facebook'),
	facebook: social('Facebook'),
	ig: social('Instagram'),
	instagram: social('Instagram'),
	twitter: social('X'),
	x: social('X'),
	linkedin: social('LinkedIn'),
	reddit: social('Reddit'),
	youtube: social('YouTube'),
	tiktok: social('TikTok'),
	pinterest: social('Pinterest'),
	threads: social('Threads'),
	bluesky: social('Bluesky'),
	mastodon: social('Mastodon'),
	telegram: social('Telegram'),
	whatsapp: social('WhatsApp'),
	hackernews: social('Hacker News'),
	hn: social('Hacker News'),
	producthunt: social('Product Hunt'),
	newsletter: email('newsletter'),
	email: email('email'),
	mailchimp: email('Mailchimp'),
	convertkit: email('Kit'),
	kit: email('Kit'),
	hs_email: email('HubSpot'),
	hubspot: email('HubSpot'),
	buttondown: email('Buttondown'),
	beehiiv: email('beehiiv'),
	chatgpt: ai('ChatGPT'),
	openai: ai('ChatGPT'),
	perplexity: ai('Perplexity'),
	claude: ai('Claude'),
	gemini: ai('Gemini'),
	copilot: ai('Copilot'),
	feedburner: feed('FeedBurner'),
	feedly: feed('Feedly'),
	rss: feed('Feed'),
	rss2: feed('Feed'),
	rss20: feed('Feed'),
	atom: feed('Feed'),
	feed: feed('Feed')
};
