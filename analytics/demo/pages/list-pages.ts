import type { PostInput } from '../../posts/post.ts';
import { DEMO_NAME, FRONT_PAGE, DEMO_TAGLINE, topicPath } from '../blog.ts';
import { demoPost } from '../catalogue.ts';
import type { TopicContent } from '../content/topic-content.ts';
import { TOPICS } from '../content/topics.ts';
import { html, type Markup } from '../html.ts';
import { coverArt } from './art.ts';
import { dayTag } from './dates.ts';
import { renderPage, subscribeForm } from './layout.ts';

const CARDS = 9;

/** The front page: the newest post, nine more with pictures, then all others. `posts` is newest first. */
export function frontPage(posts: readonly PostInput[]): string {
	const [newest, ...others] = posts;
	const cards = others.slice(0, CARDS);
	const main = html`<div class="wrap">
		<header class="front-header">
			<h1>${DEMO_TAGLINE}</h1>
			<ul class="topic-row" aria-label="Topics">
				${TOPICS.map((topic) => html`<li><a href="${topicPath(topic.slug)}">${topic.name}</a></li> `)}
			</ul>
		</header>
		${newest === undefined ? [] : featured(newest)}
		<section aria-labelledby="latest-title">
			<h2 id="latest-title" class="section-title">Latest</h2>
			<ul class="cards">
				${cards.map(card)}
			</ul>
		</section>
		${subscribeForm('subscribe')}
		<section aria-labelledby="all-title">
			<h2 id="all-title" class="section-title">Earlier articles</h2>
			${archive(others.slice(CARDS))}
		</section>
	</div>`;
	return renderPage({
		title: DEMO_NAME,
		description: DEMO_TAGLINE,
		main,
		current: `${FRONT_PAGE}/`
	});
}

/** All posts of one topic. */
export function topicPage(topic: TopicContent, posts: readonly PostInput[]): string {
	const own = posts.filter((post) => post.topics.includes(topic.name));
	const main = html`<div class="wrap">
		<header class="front-header">
			<p class="kicker">Topic</p>
			<h1>${topic.name}</h1>
			<p class="lede">${topic.about}</p>
		</header>
		<section aria-labelledby="all-title">
			<h2 id="all-title" class="section-title">
				${own.length === 1 ? '1 article' : `${own.length} articles`}
			</h2>
			${archive(own)}
		</section>
		${subscribeForm('subscribe')}
	</div>`;
	return renderPage({ title: topic.name, description: topic.about, main });
}

function featured(post: PostInput): Markup {
	return html`<section class="featured" aria-label="Newest article">
		<a class="cover" href="${post.path}" tabindex="-1" aria-hidden="true">${coverArt(post.path)}</a>
		<div>
			<p class="kicker">${post.topics.join(', ')}</p>
			<h2><a href="${post.path}">${post.title}</a></h2>
			<p class="excerpt">${excerpt(post)}</p>
			${meta(post)}
		</div>
	</section>`;
}

function card(post: PostInput): Markup {
	return html`<li class="card">
		<a class="cover" href="${post.path}" tabindex="-1" aria-hidden="true">${coverArt(post.path)}</a>
		<p class="kicker">${post.topics.join(', ')}</p>
		<h3><a href="${post.path}">${post.title}</a></h3>
		${meta(post)}
	</li> `;
}

function archive(posts: readonly PostInput[]): Markup {
	return html`<ul class="archive">
		${posts.map(
			(post) =>
				html`<li>
					<h3><a href="${post.path}">${post.title}</a></h3>
					<p class="excerpt">${excerpt(post)}</p>
					${meta(post)}
				</li> `
		)}
	</ul>`;
}

function meta(post: PostInput): Markup {
	const minutes = Math.max(1, Math.round((post.wordCount ?? 0) / 238));
	return html`<p class="meta">
		${post.authors.join(' and ')} <span class="bar">|</span> ${dayTag(post.publishedAt ?? 0)}
		<span class="bar">|</span> ${minutes} min
	</p>`;
}

const excerpt = (post: PostInput): string => demoPost(post.path)?.outline.lede ?? '';
