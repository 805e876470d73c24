import { sql, type Sql } from '../sql.ts';
import { EVENT_FIELDS } from './event-columns.ts';

/**
 * Journal lines, or their bytes with an end between two of them, as rows `(e, position)`. One text for all lines and one
 * parse per line: a JSON array parsed as a whole took four times as long.
 */
export function parsedLines(lines: readonly string[] | Buffer, fields = EVENT_FIELDS): Sql {
	const text = Buffer.isBuffer(lines) ? sql`decode(${lines})` : sql`${lines.join('\n')}`;
	return sql`
		select from_json(line, ${fields}) as e, position
		from (
			select unnest(lines) as line, generate_subscripts(lines, 1) as position
			from (select string_split(${text}, chr(10)) as lines)
		)`;
}
