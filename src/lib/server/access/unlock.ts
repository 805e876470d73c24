import { error, type RequestEvent } from '@sveltejs/kit';
import { subscriberOf, type ShareLink } from '#analytics/server';
import { engine } from '#lib/server/open-engine.ts';
import { keepProof, readProof } from './share-cookie.ts';

/** Wrong guesses within a quarter of an hour: from one address, and, from wherever, at one link. */
const FROM_ADDRESS = 20;
const AT_LINK = 100;

type Asked = Pick<RequestEvent, 'cookies' | 'url' | 'getClientAddress'>;

/** The link of a token, and whether this browser may follow it; 404 where it does not hold. */
export function whoseLink(
	{ cookies }: Asked,
	token: string
): { readonly link: ShareLink; readonly isOpen: boolean } {
	const { shareLinks } = engine().accounts;
	const link = shareLinks.use(token, Date.now());
	if (link === null) error(404, 'This link does not hold, or no longer.');
	return { link, isOpen: shareLinks.isOpen(link, readProof(cookies, link)) };
}

/** Lets a browser that has the password follow a link. */
export async function unlock(
	event: Asked,
	token: string,
	password: string
): Promise<'open' | 'wrong' | 'too_many' | 'gone'> {
	const { shareLinks, attempts } = engine().accounts;
	const link = shareLinks.use(token, Date.now());
	if (link === null) return 'gone';
	const attempt = [
		{ name: `address ${subscriberOf(event.getClientAddress())}`, most: FROM_ADDRESS },
		{ name: `link ${link.id}`, most: AT_LINK }
	];
	if (!attempts.take(attempt)) return 'too_many';
	const proof = await shareLinks.unlock(link, password);
	if (proof === null) return 'wrong';
	attempts.giveBack(attempt);
	keepProof(event.cookies, link, proof, event.url);
	return 'open';
}
