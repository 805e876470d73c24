import type { DuckDBConnection } from '@duckdb/node-api';
import { abortReason, Failure } from '../../failure.ts';
import type { QueryOptions, StoreRow } from '../event-store.ts';
import type { Sql } from '../sql.ts';
import { run } from './connection.ts';

/** Connections for reading, each with one query at a time. */
export interface ReaderPool {
	/**
	 * Runs a query on the next free connection. A query over the time limit, or whose signal aborts, is interrupted in
	 * the engine, not only left alone.
	 * @throws Failure `time_limit`, or the signal's reason.
	 */
	readonly query: (query: Sql, options?: QueryOptions) => Promise<readonly StoreRow[]>;
	/** Waits for the queries that run; those that come meanwhile run on the connections that `open` makes. */
	readonly replace: (open: () => Promise<readonly DuckDBConnection[]>) => Promise<void>;
	readonly close: () => void;
}

export function openReaderPool(
	first: readonly DuckDBConnection[],
	timeLimitMs: number
): ReaderPool {
	let connections = first;
	const free = [...connections];
	const waiting: ((connection: DuckDBConnection) => void)[] = [];

	function take(signal: AbortSignal | undefined): Promise<DuckDBConnection> {
		signal?.throwIfAborted();
		const connection = free.pop();
		if (connection !== undefined) return Promise.resolve(connection);
		const { promise, resolve, reject } = Promise.withResolvers<DuckDBConnection>();
		const give = (next: DuckDBConnection): void => {
			signal?.removeEventListener('abort', leave);
			resolve(next);
		};
		const leave = (): void => {
			waiting.splice(waiting.indexOf(give), 1);
			reject(abortReason(signal));
		};
		waiting.push(give);
		signal?.addEventListener('abort', leave, { once: true });
		return promise;
	}

	function giveBack(connection: DuckDBConnection): void {
		const next = waiting.shift();
		if (next === undefined) free.push(connection);
		else next(connection);
	}

	return {
		query: async (query, { signal } = {}) => {
			const connection = await take(signal);
			let stopped: Error | null = null;
			const stop = (why: Error): void => {
				stopped = why;
				connection.interrupt();
			};
			const onAbort = (): void => stop(abortReason(signal));
			const timer = setTimeout(
				() =>
					stop(
						new Failure(
							'time_limit',
							`The report took longer than ${timeLimitMs / 1000} s and was stopped. Ask for a shorter period or fewer filters.`
						)
					),
				timeLimitMs
			);
			signal?.addEventListener('abort', onAbort, { once: true });
			try {
				return await run(connection, query);
			} catch (thrown) {
				throw stopped ?? thrown;
			} finally {
				clearTimeout(timer);
				signal?.removeEventListener('abort', onAbort);
				giveBack(connection);
			}
		},
		replace: async (open) => {
			await Promise.all(connections.map(() => take(undefined)));
			for (const connection of connections) connection.closeSync();
			connections = await open();
			for (const connection of connections) giveBack(connection);
		},
		close: () => {
			for (const connection of connections) connection.closeSync();
		}
	};
}
