import { raw } from '../sql.ts';
import type { Write } from './write.ts';

/**
 * Which of some imported events do not count: lines that an earlier import brought, or that came before in this one, as
 * from a log and its gzip copy, or two that overlap. In the new temporary table `left_out (position)`.
 * @param table `staged` or `incoming`.
 * @param isOf A condition on its rows.
 */
export async function leaveOut(write: Write, table: string, isOf: string): Promise<void> {
	await write(
		raw(`create or replace temporary table left_out as
			select position from ${table} e
			where ${isOf} and exists (
				select 1 from events known
				where known.site_id = e.site_id and known.day = e.day and known.import_line = e.import_line)
			union
			select position from ${table} e
			where ${isOf} and import_line is not null
			qualify row_number() over (partition by site_id, day, import_line order by position) > 1`)
	);
}
