import { decodeText } from '../fetch/decode.ts';
import type { Fetcher } from '../fetch/fetcher.ts';
import type { Site } from '../site.ts';
import type { PostCandidate } from '../sources/candidate.ts';
import { parsePage } from '../sources/page.ts';

/** What a page says of itself, or null where it is no post of the site. @throws Failure `fetch` */
export async function readPostPage(
	url: string,
	{ zone }: Site,
	{
		fetcher,
		isOwnHost
	}: { readonly fetcher: Fetcher; readonly isOwnHost: (host: string) => boolean }
): Promise<PostCandidate | null> {
	const answer = await fetcher.fetch(url);
	const facts = parsePage(decodeText(answer.body, answer.contentType), answer.url, zone);
	const found = new URL(facts.url);
	if (!facts.isArticle || !isOwnHost(found.hostname)) return null;
	const asked = [url, ...answer.via];
	// Blogs send what they no longer have to the front page, and themes name it as canonical of everything.
	if (isFront(found) && !asked.every((each) => isFront(new URL(each)))) return null;
	return { ...facts, formerUrls: [...answer.via, ...(facts.formerUrls ?? [])] };
}

function isFront({ pathname, search }: URL): boolean {
	return pathname === '/' && search === '';
}
