import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Failure, messageOf } from '../failure.ts';
import { parseCatalogueFile } from '../posts/catalogue-file.ts';
import { siteOption } from './arguments.ts';
import type { Command } from './command.ts';

export const postsSync: Command = {
	name: 'posts sync',
	usage: '--file <posts.json> [--site <domain>]',
	help: 'Adds and updates the posts of a site from a JSON file.',
	options: ['file', 'site'],
	run: async (input, engine, io) => {
		const site = siteOption(input, engine);
		const file = input.options['file'];
		if (file === undefined)
			throw new Failure('bad_argument', 'Say which file with --file <posts.json>.');
		const posts = parseCatalogueFile(await readText(resolve(io.folder, file), file), site.zone);
		const { added, updated, unchanged } = await engine.putPosts(site, posts);
		io.note(`${added} posts added, ${updated} updated, ${unchanged} unchanged.\n`);
		return 0;
	}
};

async function readText(path: string, name: string): Promise<string> {
	try {
		return await readFile(path, 'utf8');
	} catch (thrown) {
		throw new Failure('bad_file', `${name} cannot be read: ${messageOf(thrown)}`);
	}
}
