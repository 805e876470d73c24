import { numberStatements } from '../numbered.ts';
import { raw, sql } from '../sql.ts';
import { identifiedEvents, identify } from './identify.ts';
import type { Write } from './write.ts';

/** Stores the rows of the temporary table `incoming`; returns their number. */
export async function storeIncoming(write: Write, order: string): Promise<number> {
	const [row] = await write(
		raw('select count(*) as stored, coalesce(max(position), 0) as last from incoming')
	);
	const stored = Number(row?.['stored']);
	if (stored === 0) return 0;
	await identify(write);
	for (const statement of numberStatements('incoming')) await write(raw(statement));
	await write(raw(`insert into events by name ${identifiedEvents(order)}`));
	await write(sql`update state set next_seq = next_seq + ${Number(row?.['last'])} + 1`);
	return stored;
}
