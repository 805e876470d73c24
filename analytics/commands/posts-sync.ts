import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { Failure, messageOf } from '../failure.ts';
import { parseCatalogueFile } from '../posts/catalogue-file.ts';
import { siteOption } from './arguments.ts';
import type { Command } from './command.ts';
import { sourceOption, SOURCES } from './source-option.ts';

export const postsSync: Command = {
	name: 'posts sync',
	usage:
		'[--file <posts.json|posts.csv> | --feed <url> | --sitemap <url> | --wordpress <url> | --ghost <url> --key <content api key>] [--site <domain>]',
	help: 'Adds and updates the posts of a site: from a JSON or CSV file, from what its blog publishes, or, where nothing is named, from what its home page names.',
	options: ['file', 'site', 'key', ...SOURCES],
	run: async (input, engine, io) => {
		const site = siteOption(input, engine);
		const named = ['file' as const, ...SOURCES].filter((name) => input.options[name] !== undefined);
		if (named.length > 1)
			throw new Failure('bad_argument', `Say one source, not --${named.join(' and --')}.`);
		const file = input.options['file'];
		if (file !== undefined) {
			const bytes = await readBytes(resolve(io.folder, file), file);
			const posts = await parseCatalogueFile(
				basename(file),
				bytes,
				site.zone,
				engine.identity.rules(site).params
			);
			const { added, updated, unchanged } = await engine.putPosts(site, posts);
			io.note(`${added} posts added, ${updated} updated, ${unchanged} unchanged.\n`);
			return 0;
		}
		const result = await engine.syncPosts(site, sourceOption(input));
		for (const error of result.errors) io.note(`${error}\n`);
		const { added, updated, unchanged } = result;
		io.note(`${added} posts added, ${updated} updated, ${unchanged} unchanged.\n`);
		return 0;
	}
};

async function readBytes(path: string, name: string): Promise<Buffer> {
	try {
		return await readFile(path);
	} catch (thrown) {
		throw new Failure('bad_file', `${name} cannot be read: ${messageOf(thrown)}`);
	}
}
