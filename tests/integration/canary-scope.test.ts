import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Reports } from '../../analytics/engine-contract.ts';
import { openLive } from '../../analytics/live/open-live.ts';
import type { Scope } from '../../analytics/query/scope.ts';
import { openReports } from '../../analytics/reports/open-reports.ts';
import { REPORT_IDS } from '../../analytics/reports/report-ids.ts';
import type { Filter, ResolvedQuery } from '../../analytics/reports/result.ts';
import { rollUp } from '../oracle/recording.ts';
import {
	AUTHOR,
	canariesIn,
	canaryLines,
	CANARY_COUNTS,
	CANARY_DAY,
	CANARY_NOW,
	CANARY_POSTS,
	CANARY_SITE,
	CO_AUTHOR,
	OTHER_IDS,
	OWN_IDS,
	PROBES
} from '../support/canary-blog.ts';
import { everythingAsked } from '../support/everything-asked.ts';
import { openAskedEngine, type AskedEngine } from './asked-engine.ts';

const RANGE = { from: '2026-03-01', to: CANARY_DAY };
const ROLLED = { ...CANARY_SITE, id: 8, domain: 'summed.example' };
const SITES = [CANARY_SITE, ROLLED];

let engine: AskedEngine;
let whole: Reports;
beforeAll(async () => {
	engine = await openAskedEngine('canary-scope');
	for (const [number, site] of SITES.entries()) {
		await engine.store.append(canaryLines(site), { segment: number, offset: 1 });
		await engine.store.putCatalogue(site, CANARY_POSTS);
	}
	await engine.store.settle();
	await rollUp(engine.store, ROLLED.id, CANARY_DAY);
	whole = openReports({
		store: engine.store,
		sites: () => SITES,
		posts: () => CANARY_POSTS,
		now: () => CANARY_NOW
	});
});
afterAll(() => engine.close());

const within = (scope: Partial<Scope>): Reports =>
	whole.within(() => ({ authors: null, filters: [], band: true, ...scope }));

async function query(
	reports: Reports,
	filters: readonly Filter[] = [],
	site = CANARY_SITE
): Promise<ResolvedQuery> {
	const outcome = await reports.resolve(site, new URLSearchParams({ ...RANGE, compare: 'none' }));
	if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
	return { ...outcome.query, filters };
}

const asked = { range: RANGE, filters: [], posts: [...OWN_IDS, ...OTHER_IDS] };

test('the canaries are seen by whoever sees the whole site', async () => {
	const found = canariesIn(await everythingAsked(whole, { site: CANARY_SITE, ...asked })).join(
		'\n'
	);
	for (const text of ['title 24', 'topic', 'author', '-path-1', '-cta', '-placement', '-campaign'])
		expect(found).toContain(text.startsWith('-') ? `kanarie${text}` : `kanarie ${text}`);
	for (const count of [CANARY_COUNTS[0], CANARY_COUNTS[2], CANARY_COUNTS[3]])
		expect(found).toContain(`: ${count}`);
});

describe.each(SITES)('on $domain', (site) => {
	test.each([true, false])('an author is answered nothing of others (band: %s)', async (band) => {
		const own = within({ authors: [AUTHOR], band });
		expect(canariesIn(await everythingAsked(own, { site, ...asked }))).toEqual([]);
	});

	test.each(PROBES)('an author who asks for $dimension $values finds nothing', async (probe) => {
		const own = within({ authors: [AUTHOR] });
		for (const id of ['overview', 'posts', 'sources', 'ctas', 'attribution'] as const) {
			const { rows, totals } = await own.report(id, await query(own, [probe], site));
			expect(canariesIn([rows, totals])).toEqual([]);
			for (const metric of ['visitors', 'visits', 'page_views', 'readers', 'conversions', 'direct'])
				expect(totals[metric] ?? 0, `${id} ${metric}`).toBe(0);
		}
		const without: Filter = { ...probe, operator: 'is_not' };
		const { totals } = await own.report('overview', await query(own, [without], site));
		const all = await own.report('overview', await query(own, [], site));
		expect(totals).toEqual(all.totals);
	});
});

test('an author has the posts that they wrote with others', async () => {
	const own = within({ authors: [AUTHOR] });
	const { rows } = await own.report('posts', await query(own));
	expect(rows.map((row) => row['post_id']).toSorted()).toEqual(OWN_IDS);
	const authors = await own.report('authors', await query(own));
	expect(authors.rows.map((row) => [row['author'], row['posts']])).toEqual([
		[AUTHOR, 4],
		[CO_AUTHOR, 1]
	]);
	expect(
		(await within({ authors: [CO_AUTHOR] }).report('posts', await query(own))).rows
	).toHaveLength(1);
});

test('an author without a post sees nothing at all', async () => {
	for (const authors of [[], ['Nobody Here']]) {
		const nobody = within({ authors });
		const { totals } = await nobody.report('overview', await query(nobody));
		expect(totals).toMatchObject({ visitors: 0, visits: 0, page_views: 0, conversions: 0 });
		expect((await nobody.report('posts', await query(nobody))).rows).toEqual([]);
		expect(await nobody.siteNow(CANARY_SITE)).toEqual({
			visitors: 0,
			newest: null,
			hasEvents: false
		});
	}
});

test('another post is no post for an author', async () => {
	const own = within({ authors: [AUTHOR] });
	const of = await query(own);
	for (const id of [...OTHER_IDS, 999]) {
		expect(await own.postHeader(id, of)).toBe(null);
		await expect(own.post.figures(id, of)).rejects.toThrow(`There is no post ${id}.`);
	}
	expect(await own.labels(CANARY_SITE, 'post', ['24', '21'])).toEqual(['24', 'Own 21']);
});

