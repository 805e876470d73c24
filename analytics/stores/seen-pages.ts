import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Site } from '../posts/site.ts';

/** How reading a page went that readers had seen first. */
export interface SeenPage {
	readonly tries: number;
	/** Epoch milliseconds. */
	readonly triedAt: number;
	/** Why it could not be read the last time; null where it could. */
	readonly problem: string | null;
}

/** Pages that were read because readers saw them, so that each is read once. */
export interface SeenPages {
	readonly list: (site: Site) => ReadonlyMap<string, SeenPage>;
	readonly note: (site: Site, page: string, at: number, problem: string | null) => void;
}

const seenRow = z.object({
	page: z.string(),
	tries: z.number(),
	tried_at: z.number(),
	problem: z.string().nullable()
});

export function openSeenPages(database: DatabaseSync): SeenPages {
	const select = database.prepare(
		'select page, tries, tried_at, problem from seen_pages where site_id = ?'
	);
	const upsert = database.prepare(
		`insert into seen_pages (site_id, page, tries, tried_at, problem) values (?, ?, 1, ?, ?)
		 on conflict do update set tries = tries + 1, tried_at = excluded.tried_at, problem = excluded.problem`
	);
	return {
		list: (site) =>
			new Map(
				z
					.array(seenRow)
					.parse(select.all(site.id))
					.map(({ page, tries, tried_at: triedAt, problem }) => [page, { tries, triedAt, problem }])
			),
		note: (site, page, at, problem) => {
			upsert.run(site.id, page, at, problem);
		}
	};
}
