import { numberStatements } from '../numbered.ts';
import { raw, sql } from '../sql.ts';
import { identifiedEvents, identify, numberedEvents } from './identify.ts';
import type { Write } from './write.ts';

/** Stores the rows of the temporary table `incoming`; returns their number. */
export function storeIncoming(write: Write, order: string): Promise<number> {
	return store(write, identifiedEvents(order), numberStatements('incoming'));
}

/** The same of rows that have the numbers of their origins and clients. */
export function storeNumbered(write: Write, order: string): Promise<number> {
	return store(write, numberedEvents(order), []);
}

async function store(write: Write, events: string, numberings: readonly string[]): Promise<number> {
	const [row] = await write(
		raw('select count(*) as stored, coalesce(max(position), 0) as last from incoming')
	);
	const stored = Number(row?.['stored']);
	if (stored === 0) return 0;
	await identify(write);
	for (const statement of numberings) await write(raw(statement));
	await write(raw(`insert into events by name ${events}`));
	await write(sql`update state set next_seq = next_seq + ${Number(row?.['last'])} + 1`);
	return stored;
}
