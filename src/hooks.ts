import type { Reroute } from '@sveltejs/kit';
import { shareKey } from '#lib/share-key.ts';

/** A guest's screens stand below the link, and are those of the site: `/share/<token>/posts` is `/[site]/posts`. */
export const reroute: Reroute = ({ url }) => {
	const [, first, token, ...rest] = url.pathname.split('/');
	if (first !== 'share' || token === undefined || token === '' || rest[0] === 'password') return;
	return ['', encodeURIComponent(shareKey(decodeURIComponent(token))), ...rest].join('/');
};
