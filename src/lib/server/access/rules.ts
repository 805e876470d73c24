import type { Ability } from './abilities.ts';

/**
 * Who may ask: anybody, whoever is no stranger, people with an account, who owns the installation, or who has an ability
 * on the site named.
 */
export type Rule = 'public' | 'signed-in' | 'person' | 'installation' | Ability;

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Every route, by its id, and who may ask it by which method (GET stands for HEAD too). The site is `params.site`, or
 * `?site=` below /api. What stands nowhere here is refused.
 */
export const RULES: Readonly<Record<string, Readonly<Partial<Record<Method, Rule>>>>> = {
	'/': { GET: 'signed-in' },
	'/(door)/setup': { GET: 'public', POST: 'public' },
	'/(door)/sign-in': { GET: 'public', POST: 'public' },
	'/(door)/sign-in/code': { GET: 'public', POST: 'public' },
	'/(door)/sign-in/passkey': { POST: 'public' },
	'/(door)/forgot': { GET: 'public', POST: 'public' },
	'/(door)/reset/[token]': { GET: 'public', POST: 'public' },
	'/(door)/invite/[token]': { GET: 'public', POST: 'public' },
	'/(door)/sites/new': { GET: 'installation', POST: 'installation' },
	'/account': { GET: 'person', POST: 'person' },
	'/account/export': { GET: 'person' },
	'/account/passkeys': { POST: 'person' },
	'/sign-out': { POST: 'person' },
	'/dev/design': { GET: 'public' },
	'/(door)/share/[token]/password': { GET: 'public', POST: 'public' },

	'/[site]': { GET: 'read' },
	'/[site]/audience/[[report]]': { GET: 'read' },
	'/[site]/authors': { GET: 'read' },
	'/[site]/authors/[author]': { GET: 'read' },
	'/[site]/ctas': { GET: 'read' },
	'/[site]/ctas/[cta]': { GET: 'read' },
	'/[site]/filter': { GET: 'read' },
	'/[site]/live': { GET: 'read' },
	'/[site]/posts': { GET: 'read' },
	'/[site]/posts/[post]': { GET: 'read' },
	'/[site]/posts/[post]/edit': { GET: 'posts', POST: 'posts' },
	'/[site]/posts/attribution': { GET: 'read' },
	'/[site]/posts/pages': { GET: 'read' },
	'/[site]/recent': { GET: 'read' },
	'/[site]/segments': { GET: 'own_segments', POST: 'own_segments' },
	'/[site]/settings': { GET: 'settings', POST: 'settings' },
	'/[site]/settings/catalogue': { GET: 'settings', POST: 'settings' },
	'/[site]/settings/exports': { GET: 'exports' },
	'/[site]/settings/exports/[file]': { GET: 'exports' },
	'/[site]/settings/imports': { GET: 'imports' },
	'/[site]/settings/imports/[import]': { GET: 'imports' },
	'/[site]/settings/imports/[import]/remove': { GET: 'imports', POST: 'imports' },
	'/[site]/settings/imports/new': { GET: 'imports', POST: 'imports' },
	'/[site]/settings/imports/upload': { POST: 'imports' },
	'/[site]/settings/keys': { GET: 'keys', POST: 'keys' },
	'/[site]/settings/links': { GET: 'links', POST: 'links' },
	'/[site]/settings/log': { GET: 'people' },
	'/[site]/settings/people': { GET: 'people', POST: 'people' },
	'/[site]/settings/names': { GET: 'settings', POST: 'settings' },
	'/[site]/settings/remove': { GET: 'site', POST: 'site' },
	'/[site]/sources': { GET: 'read' },
	'/[site]/topics': { GET: 'read' },
	'/[site]/topics/[topic]': { GET: 'read' },

	// What the provider sends back is checked by better-auth.
	'/api/auth/callback/[provider]': { GET: 'public' },
	'/api/openapi.json': { GET: 'public' },
	'/api/posts': { PUT: 'posts' },
	'/api/reports/[report]': { GET: 'read' },
	'/api/segments': { GET: 'read', POST: 'own_segments' },
	'/api/segments/[id]': { PATCH: 'own_segments', DELETE: 'own_segments' },
	'/api/suggestions': { GET: 'read' },
	// The site is in the body; `reports().site` finds only those that are seen.
	'/api/v2/query': { POST: 'signed-in' }
};

const FOUND = new Map(
	Object.entries(RULES).flatMap(([route, rules]) =>
		Object.entries(rules).map(([method, rule]) => [`${method} ${route}`, rule] as const)
	)
);

/** The rule of a request; null where there is none, which refuses it. */
export function ruleOf(route: string, method: string): Rule | null {
	return FOUND.get(`${method === 'HEAD' ? 'GET' : method} ${route}`) ?? null;
}
