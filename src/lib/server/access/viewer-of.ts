import type { RequestEvent } from '@sveltejs/kit';
import { engine, isReadOnly } from '#lib/server/open-engine.ts';
import type { Viewer } from './viewer.ts';
import { DEMO, personViewer, STRANGER } from './viewers.ts';

/** Who sent a request. A session that is prolonged is told to the browser. */
export async function viewerOf({ request, locals }: RequestEvent): Promise<Viewer> {
	if (isReadOnly()) return DEMO;
	const { accounts } = engine();
	const { session, cookies } = await accounts.auth.session(request.headers);
	locals.setCookies.push(...cookies);
	if (session === null) return STRANGER;
	const { id, name, email } = session.person;
	return personViewer({ id, name, email, session: session.id }, accounts);
}
