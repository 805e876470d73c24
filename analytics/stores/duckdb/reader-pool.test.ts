import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../../../tests/support/temp.ts';
import { raw } from '../sql.ts';
import { openDatabase, type Database } from './connection.ts';
import { openReaderPool, type ReaderPool } from './reader-pool.ts';

/** Runs for minutes. */
const ENDLESS = raw('select count(*) as n from range(1000000000000) where range % 7 = 3');
const QUICK = raw('select 42 as n');
const LIMIT_MS = 300;

const folder = temporaryFolder('reader-pool');
let database: Database;
let pool: ReaderPool;

beforeAll(async () => {
	database = await openDatabase(join(folder.path, 'pool.duckdb'), 'write');
	pool = openReaderPool([await database.connect(), await database.connect()], LIMIT_MS);
});

afterAll(() => {
	pool.close();
	database.close();
});

test('a query over the time limit is stopped in the engine, and says so', async () => {
	await expect(pool.query(ENDLESS)).rejects.toMatchObject({ code: 'time_limit' });
	// Both connections are free again: an interrupted query holds nothing.
	await Promise.all([QUICK, QUICK, QUICK, QUICK].map((query) => pool.query(query)));
});

test('an abort stops a running query and takes a waiting one out of the queue', async () => {
	const gone = new AbortController();
	const running = [pool.query(ENDLESS), pool.query(ENDLESS, { signal: gone.signal })];
	const queued = pool.query(ENDLESS, { signal: gone.signal });
	const reason = new Error('The reader left.');
	const outcome = Promise.allSettled([...running, queued]);
	setTimeout(() => gone.abort(reason), 50);
	const [limited, aborted, left] = await outcome;
	expect(limited).toMatchObject({ status: 'rejected', reason: { code: 'time_limit' } });
	expect(aborted).toEqual({ status: 'rejected', reason });
	expect(left).toEqual({ status: 'rejected', reason });
	expect(await pool.query(QUICK)).toEqual([{ n: 42 }]);
});

test('what is aborted already does not start', async () => {
	const reason = new Error('gone');
	await expect(pool.query(QUICK, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
	expect(await pool.query(QUICK)).toEqual([{ n: 42 }]);
});

test('more queries than connections all answer', async () => {
	const rows = await Promise.all(
		Array.from({ length: 50 }, (_, n) => pool.query(raw(`select ${n} as n`)))
	);
	expect(rows.map(([row]) => row?.['n'])).toEqual(Array.from({ length: 50 }, (_, n) => n));
});
