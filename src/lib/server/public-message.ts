import { messageOf, systemCode } from '#analytics/server';

/** The one sentence that a reader gets of a failure; the reason goes to standard error. */
export function publicMessage(thrown: unknown, where: string): string {
	if (systemCode(thrown) === 'time_limit') return messageOf(thrown);
	const reason = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
	process.stderr.write(`${where}: ${reason}\n`);
	return 'Byline could not answer this. The reason is in the log of the server.';
}
