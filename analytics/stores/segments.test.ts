import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder, type TemporaryFolder } from '../../tests/support/temp.ts';
import type { Site } from '../posts/site.ts';
import { openRegistry, type Registry } from './registry.ts';

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
	registry.segments.add(site, 'readers at home', filters, 1);
	registry.segments.add(site, 'Mobile', ['device:is:mobile'], 2);
	registry.segments.add(other, 'Mobile', ['os:is:iOS'], 3);
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
	const mobile = registry.segments.add(site, 'Mobile', ['device:is:mobile'], 0);
	const desktop = registry.segments.add(site, 'Desktop', ['device:is:desktop'], 0);
	expect(() => registry.segments.add(site, 'mobile', ['os:is:iOS'], 0)).toThrow(/already/);
	expect(() => registry.segments.rename(site, desktop.id, 'MOBILE')).toThrow(/already/);
	expect(registry.segments.rename(site, mobile.id, 'MOBILE')).toBe(true);
	expect(registry.segments.list(site).map(({ name }) => name)).toEqual(['Desktop', 'MOBILE']);
});

test('another site’s segment cannot be renamed or deleted', () => {
	const { id } = registry.segments.add(site, 'Mobile', ['device:is:mobile'], 0);
	expect(registry.segments.rename(other, id, 'Stolen')).toBe(false);
	expect(registry.segments.remove(other, id)).toBe(false);
	expect(registry.segments.remove(site, id)).toBe(true);
	expect(registry.segments.remove(site, id)).toBe(false);
	expect(registry.segments.list(site)).toEqual([]);
});
