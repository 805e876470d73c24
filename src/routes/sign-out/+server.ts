import { redirect } from '@sveltejs/kit';
import { record } from '#lib/server/access/record.ts';
import { engine } from '#lib/server/open-engine.ts';
import type { RequestHandler } from './$types';

/** `POST /sign-out` ends the session; a form of another site cannot ask for it. */
export const POST: RequestHandler = async ({ request, locals }) => {
	locals.setCookies.push(...(await engine().accounts.auth.signOut(request.headers)));
	record('signed_out');
	redirect(303, '/sign-in');
};
