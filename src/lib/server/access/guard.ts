import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { queryError } from '#analytics/server';
import { passwordPath, shareToken } from '#lib/share-key.ts';
import { refuse } from '#lib/server/api-answer.ts';
import { engine } from '#lib/server/open-engine.ts';
import { beyondLink, isHiddenFromGuest } from './guest-screens.ts';
import { ruleOf, type Rule } from './rules.ts';
import { siteFor } from './site-for.ts';
import { unauthorised } from './unauthorised.ts';
import { STRANGER } from './viewers.ts';

/** Routes that answer programs and files: nobody is sent from there to a form. */
const ENDPOINTS = new Set(
	Object.keys(import.meta.glob('/src/routes/**/+server.ts')).map(
		(path) => path.slice('/src/routes'.length, -'/+server.ts'.length) || '/'
	)
);

const FORBIDDEN = 'Your role on this site does not include this.';

/**
 * Holds a request to the rule of its route. Answers where an endpoint is refused, and throws what SvelteKit sends
 * otherwise; a screen that its viewer's role does not include is drawn for a stranger, who sees nothing, and says so.
 */
export function refusalOf(event: RequestEvent): Response | null {
	const { route, request, locals } = event;
	const verdict = verdictOf(event);
	// There is no such page: nothing to guard.
	if (verdict === 'allowed' || route.id === null) return null;
	if (verdict === 405) error(405, `${request.method} is not allowed here.`);
	if (verdict === 401) return strangerAnswer(event);
	if (typeof verdict === 'object') redirect(303, verdict.leadsTo);
	if (ENDPOINTS.has(route.id)) return endpointRefusal(event, verdict);
	const message = textOf(event, verdict);
	if (request.method !== 'GET' && request.method !== 'HEAD') error(verdict, message);
	// Only the screens of a site can be drawn without showing anything.
	if (event.isDataRequest || !route.id.startsWith('/[site]')) error(verdict, message);
	locals.viewer = STRANGER;
	locals.refused = { status: verdict, message };
	return null;
}

/** `leadsTo`: what a link shows is elsewhere. */
type Verdict = 'allowed' | 401 | 403 | 404 | 405 | { readonly leadsTo: string };

/** What the rule of its route says of a request by whoever `locals.viewer` is. */
export function verdictOf(event: RequestEvent): Verdict {
	const { route, request, locals } = event;
	if (route.id === null) return 'allowed';
	const rule = ruleOf(route.id, request.method);
	if (rule === null) return 405;
	if (rule === 'public') return 'allowed';
	const { kind } = locals.viewer;
	if (kind === 'stranger' || (kind === 'key' && !route.id.startsWith('/api/'))) return 401;
	const beyond = beyondLink(event);
	if (beyond !== null) return { leadsTo: beyond };
	return statusFor(rule, event) ?? 'allowed';
}

/** 404 where whoever asks may know of no such thing, 403 where they may not do it; null where they may. */
function statusFor(rule: Exclude<Rule, 'public'>, event: RequestEvent): 403 | 404 | null {
	const { viewer } = event.locals;
	switch (rule) {
		case 'signed-in':
			return viewer.kind === 'guest' ? 404 : null;
		case 'person':
			return viewer.person === null ? 404 : null;
		case 'installation':
			return viewer.ownsAll ? null : 404;
		default: {
			const site = siteFor(viewer, siteNamed(event));
			const access = site === null ? null : viewer.accessTo(site);
			if (access === null || isHiddenFromGuest(event)) return 404;
			return access.can(rule) ? null : 403;
		}
	}
}

/** A stranger hears the same of every site, whether or not there is one. */
function strangerAnswer(event: RequestEvent): Response {
	const { route, request, url, locals } = event;
	if (route.id !== null && ENDPOINTS.has(route.id))
		return unauthorised(route.id, locals.viewer.lacks === 'right_key');
	const token = shareToken(siteNamed(event));
	if (token !== null) {
		if (locals.viewer.lacks === 'password') redirect(303, passwordPath(token));
		error(404, 'This link does not hold, or no longer.');
	}
	if (engine().accounts.setUp.token() !== null) redirect(303, '/setup');
	const isScreen = request.method === 'GET' || request.method === 'HEAD';
	const to = isScreen && url.pathname !== '/' ? `${url.pathname}${url.search}` : '';
	redirect(303, to === '' ? '/sign-in' : `/sign-in?${new URLSearchParams({ to }).toString()}`);
}

function endpointRefusal(event: RequestEvent, status: 403 | 404): Response {
	const domain = siteNamed(event);
	return refuse(status, [
		status === 404
			? queryError('site', domain, 'the domain of one of your sites')
			: { path: '#', given: '', allowed: 'what your role includes', message: FORBIDDEN }
	]);
}

function textOf(event: RequestEvent, status: 403 | 404): string {
	if (status === 403) return FORBIDDEN;
	const domain = siteNamed(event);
	return domain === '' ? 'There is no such page.' : `There is no site "${domain}" here.`;
}

/** What a request calls its site; empty where it names none. */
export function siteNamed({ params, url }: RequestEvent): string {
	return params['site'] ?? url.searchParams.get('site') ?? '';
}
