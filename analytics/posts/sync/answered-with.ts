import { messageOf } from '../../failure.ts';

/** Whether a server answered, and with one of these statuses. */
export function answeredWith(thrown: unknown, ...statuses: readonly number[]): boolean {
	return statuses.some((status) => messageOf(thrown).endsWith(`answered with status ${status}.`));
}
