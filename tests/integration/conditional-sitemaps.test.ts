/** What is asked of sitemaps that were read before. */
import { expect, test } from 'vitest';
import { engine, openBoth, serve, siteOf, sync, titles } from './asked-catalogue.ts';

openBoth();

const post = (name: string): string =>
	`<script type="application/ld+json">{"@type":"BlogPosting","headline":"${name}","author":{"name":"Jo"}}</script><article>one two</article>`;
const index = (...paths: readonly string[]): string =>
	`<sitemapindex>${paths.map((path) => `<sitemap><loc>${path}</loc></sitemap>`).join('')}</sitemapindex>`;
const urlset = (...paths: readonly string[]): string =>
	`<urlset>${paths.map((path) => `<url><loc>${path}</loc></url>`).join('')}</urlset>`;
const dated = (path: string, day: string): string =>
	`<urlset><url><loc>${path}</loc><lastmod>${day}</lastmod></url></urlset>`;
test('an index and each sitemap in it are asked whether they changed', async () => {
	serve({ '/index': index('/one', '/two'), '/one': urlset('/a'), '/two': urlset('/b') });
	serve({ '/a': post('A'), '/b': post('B'), '/c': post('C'), '/d': post('D') });
	const site = siteOf('sitemap', '/index');
	expect(await sync(site)).toEqual(['200 /index', '200 /one', '200 /two', '200 /a', '200 /b']);
	expect(await sync(site)).toEqual(['304 /index', '304 /one', '304 /two']);
	serve({ '/two': urlset('/b', '/c') });
	expect(await sync(site)).toEqual(['304 /index', '304 /one', '200 /two', '200 /c']);
	serve({ '/index': index('/two', '/three'), '/three': urlset('/d') });
	expect(await sync(site)).toEqual(['200 /index', '304 /two', '200 /three', '200 /d']);
	expect(await sync(site)).toEqual(['304 /index', '304 /two', '304 /three']);
	expect(titles(site)).toEqual(['A', 'B', 'C', 'D']);
	expect(JSON.stringify(engine.registry.sync(site).known)).not.toContain('/one');
	serve({ '/index': index('/one', '/two', '/three') });
	expect(await sync(site)).toEqual(['200 /index', '200 /one', '304 /two', '304 /three']);
});

test('a sitemap that fails takes nothing with it and is asked whole the next time', async () => {
	serve({ '/index': index('/one', '/two'), '/one': urlset('/a'), '/two': urlset('/b') });
	serve({ '/a': post('A'), '/b': post('B'), '/c': post('C') });
	const site = siteOf('sitemap', '/index');
	await sync(site);
	serve({ '/one': { body: '', status: 500 } });
	expect(await sync(site, /\/one answered with status 500\.$/)).toEqual([
		'304 /index',
		'500 /one',
		'304 /two'
	]);
	serve({ '/one': urlset('/a', '/c') });
	expect(await sync(site)).toEqual(['304 /index', '200 /one', '304 /two', '200 /c']);
	expect(titles(site)).toEqual(['A', 'B', 'C']);
});

test('pages that are not read yet are read though their sitemap did not change', async () => {
	const paths = Array.from({ length: 130 }, (_, n) => `/post-${n}`);
	serve({ '/sitemap': urlset(...paths, '/dead') });
	for (const path of paths) serve({ [path]: post(path) });
	const site = siteOf('sitemap', '/sitemap');
	expect(await sync(site, /^31 more pages are read next time\.$/)).toHaveLength(101);
	const dead = /\/dead answered with status 404\.$/;
	const second = await sync(site, dead);
	expect(second[0]).toBe('304 /sitemap');
	expect(second).toHaveLength(32);
	expect(engine.posts(site)).toHaveLength(130);
	expect(await sync(site, dead)).toEqual(['304 /sitemap', '404 /dead']);
	serve({ '/dead': post('Alive') });
	expect(await sync(site)).toEqual(['304 /sitemap', '200 /dead']);
	expect(await sync(site)).toEqual(['304 /sitemap']);
	expect(engine.posts(site)).toHaveLength(131);
});

test('a page that changed and could not be read again is read the next time', async () => {
	serve({ '/sitemap': dated('/a', '2026-05-17'), '/a': post('A') });
	const site = siteOf('sitemap', '/sitemap');
	await sync(site);
	serve({ '/sitemap': dated('/a', '2027-05-17'), '/a': { body: '', status: 503 } });
	await sync(site, /\/a answered with status 503\.$/);
	serve({ '/a': post('A anew') });
	expect(await sync(site)).toEqual(['304 /sitemap', '200 /a']);
	expect(titles(site)).toEqual(['A anew']);
});

test('a page that answers 304 to whoever did not ask is not taken for read', async () => {
	serve({ '/sitemap': urlset('/a'), '/a': { body: '', always304: true } });
	const site = siteOf('sitemap', '/sitemap');
	await sync(site, /\/a answered with status 304\.$/);
	serve({ '/a': post('A') });
	await sync(site);
	expect(titles(site)).toEqual(['A']);
});

test('pages that are gone keep nobody from those behind them', async () => {
	serve({ '/sitemap': urlset('/gone-1', '/gone-2', '/gone-3', '/a'), '/a': post('A') });
	serve({ '/gone-3': { body: '', status: 410 } });
	const site = siteOf('sitemap', '/sitemap');
	const gone = [1, 2, 3].map((n) => new RegExp(`/gone-${n} answered with status 4(04|10)\\.$`));
	await sync(site, ...gone);
	expect(titles(site)).toEqual(['A']);
});

test('a server that fails three times is left for this time', async () => {
	const failing = { body: '', status: 500 };
	serve({
		'/sitemap': urlset('/1', '/2', '/3', '/4'),
		'/1': failing,
		'/2': failing,
		'/3': failing
	});
	const site = siteOf('sitemap', '/sitemap');
	await sync(site, /\/1 /, /\/2 /, /\/3 /);
});
