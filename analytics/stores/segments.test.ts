import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder, type TemporaryFolder } from '../../tests/support/temp.ts';
import type { Site } from '../posts/site.ts';
import { openRegistry, type Registry } from './registry.ts';

const EDITOR = { person: 'eve', shared: true };
const VIEWER = { person: 'vic', shared: false };

let folder: TemporaryFolder;
let registry: Registry;
let site: Site;
let other: Site;

const open = (): Registry => openRegistry(join(folder.path, 'byline.sqlite'));

beforeEach(() => {
	folder = temporaryFolder('segments');
	registry = open();
	site = registry.addSite('blog.example.com', 'UTC', 0);
	other = registry.addSite('other.example.com', 'UTC', 0);
});
afterEach(() => {
	registry.close();
	folder.remove();
});

test('segments are kept, by name, for their site alone', () => {
	const filters = ['country:is:DE|AT', 'page:contains:a\\|b'];
	registry.segments.add(site, { name: 'readers at home', filters }, 1);
	registry.segments.add(site, { name: 'Mobile', filters: ['device:is:mobile'] }, 2);
	registry.segments.add(other, { name: 'Mobile', filters: ['os:is:iOS'] }, 3);
	registry.close();
	registry = open();
	expect(registry.segments.list(site).map(({ name }) => name)).toEqual([
		'Mobile',
		'readers at home'
	]);
	expect(registry.segments.list(site)[1]?.filters).toEqual(filters);
	expect(registry.segments.list(other).map(({ filters: [first] }) => first)).toEqual(['os:is:iOS']);
});

test('a name is given once, whatever its case', () => {
	const mobile = registry.segments.add(site, { name: 'Mobile', filters: ['device:is:mobile'] }, 0);
	const desktop = registry.segments.add(
		site,
		{ name: 'Desktop', filters: ['device:is:desktop'] },
		0
	);
	expect(() => registry.segments.add(site, { name: 'mobile', filters: ['os:is:iOS'] }, 0)).toThrow(
		/already/
	);
	expect(() => registry.segments.rename(site, desktop.id, 'MOBILE', EDITOR)).toThrow(/already/);
	expect(registry.segments.rename(site, mobile.id, 'MOBILE', EDITOR)).toBe(true);
	expect(registry.segments.list(site).map(({ name }) => name)).toEqual(['Desktop', 'MOBILE']);
});

test('another site’s segment cannot be renamed or deleted', () => {
	const { id } = registry.segments.add(site, { name: 'Mobile', filters: ['device:is:mobile'] }, 0);
	expect(registry.segments.rename(other, id, 'Stolen', EDITOR)).toBe(false);
	expect(registry.segments.remove(other, id, EDITOR)).toBe(false);
	expect(registry.segments.remove(site, id, EDITOR)).toBe(true);
	expect(registry.segments.remove(site, id, EDITOR)).toBe(false);
	expect(registry.segments.list(site)).toEqual([]);
});

test('a segment of one’s own is for that person alone, and its name is taken for nobody else', () => {
	const shared = registry.segments.add(site, { name: 'Mobile', filters: ['device:is:mobile'] }, 0);
	const own = { name: 'mobile', filters: ['os:is:iOS'] };
	const mine = registry.segments.add(site, own, 1, VIEWER.person);
	registry.segments.add(site, own, 2, EDITOR.person);
	expect(() => registry.segments.add(site, own, 3, VIEWER.person)).toThrow(/already/);
	expect(registry.segments.list(site)).toEqual([{ ...shared, shared: true }]);
	expect(registry.segments.list(site, VIEWER.person)).toEqual([
		{ ...shared, shared: true },
		{ id: mine.id, ...own, shared: false }
	]);

	expect(registry.segments.rename(site, mine.id, 'Stolen', EDITOR)).toBe(false);
	expect(registry.segments.remove(site, mine.id, EDITOR)).toBe(false);
	expect(registry.segments.rename(site, shared.id, 'Stolen', VIEWER)).toBe(false);
	expect(registry.segments.remove(site, shared.id, VIEWER)).toBe(false);
	expect(registry.segments.rename(site, mine.id, 'Mine', VIEWER)).toBe(true);
	expect(registry.segments.remove(site, shared.id, EDITOR)).toBe(true);
	expect(registry.segments.remove(site, mine.id, { person: null, shared: true })).toBe(false);
});

test('what a person saved goes with them, and leaves what is for everybody', () => {
	registry.segments.add(site, { name: 'Everybody', filters: ['os:is:iOS'] }, 0);
	for (const one of [site, other])
		registry.segments.add(one, { name: 'Mine', filters: ['os:is:iOS'] }, 1, VIEWER.person);
	expect(registry.segments.of(VIEWER.person).map(({ site: id, name }) => [id, name])).toEqual([
		[site.id, 'Mine'],
		[other.id, 'Mine']
	]);
	registry.segments.forget(VIEWER.person);
	expect(registry.segments.of(VIEWER.person)).toEqual([]);
	expect(registry.segments.list(site, VIEWER.person).map(({ name }) => name)).toEqual([
		'Everybody'
	]);
});
