import { z } from 'zod';
import { answer, jsonBody, ref, type Json } from './operation-parts.ts';

const path = z.string().min(1).describe('The path of the post, or its whole address.');
const count = z.int().min(0).nullable();

/** What is sent to put posts into the catalogue. Other fields are not read. */
export const putPostsShape = z.array(
	z.looseObject({
		path,
		title: z.string(),
		author: z.string().nullable().optional(),
		authors: z.array(z.string()).nullable().optional(),
		topics: z.array(z.string()).nullable().optional(),
		published_at: z
			.string()
			.nullable()
			.optional()
			.describe('ISO 8601 with a zone; a bare date is a day of the site.'),
		word_count: count.optional(),
		comment_count: count.optional(),
		former_paths: z.array(path).nullable().optional()
	})
);

/** What came of it, in posts. */
export const postsPutShape = z.object({
	added: z.int(),
	updated: z.int(),
	unchanged: z.int()
});

/** The path `/api/posts`. */
export function postPaths(): Json {
	const wrong = ref('QueryErrors');
	return {
		'/api/posts': {
			put: {
				operationId: 'put_posts',
				tags: ['posts'],
				summary: 'Add posts to the catalogue, and change those that it has',
				description:
					'A post is known by its path. Posts that are not sent stay as they are. Needs the scope "Manage the catalogue".',
				parameters: [{ $ref: '#/components/parameters/site' }],
				requestBody: jsonBody(ref('PutPosts')),
				responses: {
					'200': answer('How many posts were added and changed.', ref('PostsPut')),
					'400': answer('A post is wrong; none was put.', wrong),
					'401': answer('There is neither a session nor an API key that holds.', wrong),
					'403': answer('The key or role does not include this.', wrong),
					'404': answer('There is no such site.', wrong)
				}
			}
		}
	};
}
