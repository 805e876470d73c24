import type { RequestEvent } from '@sveltejs/kit';
import { siteNamed, verdictOf } from './guard.ts';
import { siteFor } from './site-for.ts';
import type { Viewer } from './viewer.ts';
import { viewerOf } from './viewer-of.ts';
import { STRANGER } from './viewers.ts';

/**
 * For an answer that stays open: asks whether the same request would still be given the same part of its site. Sessions,
 * roles, links and sites are looked up anew each time; asking prolongs no session.
 */
export function openAccess(event: RequestEvent): () => Promise<boolean> {
	const opened = partSeen(event.locals.viewer, event);
	return async () => {
		const again = { ...event, locals: { ...event.locals, setCookies: [], viewer: STRANGER } };
		again.locals.viewer = await viewerOf(again, { prolongs: false });
		return verdictOf(again) === 'allowed' && partSeen(again.locals.viewer, again) === opened;
	};
}

/** The site, the role and the scope that somebody has there, as a text to compare. */
function partSeen(viewer: Viewer, event: RequestEvent): string {
	const site = siteFor(viewer, siteNamed(event));
	const access = site === null ? null : viewer.accessTo(site);
	return JSON.stringify([site?.id, access?.role, access?.scope]);
}
