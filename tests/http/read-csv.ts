/** Cells of a CSV by RFC 4180, written apart from the code that writes it. Throws where a record has no CRLF. */
export function readCsv(text: string, separator: ',' | ';' = ','): readonly (readonly string[])[] {
	const step = new RegExp(`^(?:"((?:[^"]|"")*)"|([^"${separator}\\r\\n]*))(${separator}|\\r\\n)`);
	const records: string[][] = [];
	let rest = text;
	while (rest !== '') {
		const record: string[] = [];
		for (;;) {
			const cell = step.exec(rest);
			if (!cell) throw new Error(`Not CSV at ${JSON.stringify(rest.slice(0, 60))}`);
			record.push(cell[1]?.replaceAll('""', '"') ?? cell[2] ?? '');
			rest = rest.slice(cell[0].length);
			if (cell[3] === '\r\n') break;
		}
		records.push(record);
	}
	return records;
}

/** The records after the header, by column. */
export function readCsvRows(text: string): readonly Readonly<Record<string, string>>[] {
	const [header = [], ...records] = readCsv(text);
	return records.map((record) =>
		Object.fromEntries(header.map((name, index) => [name, record[index] ?? '']))
	);
}