test('what a visit began with elsewhere on the blog is Internal', async () => {
	const own = within({ authors: [AUTHOR] });
	const { rows } = await own.report('sources', await query(own));
	expect(rows.map(({ channel, source, visits }) => [channel, source, visits])).toEqual([
		['Organic Search', 'Google', 40],
		['Internal', 'Internal', 17]
	]);
});

test('visits of an author count what happened on their posts', async () => {
	const own = within({ authors: [AUTHOR] });
	const metrics = ['visits', 'views_per_visit', 'visit_duration'];
	const outcome = await own.stats(
		{ site_id: CANARY_SITE.domain, date_range: [RANGE.from, RANGE.to], metrics },
		{ site: own.site }
	);
	if (outcome.kind !== 'answer') throw new Error(JSON.stringify(outcome));
	const seconds = (14 * 40_000 + 26 * 30_000 + 17 * 10_000) / 57 / 1_000;
	expect(outcome.result.results[0]?.metrics).toEqual([57, 1, Math.round(seconds)]);
});

test('a site that is not seen does not exist', async () => {
	const none = whole.within((site) =>
		site.id === ROLLED.id ? { authors: null, filters: [], band: true } : null
	);
	expect(none.sites()).toEqual([ROLLED]);
	expect(none.site(CANARY_SITE.domain)).toBe(null);
	const of = await query(whole);
	const ask = [
		() => none.resolve(CANARY_SITE, new URLSearchParams()),
		() => none.report('posts', of),
		() => none.siteNow(CANARY_SITE),
		() => none.labels(CANARY_SITE, 'post', ['1']),
		() => none.publications(of)
	];
	for (const one of ask) await expect(one()).rejects.toThrow('There is no site shared.example.');
	const body = { site_id: CANARY_SITE.domain, metrics: ['visitors'], date_range: 'all' };
	expect(await none.stats(body, { site: whole.site })).toEqual({ kind: 'no_site' });
});

test('the scope that a query came with gives nobody more', async () => {
	const own = within({ authors: [AUTHOR] });
	const of = { ...(await query(own)), scope: { authors: null, filters: [], band: true } };
	expect(canariesIn((await own.report('posts', of)).rows)).toEqual([]);
	const narrower = own.within(() => ({ authors: [CO_AUTHOR], filters: [], band: true }));
	expect((await narrower.report('posts', of)).rows.map((row) => row['post_id'])).toEqual([22]);
});

test('who listens hears of their own part alone', async () => {
	const live = openLive({
		ask: (site, scope) => whole.within(() => scope).siteNow(site),
		version: engine.store.version,
		onTrouble: () => undefined
	});
	const own = live.within(() => ({ authors: [AUTHOR], filters: [], band: true }));
	const [all, mine] = [live.listen(CANARY_SITE), own.listen(CANARY_SITE)];
	const told = await Promise.all([all.next(), mine.next()]);
	expect(told[0]?.newest).toBeGreaterThan(told[1]?.newest ?? Number.NaN);
	expect(() => live.within(() => null).listen(CANARY_SITE)).toThrow('There is no site');
	live.close();
});

describe('fixed filters', () => {
	const TOPIC: Filter = { dimension: 'topic', operator: 'is', values: ['Own topic'] };
	const COUNTRY: Filter = { dimension: 'country', operator: 'is', values: ['DE'] };

	test.each([TOPIC, COUNTRY])(
		'answer what the same filter asked for does: $dimension',
		async (fixed) => {
			const guest = within({ filters: [fixed] });
			// The catalogue is less for a guest, and so are the posts that a conversion can be credited to.
			const differing = [
				'topics',
				'authors',
				...(fixed === TOPIC ? ['attribution', 'recent'] : [])
			];
			for (const id of REPORT_IDS.filter((one) => !differing.includes(one))) {
				const seen = await guest.report(id, await query(guest));
				const filtered = await whole.report(id, await query(whole, [fixed]));
				expect(seen.rows, id).toEqual(filtered.rows);
				expect(seen.totals, id).toEqual(filtered.totals);
			}
		}
	);

	test('of posts leave the others out everywhere', async () => {
		const guest = within({ filters: [TOPIC] });
		expect(canariesIn(await everythingAsked(guest, { site: CANARY_SITE, ...asked }))).toEqual([]);
	});

	test('cannot be lifted or contradicted', async () => {
		const guest = within({ filters: [TOPIC] });
		const usual = await guest.report('overview', await query(guest));
		for (const probe of PROBES) {
			const { totals } = await guest.report('overview', await query(guest, [probe]));
			expect(Number(totals['page_views'])).toBe(0);
			const not: Filter = { ...probe, operator: 'is_not' };
			const rest = await guest.report('overview', await query(guest, [not]));
			expect(Number(rest.totals['page_views'])).toBeLessThanOrEqual(
				Number(usual.totals['page_views'])
			);
		}
	});

	test('of readers hold where a screen looks at no filter', async () => {
		const guest = within({ filters: [{ ...COUNTRY, values: ['IS'] }] });
		const lines = await guest.sparklines(await query(guest));
		expect([...lines.keys()].filter((id) => OWN_IDS.includes(id))).toEqual([]);
		const now = await within({ filters: [{ ...COUNTRY, values: ['XX'] }] }).siteNow(CANARY_SITE);
		expect(now).toMatchObject({ visitors: 0, newest: null });
	});
});

test('every method is held to the scope', () => {
	expect(Object.keys(whole).toSorted()).toEqual(
		[
			...['labels', 'post', 'postHeader', 'publications', 'recentCurves', 'report', 'resolve'],
			...['site', 'siteNow', 'sites', 'sparklines', 'stats', 'suggest', 'trends', 'within']
		].toSorted()
	);
});
