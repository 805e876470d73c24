import type { Cookies } from '@sveltejs/kit';
import type { ShareLink } from '#analytics/server';

const nameOf = ({ id }: Pick<ShareLink, 'id'>): string => `byline_share_${id}`;

/** What shows that a browser gave the password of a link. */
export function readProof(cookies: Cookies, link: ShareLink): string | undefined {
	return cookies.get(nameOf(link));
}

/** Until the browser is closed. In a frame of another site it is sent only by TLS, and belongs to that site alone. */
export function keepProof(cookies: Cookies, link: ShareLink, proof: string, url: URL): void {
	const secure = url.protocol === 'https:';
	const isFramed = secure && link.hosts.length > 0;
	cookies.set(nameOf(link), proof, {
		path: '/',
		httpOnly: true,
		secure,
		sameSite: isFramed ? 'none' : 'lax',
		partitioned: isFramed
	});
}
