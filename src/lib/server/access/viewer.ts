import { getRequestEvent } from '$app/server';
import type { Scope, Site } from '#analytics';
import type { ApiKey, Role, ShareLink } from '#analytics/server';
import type { Ability } from './abilities.ts';

/** Who asks: a person signed in, an API key, the guest of a share link, the demo's visitor, or a stranger. */
export interface Viewer {
	readonly kind: 'person' | 'key' | 'guest' | 'demo' | 'stranger';
	/** What they may on a site; null where the site does not exist for them. */
	readonly accessTo: (site: Site) => Access | null;
	/** Whether they own the installation: every site, and those to come. */
	readonly ownsAll: boolean;
	/** The person signed in, and their session. */
	readonly person: {
		readonly id: string;
		readonly name: string;
		readonly email: string;
		readonly session: string;
	} | null;
	/** Of a key's bearer: how the key is called. */
	readonly key?: Pick<ApiKey, 'name' | 'prefix'>;
	/** Of a guest: the link, and what stands for its site in addresses. */
	readonly guest?: { readonly link: ShareLink; readonly key: string };
	/** Of a stranger: why they are one. */
	readonly lacks?: 'right_key' | 'password';
}

export interface Access {
	readonly role: Role | 'guest' | 'key';
	readonly scope: Scope;
	readonly can: (ability: Ability) => boolean;
}

/** Who asks for what is answered at this moment. */
export function viewer(): Viewer {
	return getRequestEvent().locals.viewer;
}
