import { DROP_REASONS, type DropReason, type Site } from '#analytics';
import type { DropSummary } from '#analytics/server';
import { siteDrops } from '#lib/server/engine.ts';

/** One reason's dropped events, as the settings screen shows them. */
export interface DropRow {
	readonly key: string;
	readonly title: string;
	/** What the reason means. */
	readonly meaning: string;
	/** What an owner can do about it; back quotes around what is typed as it stands. */
	readonly advice: string;
	readonly lastDay: number;
	readonly lastWeek: number;
}

export interface DropTable {
	readonly ofSite: readonly DropRow[];
	/** Events that belong to no site. */
	readonly ofNone: readonly DropRow[];
	/** Counts by hour, newest first; one for each row of `ofSite`, then of `ofNone`. */
	readonly hours: readonly { readonly at: string; readonly counts: readonly number[] }[];
}

const TEXTS: Readonly<Record<DropReason, { readonly title: string; readonly advice: string }>> = {
	bot: {
		title: 'Bots',
		advice: 'Nothing to do. To count your own browser tests, set `ALLOW_HEADLESS` to true.'
	},
	no_user_agent: {
		title: 'No User-Agent',
		advice:
			'Browsers always send one. A server of yours that sends events must pass on the reader’s.'
	},
	unknown_site: {
		title: 'Unknown site',
		advice:
			'If it is a name of your blog, correct `data-domain` in the script tag, or add it: `npm run byline -- site alias add`.'
	},
	bad_url: {
		title: 'Bad address',
		advice: 'Often a page saved to a file. Look at the sender where there are many.'
	},
	rate_limit: {
		title: 'Too many at once',
		advice: 'If these were readers, raise `RATE_LIMIT_PER_SITE`.'
	},
	spam_referrer: {
		title: 'Referrer spam',
		advice:
			'Nothing to do. Further domains can be listed in `referrer-spam.txt` in the data folder.'
	},
	privacy_signal: {
		title: 'Privacy signal',
		advice: 'Nothing to do: this is the site’s own choice.'
	},
	invalid: {
		title: 'Wrong field',
		advice: 'Correct the program that sent the batch.'
	}
};

/** What was not counted in the last seven days, with a plain sentence for each reason. */
export function dropTable(site: Site): DropTable {
	const { ofSite, ofNone } = siteDrops(site);
	return { ofSite: rowsOf(ofSite), ofNone: rowsOf(ofNone), hours: hoursOf(ofSite, ofNone) };
}

function rowsOf({ reasons }: DropSummary): readonly DropRow[] {
	return reasons.map(({ reason, lastDay, lastWeek }) => ({
		key: reason,
		...textsOf(reason),
		lastDay,
		lastWeek
	}));
}

function textsOf(reason: string): Pick<DropRow, 'title' | 'meaning' | 'advice'> {
	if (isReason(reason)) return { ...TEXTS[reason], meaning: DROP_REASONS[reason] };
	return { title: reason, meaning: 'Another version of Byline gave this reason.', advice: '' };
}

function isReason(reason: string): reason is DropReason {
	return Object.hasOwn(DROP_REASONS, reason);
}

function hoursOf(...summaries: readonly DropSummary[]): DropTable['hours'] {
	const all = new Set(summaries.flatMap(({ hours }) => hours.map(({ hour }) => hour)));
	return [...all]
		.sort((one, other) => other - one)
		.map((at) => ({
			at: new Date(at).toISOString(),
			counts: summaries.flatMap(({ reasons, hours }) => {
				const counts = hours.find(({ hour }) => hour === at)?.counts ?? {};
				return reasons.map(({ reason }) => counts[reason] ?? 0);
			})
		}));
}
