import { tzOffset } from '@date-fns/tz/tzOffset';

/** An instant as ISO 8601 in a zone, with its offset: `2026-11-23T00:30:00+01:00`. */
export function isoLocal(zone: string, epochMs: number): string {
	const minutes = Math.round(tzOffset(zone, new Date(epochMs)));
	const local = new Date(epochMs + minutes * 60_000).toISOString().slice(0, 19);
	if (minutes === 0) return `${local}Z`;
	const size = Math.abs(minutes);
	const two = (value: number): string => String(value).padStart(2, '0');
	return `${local}${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
