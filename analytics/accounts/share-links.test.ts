import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openShareLinks, SHARE_LINKS_MIGRATION, type NewShareLink } from './share-links.ts';

const NOW = Date.UTC(2026, 10, 28);
const HOUR = 3_600_000;
const LINK: NewShareLink = {
	name: 'For the board',
	screen: 'posts',
	filters: ['country is DE'],
	hosts: ['wiki.example.com'],
	password: '',
	expiresAt: null
};

function open() {
	const database = new DatabaseSync(':memory:');
	database.exec(SHARE_LINKS_MIGRATION);
	return { database, links: openShareLinks(database) };
}

test('a link is found by its token, which is not kept', async () => {
	const { database, links } = open();
	const { link, token } = await links.add(1, LINK, NOW);
	expect(token).toMatch(/^[\w-]{32}$/);
	const { password: _, ...given } = LINK;
	expect(link).toMatchObject({ ...given, site: 1, hasPassword: false, lastUsedAt: null });
	expect(links.use(token, NOW)).toEqual({ ...link, lastUsedAt: NOW });
	expect(links.list(1)).toEqual([{ ...link, lastUsedAt: NOW }]);
	const kept = JSON.stringify(database.prepare('select * from share_links').all());
	expect(kept).not.toContain(token.slice(0, 5));
	expect(links.use('', NOW)).toBe(null);
	expect(links.use(token.toLowerCase(), NOW)).toBe(null);
});

test('without a password it is open', async () => {
	const { links } = open();
	const { link } = await links.add(1, LINK, NOW);
	expect(links.isOpen(link, undefined)).toBe(true);
	expect(await links.unlock(link, '')).toBe(null);
});

test('a password opens it, and what proves that is of no other link', async () => {
	const { database, links } = open();
	const { link } = await links.add(1, { ...LINK, password: 'Rhabarber 7' }, NOW);
	const { link: other } = await links.add(1, { ...LINK, password: 'Rhabarber 7' }, NOW);
	expect(link.hasPassword).toBe(true);
	expect(links.isOpen(link, undefined)).toBe(false);
	expect(links.isOpen(link, 'x')).toBe(false);
	expect(await links.unlock(link, 'rhabarber 7')).toBe(null);
	expect(await links.unlock(link, '')).toBe(null);
	const proof = (await links.unlock(link, 'Rhabarber 7')) ?? '';
	expect(links.isOpen(link, proof)).toBe(true);
	expect(links.isOpen(other, proof)).toBe(false);
	const kept = database.prepare('select password from share_links').all();
	expect(
		Buffer.concat(kept.map((row) => row['password'] as Uint8Array)).toString('latin1')
	).not.toContain('Rhabarber');
});

test('it holds until the moment that it expires', async () => {
	const { links } = open();
	const { token } = await links.add(1, { ...LINK, expiresAt: NOW + HOUR }, NOW);
	expect(links.use(token, NOW + HOUR - 1)).not.toBe(null);
	expect(links.use(token, NOW + HOUR)).toBe(null);
});

test('one that is removed is gone, and only its own site removes it', async () => {
	const { links } = open();
	const { link, token } = await links.add(1, LINK, NOW);
	expect(links.remove(2, link.id)).toBe(false);
	expect(links.remove(1, link.id)).toBe(true);
	expect(links.use(token, NOW)).toBe(null);
	await links.add(1, LINK, NOW);
	links.removeSite(1);
	expect(links.list(1)).toEqual([]);
});
