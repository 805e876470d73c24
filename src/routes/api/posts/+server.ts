import type { QueryError } from '#analytics';
import { messageOf, parseCatalogueFile, systemCode } from '#analytics/server';
import { answer, refuse, siteOrRefusal } from '#lib/server/api-answer.ts';
import { engine, isReadOnly } from '#lib/server/engine.ts';
import type { RequestHandler } from './$types';

/** `PUT /api/posts?site=…` adds the posts of a list to the catalogue, and changes those that it has. */
export const PUT: RequestHandler = async ({ url, request }) => {
	const site = siteOrRefusal(url.searchParams);
	if (site instanceof Response) return site;
	if (isReadOnly()) return refuse(403, [wrong('This dashboard is read-only.')]);
	const list = await listOf(request);
	if (list === null) return refuse(400, [wrong('The body is no JSON array.')]);
	try {
		const posts = await parseCatalogueFile('', Buffer.from(JSON.stringify(list)), site.zone);
		return answer(await engine().putPosts(site, posts));
	} catch (thrown) {
		if (systemCode(thrown) !== 'bad_file') throw thrown;
		return refuse(400, [wrong(messageOf(thrown))]);
	}
};

/** The body where it says that it is JSON, which no form of another site can, and is a list; else null. */
async function listOf(request: Request): Promise<readonly unknown[] | null> {
	if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) return null;
	try {
		const body: unknown = await request.json();
		return Array.isArray(body) ? body : null;
	} catch {
		return null;
	}
}

function wrong(message: string): QueryError {
	return {
		path: '#',
		given: '',
		allowed: 'posts as a JSON array, sent as application/json',
		message
	};
}
