/**
 * Journal writes and DuckDB's queries share libuv's threads, four of them by default: a few slow reports would hold
 * back every event. Has to come before anything that uses them.
 */
process.env['UV_THREADPOOL_SIZE'] ??= '16';
