import type { RequestEvent } from '@sveltejs/kit';
import { engine, isReadOnly } from '#lib/server/open-engine.ts';
import { bearerOf } from '#analytics/server';
import { shareToken } from '#lib/share-key.ts';
import { guestViewer, keyViewer } from './bearer-viewers.ts';
import { readProof } from './share-cookie.ts';
import type { Viewer } from './viewer.ts';
import { DEMO, personViewer, STRANGER } from './viewers.ts';

/** Who sent a request. Using a session prolongs it, which is told to the browser, unless `prolongs` is false. */
export async function viewerOf(
	{ request, locals, params, url, cookies }: RequestEvent,
	{ prolongs = true } = {}
): Promise<Viewer> {
	if (isReadOnly()) return DEMO;
	const { accounts } = engine();
	const bearer = bearerOf(request.headers.get('authorization') ?? '');
	if (bearer !== null) {
		const key = accounts.apiKeys.use(bearer, Date.now());
		return key === null ? { ...STRANGER, lacks: 'right_key' } : keyViewer(key);
	}
	const token = shareToken(params['site'] ?? url.searchParams.get('site') ?? '');
	if (token !== null) {
		const link = accounts.shareLinks.use(token, Date.now());
		if (link === null) return STRANGER;
		const isOpen = accounts.shareLinks.isOpen(link, readProof(cookies, link));
		return isOpen ? guestViewer(link, token) : { ...STRANGER, lacks: 'password' };
	}
	const { session, cookies: prolonged } = await accounts.auth.session(request.headers, {
		prolongs
	});
	locals.setCookies.push(...prolonged);
	if (session === null) return STRANGER;
	const { id, name, email } = session.person;
	return personViewer({ id, name, email, session: session.id }, accounts);
}
