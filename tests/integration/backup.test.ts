/** A backup restored elsewhere is the same installation. */
import { appendFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { REPORT_IDS } from '../../analytics/reports/report-ids.ts';
import { byline, bylineOk } from '../http/byline-command.ts';
import { openCommands, type CommandsHere } from '../http/commands-here.ts';
import { temporaryFolder } from '../support/temp.ts';

const SAMPLE = fileURLToPath(new URL('../../../shared/data/semicomplete/', import.meta.url));
const DAYS = ['--from', '2015-05-17', '--to', '2015-05-18'] as const;

/** A busy machine's time. */
vi.setConfig({ testTimeout: 240_000 });

const scratch = temporaryFolder('backup');
const folder = (name: string): string => join(scratch.path, name);
let from: CommandsHere;

beforeAll(async () => {
	from = await openCommands(folder('from'));
	await from.ok('site', 'add', 'semicomplete.com', '--timezone', 'UTC');
	await from.ok('posts', 'sync', '--file', join(SAMPLE, 'posts.json'));
	await from.ok('import', 'access-log', join(SAMPLE, 'access-2015-05-17-18.log'));
	await from.ok('topics', 'rename', 'logstash', 'Logs');
});
afterAll(async () => {
	await from.close();
	scratch.remove();
});

async function saidBy(commands: CommandsHere): Promise<Readonly<Record<string, string>>> {
	const all: Record<string, string> = {};
	for (const id of REPORT_IDS) all[id] = await commands.ok('export', id, ...DAYS);
	for (const words of [
		['import', 'list'],
		['posts', 'changes'],
		['export', 'catalogue']
	])
		all[words.join(' ')] = await commands.ok(...words);
	return all;
}

test('says the same of everything once it is restored', async () => {
	const made = await from.run('backup', folder('copy'));
	expect(made).toMatchObject({ code: 0, stdout: '' });
	expect(made.stderr).toMatch(/\d+ files, [\d.]+ MB\./);
	// Readers of a day are told apart by salts, which nobody may keep for longer than two days.
	expect(existsSync(join(folder('from'), 'salts.json'))).toBe(true);
	expect(readdirSync(folder('copy'))).not.toContain('salts.json');

	const restored = await byline(folder('to'), 'restore', folder('copy'));
	expect(restored).toMatchObject({ code: 0, stdout: '' });
	const to = await openCommands(folder('to'));
	try {
		expect(await saidBy(to)).toEqual(await saidBy(from));
		expect((await to.run('verify')).code).toBe(0);
		const log = join(SAMPLE, 'access-2015-05-17-18.log');
		expect((await to.run('import', 'access-log', log)).stderr).toContain(' 0 new');
	} finally {
		await to.close();
	}
});

test.each<[string, (copy: string) => void, RegExp]>([
	[
		'a file has changed',
		(copy) => appendFileSync(join(copy, 'byline.sqlite'), 'x'),
		/byline\.sqlite in .* is not what was backed up/
	],
	['a file is missing', (copy) => rmSync(join(copy, 'events.duckdb')), /events\.duckdb is missing/],
	['it was cut off', (copy) => rmSync(join(copy, 'backup.json')), /is no whole backup/],
	[
		'it names files outside of the folder',
		(copy) =>
			writeFileSync(
				join(copy, 'backup.json'),
				JSON.stringify({
					byline_backup: 1,
					made_at: 0,
					files: [{ path: '../outside', bytes: 0, sha256: '' }]
				})
			),
		/is no whole backup/
	]
])('where %s, nothing is restored and one sentence says why', async (name, spoil, sentence) => {
	const copy = folder(`copy ${name}`);
	await from.ok('backup', copy);
	spoil(copy);
	const target = folder(`to ${name}`);
	const { code, stdout, stderr } = await byline(target, 'restore', copy);
	expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
	expect(stderr).toMatch(/^byline: [^\n]*\n$/);
	expect(stderr).toMatch(sentence);
	expect(existsSync(target)).toBe(false);
	await bylineOk(target, 'site', 'add', 'another.example');
});

test('never over a data folder that holds something, nor into a folder that is there', async () => {
	await from.ok('backup', folder('whole'));
	const { code, stderr } = await byline(folder('from'), 'restore', folder('whole'));
	expect(code).toBe(1);
	expect(stderr).toMatch(/^byline: The data folder [^\n]* holds [^\n]* already[^\n]*\n$/);
	mkdirSync(folder('there'));
	expect(await from.run('backup', folder('there'))).toMatchObject({ code: 1 });
});
