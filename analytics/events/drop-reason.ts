/** Why an event was not counted. The list is closed: intake answers one of these, never throws. */
export const DROP_REASONS = {
	bot: 'The User-Agent is a bot, a monitor or a headless browser.',
	no_user_agent: 'The request had no User-Agent.',
	unknown_site: 'No site has this domain.',
	bad_url: 'The page address is not an http or https address.',
	rate_limit: 'More events came for the site than its limit lets through.',
	spam_referrer: 'The referrer is a domain known for referrer spam.',
	privacy_signal:
		'The browser has Global Privacy Control or Do Not Track on, and the site honours them.',
	invalid: 'A field of a batched event was wrong; the answer told which.'
} as const;

export type DropReason = keyof typeof DROP_REASONS;
