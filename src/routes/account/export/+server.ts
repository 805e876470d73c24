import { personalData } from '#lib/server/access/account-screen.ts';
import type { RequestHandler } from './$types';

/** `GET /account/export`: all that is kept of whoever is signed in, as a file. */
export const GET: RequestHandler = (event) =>
	new Response(`${JSON.stringify(personalData(event), null, '\t')}\n`, {
		headers: {
			'content-type': 'application/json; charset=utf-8',
			'content-disposition': 'attachment; filename="byline_account.json"',
			'cache-control': 'no-store'
		}
	});
