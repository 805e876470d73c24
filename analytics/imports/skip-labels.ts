import type { ImportSkip } from './event-source.ts';

/** What lines are that an import leaves out. */
export const SKIP_LABELS: Readonly<Record<ImportSkip, string>> = {
	method: 'not GET',
	status: 'status neither 2xx nor 304',
	bot: 'bots',
	no_user_agent: 'no User-Agent',
	feed: 'feeds',
	preview: 'previews',
	not_a_page: 'not pages',
	no_page: 'events without a page',
	no_public_page: 'rows of no public page',
	other_table: 'tables that are not read'
};
