const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** 1,536 as 1.5 kB. */
export function formatBytes(bytes: number): string {
	const power = Math.min(
		UNITS.length - 1,
		Math.floor(Math.log(Math.max(1, bytes)) / Math.log(1024))
	);
	const value = bytes / 1024 ** power;
	const digits = power > 0 && value < 10 ? 1 : 0;
	const text = value.toLocaleString('en', { maximumFractionDigits: digits });
	return `${text}\u202f${UNITS[power] ?? 'B'}`;
}
