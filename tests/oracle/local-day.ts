const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
	const known = formats.get(zone);
	if (known) return known;
	const format = new Intl.DateTimeFormat('en-GB', {
		timeZone: zone,
		hourCycle: 'h23',
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit'
	});
	formats.set(zone, format);
	return format;
}

/** Local day (`YYYY-MM-DD`) and hour (0 to 23) of a moment. */
export function localDay(
	ts: number,
	zone: string
): { readonly day: string; readonly hour: number } {
	const parts = formatOf(zone).formatToParts(ts);
	const part = (type: string): string => parts.find((p) => p.type === type)?.value ?? '';
	return { day: `${part('year')}-${part('month')}-${part('day')}`, hour: Number(part('hour')) };
}

/** The date `days` later on the calendar. */
export function addDays(date: string, days: number): string {
	return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Every date from one to another, both included. */
export function datesBetween(from: string, to: string): readonly string[] {
	const dates: string[] = [];
	for (let date = from; date <= to; date = addDays(date, 1)) dates.push(date);
	return dates;
}
