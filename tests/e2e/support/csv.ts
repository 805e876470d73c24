/** Reads RFC 4180 text into rows keyed by the header. */
export const parseCsv = (text: string): readonly Readonly<Record<string, string>>[] => {
	const lines = parseLines(text);
	const [header = [], ...rows] = lines;
	return rows.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ''])));
};

const parseLines = (text: string): readonly (readonly string[])[] => {
	const lines: string[][] = [];
	let line: string[] = [];
	for (const [, quoted, plain, end] of text.matchAll(
		/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g
	)) {
		if (end === '' && line.length === 0 && (quoted ?? plain ?? '') === '') break;
		line.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
		if (end === ',') continue;
		lines.push(line);
		line = [];
		if (end === '') break;
	}
	return lines;
};
