import type { Post } from '../post.ts';
import { foldPage } from './fold-page.ts';
import { pageVariants } from './page-variants.ts';
import type { PageRules } from './site-rules.ts';

/**
 * The post of each page, by the folded path. A post's own path comes before another's former path, and either before
 * the AMP and print variants of a third.
 */
export function pagePosts(posts: readonly Post[], rules: PageRules): ReadonlyMap<string, number> {
	const byPage = new Map<string, number>();
	const claim = (paths: (post: Post) => readonly string[]): void => {
		for (const post of posts)
			for (const path of paths(post)) {
				const page = foldPage(path, rules);
				if (!byPage.has(page)) byPage.set(page, post.id);
			}
	};
	claim(({ path }) => [path]);
	claim(({ formerPaths }) => formerPaths);
	claim(({ path, formerPaths }) => [path, ...formerPaths].flatMap(pageVariants));
	return byPage;
}
