import type { Engine } from '../engine.ts';
import { Failure } from '../failure.ts';
import { canonicalPath } from '../posts/canonical-path.ts';
import { foldPage } from '../posts/identity/fold-page.ts';
import { pagePosts } from '../posts/identity/page-posts.ts';
import type { Post } from '../posts/post.ts';
import type { Site } from '../posts/site.ts';

/** The post that a number, a path (former ones included) or an address names. */
export function postNamed(engine: Engine, site: Site, named: string | undefined): Post {
	if (named === undefined || named === '')
		throw new Failure('bad_argument', 'Say which post, by its path or its number.');
	const posts = engine.posts(site);
	const rules = engine.identity.rules(site);
	const id = /^\d+$/.test(named)
		? Number(named)
		: pagePosts(posts, rules).get(
				foldPage(canonicalPath(named, { keepParams: rules.params }), rules)
			);
	const post = posts.find((each) => each.id === id);
	if (post === undefined)
		throw new Failure('not_found', `There is no post "${named}" on ${site.domain}.`);
	return post;
}
