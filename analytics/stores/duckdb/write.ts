import type { StoreRow } from '../event-store.ts';
import type { Sql } from '../sql.ts';

/** Runs one statement on the writing connection, within the transaction that is open there. */
export type Write = (query: Sql) => Promise<readonly StoreRow[]>;
