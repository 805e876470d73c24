import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer, type ServerOptions, type TestServer } from '../support/server.ts';
import { bylineOk } from './byline-command.ts';

export const BLOG = 'blog.example.com';

/** A post as a catalogue file has it. */
export interface CataloguePost {
	readonly path: string;
	readonly title: string;
	readonly authors?: readonly string[];
	readonly topics?: readonly string[];
	readonly published_at?: string;
	readonly word_count?: number;
}

/** A server with one site, `BLOG` in UTC, and its posts. */
export async function startBlog(
	posts: readonly CataloguePost[] = [],
	env: ServerOptions['env'] = {}
): Promise<TestServer> {
	const server = await startServer({ env });
	try {
		await bylineOk(server.dataDir, 'site', 'add', BLOG);
		if (posts.length > 0) {
			const file = join(server.dataDir, 'posts.json');
			writeFileSync(file, JSON.stringify(posts));
			await bylineOk(server.dataDir, 'posts', 'sync', '--file', file);
		}
	} catch (error) {
		await server.stop();
		throw error;
	}
	return server;
}
