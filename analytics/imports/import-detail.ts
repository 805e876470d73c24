import type { ImportRecord } from '../stores/import-store.ts';

/** Which import it was, for the log. */
export function importDetail({
	id,
	format,
	rows
}: Pick<ImportRecord, 'id' | 'format' | 'rows'>): Readonly<Record<string, string>> {
	return { import: String(id), format, rows: String(rows) };
}
