import { isbot } from 'isbot';
import { openBoundedCache } from './bounded-cache.ts';

export type BotReason = 'no_user_agent' | 'bot';

export interface BotOptions {
	/** Counts headless Chromium as the browser it is, for browser tests and the demo. Default false. */
	readonly allowHeadless?: boolean;
}

const MAX_LENGTH = 1024;
/** Driven browsers that isbot takes for people. */
const DRIVEN = /puppeteer|playwright|selenium|webdriver|phantomjs|slimerjs|jsdom|cypress/i;

const verdicts = openBoundedCache<'bot' | 'person'>(4096);

/** Why the sender of this User-Agent header is no reader, or null where it may be one. */
export function botReason(
	userAgent: string | undefined,
	options: BotOptions = {}
): BotReason | null {
	const sent = userAgent?.trim().slice(0, MAX_LENGTH) ?? '';
	if (sent === '' || sent === '-') return 'no_user_agent';
	const judged = options.allowHeadless === true ? sent.replace('HeadlessChrome', 'Chrome') : sent;
	return verdicts.get(judged, judge) === 'bot' ? 'bot' : null;
}

function judge(userAgent: string): 'bot' | 'person' {
	return isbot(userAgent) || DRIVEN.test(userAgent) ? 'bot' : 'person';
}
