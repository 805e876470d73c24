import { expect, it } from 'vitest';
import { canonicalPath } from '../posts/canonical-path.ts';
import { pageKind } from './page-kind.ts';

const kindOf = (target: string, isKnownPost = false) =>
	pageKind(target, canonicalPath(target), isKnownPost);

it.each([
	'/',
	'/?page=2',
	'/?p=12',
	'/blog/',
	'/blog/index.html',
	'/about.htm',
	'/index.php?id=3',
	'/A.HTML',
	'/xdotool-2.20110530.html',
	'/docs/1.3',
	'/blog/tags/c++',
	'/blog/tags/rss',
	'/tag/feed/',
	'/category/atom',
	'/feed-your-cat',
	'/blog/how-we-read-rss.html',
	'/files/?C=N;O=A',
	'/list?format=short',
	'/blog/2004/May/03'
])('%s is a page', (target) => {
	expect(kindOf(target)).toBe('page');
});

it.each([
	'/feed',
	'/feed/',
	'/FEED/',
	'/feed/atom/',
	'/blog/post/feed/',
	'/tag/rss/feed',
	'/rss',
	'/blog/rss/',
	'/feeds/posts/default',
	'/index.xml',
	'/blog/index.rss',
	'/all.atom.xml',
	'/sitemap.xml',
	'/?flav=rss20',
	'/?flav=atom',
	'/blog/tags/puppet?flav=rss20',
	'/?feed=rss2',
	'/index.php?option=x&format=feed'
])('%s is a feed', (target) => {
	expect(kindOf(target)).toBe('feed');
});

it.each([
	'/favicon.ico',
	'//favicon.ico',
	'/reset.css',
	'/robots.txt',
	'/slides.pdf',
	'/xdotool.xhtml',
	'/a.tar.gz',
	'/song.mp3',
	'/.env',
	'/backup.php~',
	'/wp-json/wp/v2/posts',
	'/blog/wp-admin/',
	'/wp-login.php?action=register',
	'/xmlrpc.php',
	'/.well-known/traffic-advice'
])('%s is no page', (target) => {
	expect(kindOf(target)).toBe('not_a_page');
});

it.each([
	'/?p=12&preview=true',
	'/a?preview_id=1',
	'/p/0a1b2c3d-0000-4000-8000-0123456789ab/',
	'/a?customize_changeset_uuid=1'
])('%s is a preview, of a known post too', (target) => {
	expect(kindOf(target)).toBe('preview');
	expect(kindOf(target, true)).toBe('preview');
});

it('takes a known post in any other form', () => {
	for (const target of ['/post.pdf', '/feed', '/post?flav=rss20', '/post?preview=false']) {
		expect(kindOf(target, true)).toBe('page');
	}
});
