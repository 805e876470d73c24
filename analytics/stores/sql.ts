/** A value that may be bound: nothing else ever reaches SQL text. */
export type SqlValue = string | number | boolean | Buffer | null;

/** A piece of SQL with its bound values, composed by the `sql` tag. */
export interface Sql {
	readonly strings: readonly string[];
	readonly values: readonly SqlValue[];
}

function isSql(part: SqlValue | Sql): part is Sql {
	return typeof part === 'object' && part !== null && !Buffer.isBuffer(part);
}

/** Builds SQL: a fragment is spliced in, every other value is bound. */
export function sql(strings: TemplateStringsArray, ...parts: readonly (SqlValue | Sql)[]): Sql {
	const texts: string[] = [strings[0] ?? ''];
	const values: SqlValue[] = [];
	parts.forEach((part, index) => {
		const after = strings[index + 1] ?? '';
		if (isSql(part)) {
			texts[texts.length - 1] += part.strings[0] ?? '';
			texts.push(...part.strings.slice(1));
			values.push(...part.values);
			texts[texts.length - 1] += after;
		} else {
			values.push(part);
			texts.push(after);
		}
	});
	return { strings: texts, values };
}

/** SQL text that the program itself wrote: registries' expressions and keywords, never input. */
export function raw(text: string): Sql {
	return { strings: [text], values: [] };
}

/** A quoted column or table name. */
export function identifier(name: string): Sql {
	if (!/^[a-z_][a-z0-9_]*$/.test(name)) throw new TypeError(`"${name}" is no column name`);
	return raw(`"${name}"`);
}

/** Fragments joined by a separator; `otherwise` where there are none. */
export function join(parts: readonly Sql[], separator: string, otherwise = ''): Sql {
	if (parts.length === 0) return raw(otherwise);
	return parts.reduce((all, part) => sql`${all}${raw(separator)}${part}`);
}

/** The text with `$1`, `$2`, … in place of the values. */
export function textOf({ strings }: Sql): string {
	return strings.reduce((text, part, index) => `${text}$${index}${part}`);
}
