import type { Settings } from '../settings.ts';

/** Where people reach the dashboard, as far as it is known before they do. */
export function originOf({ ORIGIN, PORT }: Settings): string {
	return ORIGIN === '' ? `http://localhost:${PORT}` : ORIGIN;
}
