/** A table of distinct combinations, each with a number that stands for them in `events` and in facts. */
export interface Numbered {
	readonly table: 'origins' | 'clients';
	/** The column with the number, here and where it is used. */
	readonly number: 'origin' | 'client';
	readonly columns: readonly string[];
}

/**
 * What is the same for very many events is kept once. Two tables and not one: what readers come from and what they read
 * with vary freely, so that there are as many combinations of both as one times the other.
 */
export const ORIGINS: Numbered = {
	table: 'origins',
	number: 'origin',
	columns: [
		'referrer',
		'source',
		'channel',
		'utm_source',
		'utm_medium',
		'utm_campaign',
		'utm_content',
		'utm_term'
	]
};
export const CLIENTS: Numbered = {
	table: 'clients',
	number: 'client',
	columns: ['country', 'device', 'browser', 'os', 'hostname']
};
const NUMBERED: readonly Numbered[] = [ORIGINS, CLIENTS];

/** The origin of whatever came from nowhere in particular. */
export const NO_ORIGIN = 0;

/** What tells combinations apart, of the columns of `from`. A digest, since many are looked up in one comparison. */
export function keyOfNumbered({ columns }: Numbered, from: string): string {
	return `md5_number(to_json([${columns.map((column) => `${from}.${column}`).join(', ')}])::varchar)`;
}

/** Gives numbers to the combinations of a table that have none. */
export function numberStatements(from: string): readonly string[] {
	return NUMBERED.map((numbered) => numberStatement(numbered, from));
}

/** The same for one kind of combinations. */
export function numberStatement(numbered: Numbered, from: string): string {
	const { table, number, columns } = numbered;
	const names = columns.join(', ');
	return `
		insert into ${table} (${number}, key, ${names})
		select ((select max(${number}) from ${table}) + row_number() over ())::integer, key, ${names}
		from (
			select ${keyOfNumbered(numbered, 'e')} as key, ${names}
			from (select distinct ${names} from ${from}) e
		) anti join ${table} using (key)`;
}

/** Joins that find the numbers of rows `e` that have the columns themselves. */
export const NUMBERING_JOINS = NUMBERED.map(
	(numbered) => `join ${numbered.table} on ${numbered.table}.key = ${keyOfNumbered(numbered, 'e')}`
).join(' ');

/** The columns that numbers stand for. */
export const NUMBERED_COLUMNS = NUMBERED.flatMap(({ columns }) => columns).join(', ');
/** The numbers, once their tables are joined. */
export const NUMBERS = NUMBERED.map(({ table, number }) => `${table}.${number}`).join(', ');

/** Rows of a table with all columns in place of their numbers. */
export function spelledOut(table: string): string {
	const joins = NUMBERED.map((one) => `join ${one.table} using (${one.number})`).join(' ');
	const columns = NUMBERED.flatMap((one) => one.columns.map((column) => `${one.table}.${column}`));
	return `select f.* exclude (origin, client), ${columns.join(', ')} from ${table} f ${joins}`;
}

/**
 * Forgets combinations that no event has any more, counted or put aside; only while all facts follow from events.
 * Without `distinct` the number of each event would be kept until all are read: sixteen times the time.
 */
export const FORGET_STATEMENTS: readonly string[] = NUMBERED.map(
	({ table, number }) =>
		`delete from ${table} where ${number} <> ${NO_ORIGIN} and ${number} not in (
			select distinct ${number} from events union select distinct ${number} from staged)`
);
