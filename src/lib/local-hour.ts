/** A moment as the hour it falls into in a zone: `2025-05-17T09`. */
export function localHour(moment: Date, zone: string): string {
	const text = new Intl.DateTimeFormat('sv-SE', {
		timeZone: zone,
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		hourCycle: 'h23'
	}).format(moment);
	return text.slice(0, 13).replace(' ', 'T');
}
