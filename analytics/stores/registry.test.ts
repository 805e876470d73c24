import { join } from 'node:path';
import { expect, it } from 'vitest';
import { holdDatabase } from '../../tests/support/hold-database.ts';
import { temporaryFolder } from '../../tests/support/temp.ts';
import { openRegistry } from './registry.ts';

const HOUR = 3_600_000;

it('forgets drops of hours before an instant, of every site and of none', () => {
	const registry = openRegistry(':memory:');
	const drop = (site: number, hour: number) =>
		({ site, hour: hour * HOUR, reason: 'bot', count: 2 }) as const;
	registry.addDrops([drop(0, 1), drop(0, 5), drop(7, 4), drop(7, 5)]);
	registry.forgetDrops(5 * HOUR);
	for (const site of [0, 7])
		expect(registry.drops(site, 0)).toEqual([{ hour: 5 * HOUR, reason: 'bot', count: 2 }]);
	registry.close();
});

it('waits for a program that writes to the file for a moment', async () => {
	const folder = temporaryFolder('registry');
	const file = join(folder.path, 'byline.sqlite');
	const registry = openRegistry(file);
	const other = await holdDatabase(file);
	registry.addSite('blog.example.com', 'UTC', 0);
	expect(registry.sites().map(({ domain }) => domain)).toEqual(['blog.example.com']);
	await other.ended;
	registry.close();
	folder.remove();
});
