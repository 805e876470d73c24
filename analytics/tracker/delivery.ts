import { endpoint } from './settings.ts';
import type { TrackerEvent } from './tracker-event.ts';

/** A keepalive body may hold 64 kB; fifty events stay well below. */
const MOST_AT_ONCE = 50;

/** Events to send: new ones, and those that could not be sent, under the same ids. */
export const waiting: TrackerEvent[] = [];

/**
 * Sends what waits. Text without headers of its own needs no preflight, and `keepalive` lets the request outlive the
 * page. What the network or an overloaded server did not take waits for the next call; what the server refused is gone.
 */
export const send = (): void => {
	const batch = waiting.splice(0, MOST_AT_ONCE);
	const keep = () => waiting.push(...batch);
	if (batch[0])
		fetch(endpoint, {
			method: 'POST',
			body: JSON.stringify(batch[1] ? batch : batch[0]),
			keepalive: true
		}).then(({ status }) => status > 428 && keep(), keep);
};
