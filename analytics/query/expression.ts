import { Failure } from '../failure.ts';
import type { EventStore } from '../stores/event-store.ts';
import { sql } from '../stores/sql.ts';

/** What `matches` takes. */
export const EXPRESSION = 'a regular expression that RE2 understands';

/** Whether a text is a regular expression: only the store's RE2 knows. */
export async function isExpression(
	store: Pick<EventStore, 'query'>,
	text: string
): Promise<boolean> {
	try {
		await store.query(sql`select regexp_matches('', ${text})`);
		return true;
	} catch (thrown) {
		// A time limit says nothing about the expression.
		if (thrown instanceof Failure) throw thrown;
		return false;
	}
}
