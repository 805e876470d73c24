import { z } from 'zod';
import { foldPage } from '../../posts/identity/fold-page.ts';
import { isWithoutPageRules, siteRules, type PageRules } from '../../posts/identity/site-rules.ts';
import { sql, raw, type Sql } from '../sql.ts';
import type { Write } from './write.ts';

const rulesRow = z.object({
	site_id: z.number(),
	rules: z
		.string()
		.transform((json) =>
			siteRules.pick({ html: true, letterCase: true, params: true }).parse(JSON.parse(json))
		)
});
const pageRow = z.object({ page: z.string() });
/** Rows of `imported` whose value is a page. */
const IS_OF_PAGES = raw("dimension in ('page', 'entry_page', 'exit_page')");

/** Notes the pages of the visitors in `due` that stand for another page by their site's rules. */
export async function foldNewPages(write: Write): Promise<void> {
	const sites = z.array(rulesRow).parse(await write(raw('select site_id, rules from page_rules')));
	for (const { site_id: site, rules } of sites) {
		const pages = await write(sql`
			select distinct e.page from events e
			semi join due on due.site_id = e.site_id and due.day = e.day and due.visitor = e.visitor
			anti join page_folds known on known.site_id = e.site_id and known.page = e.page
			where e.site_id = ${site}`);
		const found = foldsOf(pages, rules);
		if (found !== null)
			await write(sql`insert into page_folds select ${site}, page, folded from ${found}`);
	}
}

/** The same for pages that other tools counted, of one import. */
export async function foldImportedPages(write: Write, importId: number): Promise<void> {
	const sites = z.array(rulesRow).parse(await write(raw('select site_id, rules from page_rules')));
	for (const { site_id: site, rules } of sites) {
		const pages = await write(sql`
			select distinct i.value as page from imported i
			anti join page_folds known on known.site_id = i.site_id and known.page = i.value
			where i.import_id = ${importId} and i.site_id = ${site} and ${IS_OF_PAGES}`);
		const found = foldsOf(pages, rules);
		if (found !== null)
			await write(sql`insert into page_folds select ${site}, page, folded from ${found}`);
	}
}

/** Where a site's rules change: folds its pages anew, and marks the days of those that now stand for another. */
export async function changePageRules(
	write: Write,
	site: number,
	{ html, letterCase, params }: PageRules
): Promise<void> {
	const rules = { html, letterCase, params };
	const given = isWithoutPageRules(rules) ? null : JSON.stringify(rules);
	const [row] = await write(sql`select rules from page_rules where site_id = ${site}`);
	if ((row?.['rules'] ?? null) === given) return;
	const pages = await write(sql`
		select page from events where site_id = ${site}
		union select value from imported where site_id = ${site} and ${IS_OF_PAGES}`);
	const found = foldsOf(pages, rules) ?? sql`(select '' as page, '' as folded where false)`;
	await write(sql`create or replace temporary table folds as select page, folded from ${found}`);
	await write(sql`
		insert into touched
		with before as (select page, folded from page_folds where site_id = ${site}),
		changed as (
			select page from ((from before except from folds) union all (from folds except from before))
		)
		select distinct site_id, day from events where site_id = ${site} and page in (from changed)`);
	await write(sql`delete from page_folds where site_id = ${site}`);
	await write(sql`insert into page_folds select ${site}, page, folded from folds`);
	await write(sql`delete from page_rules where site_id = ${site}`);
	if (given !== null) await write(sql`insert into page_rules values (${site}, ${given})`);
}

function foldsOf(rows: readonly unknown[], rules: PageRules): Sql | null {
	const folds = z
		.array(pageRow)
		.parse(rows)
		.map(({ page }) => ({ page, folded: foldPage(page, rules) }))
		.filter(({ page, folded }) => page !== folded);
	return folds.length === 0
		? null
		: sql`(select unnest(from_json(${JSON.stringify(folds)}, '[{"page":"varchar","folded":"varchar"}]'), recursive := true))`;
}
