/** An instant as ISO 8601 in UTC with seconds, or null. */
export function isoTime(epochMs: number | null): string | null {
	return epochMs === null ? null : new Date(epochMs).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
