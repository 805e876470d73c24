import type { RequestEvent } from '@sveltejs/kit';
import { engine, isReadOnly } from '#lib/server/open-engine.ts';

/** Hosts whose pages may show an answer in a frame: those of the link that it is asked by. */
export function framedBy({ locals, route, params }: RequestEvent): readonly string[] {
	const { guest } = locals.viewer;
	if (guest !== undefined) return guest.link.hosts;
	const token = params['token'];
	if (route.id !== '/(door)/share/[token]/password' || token === undefined || isReadOnly())
		return [];
	return engine().accounts.shareLinks.use(token, Date.now())?.hosts ?? [];
}
