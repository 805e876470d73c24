import type { PostInput } from '../../posts/post.ts';
import { topicPath } from '../blog.ts';
import type { Block } from '../body.ts';
import { AUTHORS } from '../content/authors.ts';
import { COMMENTS, EVERGREEN_COMMENT } from '../content/comments.ts';
import { EVERGREEN } from '../content/posts.ts';
import { WORKSHOP } from '../content/offers.ts';
import { TOPICS } from '../content/topics.ts';
import { ctasOf, type DemoCta } from '../ctas.ts';
import { html, NOTHING, type Markup } from '../html.ts';
import { hashText } from '../random.ts';
import { coverArt, portrait } from './art.ts';
import { ctaBlock, learnMore } from './cta-block.ts';
import { dayTag, momentTag } from './dates.ts';
import { renderPage, subscribeForm } from './layout.ts';

export interface ArticleView {
	readonly post: PostInput;
	readonly blocks: readonly Block[];
	/** All posts, newest first. */
	readonly posts: readonly PostInput[];
	readonly now: number;
	/** Chooses the variants of the calls to action. */
	readonly draw: number;
}

const RECENT_POSTS = 5;
const DAY = 86_400_000;

export function articlePage(view: ArticleView): string {
	const { post, posts, blocks } = view;
	const ctas = ctasOf(post, view.draw);
	const offer = ctas.find((cta) => cta.placement === 'sidebar')?.id;
	const main = html`<div class="wrap article-page">
		<header class="article-header">
			<p class="kicker">${topicLinks(post.topics)}</p>
			<h1>${post.title}</h1>
			${byline(post)}
			<div class="cover">${coverArt(post.path)}</div>
		</header>
		<div class="columns">
			<div class="reading">
				<article data-byline-article>${bodyWithCtas(blocks, ctas, offer)}</article>
				<p class="topics">Topics: ${topicLinks(post.topics)}</p>
				${ctaBlock(ctas, 'end-of-post')} ${authorNotes(post.authors)} ${subscribeForm('subscribe')}
				${comments(view)}
			</div>
			<aside class="sidebar" aria-label="More from the blog">
				${recentPosts(post, posts)} ${ctaBlock(ctas, 'sidebar')}
			</aside>
		</div>
	</div>`;
	return renderPage({
		title: post.title,
		description: openingOf(blocks),
		head: articleHead(post),
		main,
		overlay: slideIn(ctas)
	});
}

function articleHead(post: PostInput): Markup {
	const published = new Date(post.publishedAt ?? 0).toISOString();
	return html`<link rel="canonical" href="${post.path}" />
		<meta property="og:type" content="article" />
		<meta property="og:title" content="${post.title}" />
		<meta property="article:published_time" content="${published}" />
		${post.authors.map((author) => html`<meta name="author" content="${author}" /> `)}${post.topics.map(
			(topic) => html`<meta property="article:tag" content="${topic}" /> `
		)}`;
}

function byline(post: PostInput): Markup {
	const count = post.commentCount ?? 0;
	const authors = post.authors.map(
		(author, i) => html`${i === 0 ? '' : ' and '}<span class="author">${author}</span>`
	);
	return html`<div class="byline">
		<span class="portraits">${post.authors.map(portrait)}</span>
		<p>
			by ${authors} <span class="bar">|</span> ${momentTag(post.publishedAt ?? 0)}
			<span class="bar">|</span> <a href="#comments">${commentsLabel(count)}</a>
		</p>
	</div>`;
}

const commentsLabel = (count: number): string =>
	count === 0 ? 'no comments' : count === 1 ? '1 comment' : `${count} comments`;

function topicLinks(topics: readonly string[]): readonly Markup[] {
	return topics.map((name, i) => {
		const slug = TOPICS.find((topic) => topic.name === name)?.slug ?? '';
		return html`${i === 0 ? '' : ', '}<a href="${topicPath(slug)}">${name}</a>`;
	});
}

function bodyWithCtas(
	blocks: readonly Block[],
	ctas: readonly DemoCta[],
	offer: string | undefined
): readonly Markup[] {
	const first = gapNear(blocks, 0.34);
	const second = gapNear(blocks, 0.66);
	return blocks.map((block, i) => {
		const inserted = [
			i === first ? learnMore(ctas, WORKSHOP.id) : NOTHING,
			i === second && offer !== undefined && offer !== WORKSHOP.id ? inText(ctas, offer) : NOTHING
		];
		return html`${inserted}${renderBlock(block)} `;
	});
}

function inText(ctas: readonly DemoCta[], offer: string): Markup {
	const block = ctaBlock(ctas, 'in-text', offer);
	return block === NOTHING ? NOTHING : html`<aside aria-label="Offer">${block}</aside>`;
}

/** A block before which an aside may stand: two paragraphs meet there. */
function gapNear(blocks: readonly Block[], share: number): number {
	const wanted = Math.round(blocks.length * share);
	const fits = (i: number): boolean =>
		i > 1 && blocks[i]?.kind === 'paragraph' && blocks[i - 1]?.kind === 'paragraph';
	for (let offset = 0; offset < blocks.length; offset++) {
		if (fits(wanted + offset)) return wanted + offset;
		if (fits(wanted - offset)) return wanted - offset;
	}
	return Math.max(1, wanted);
}

function renderBlock(block: Block): Markup {
	switch (block.kind) {
		case 'lede':
			return html`<p class="lede">${block.text}</p>`;
		case 'heading':
			return html`<h2>${block.text}</h2>`;
		case 'paragraph':
			return html`<p>${block.text}</p>`;
		case 'list':
			return html`<ul>
				${block.items.map(([lead, text]) => html`<li><strong>${lead}</strong> ${text}</li> `)}
			</ul>`;
		case 'quote':
			return html`<figure>
				<blockquote><p>${block.text}</p></blockquote>
				<figcaption>${block.speaker}</figcaption>
			</figure>`;
	}
}

function authorNotes(authors: readonly string[]): Markup {
	const notes = AUTHORS.filter((author) => authors.includes(author.name));
	return html`<section class="authors" aria-label="${notes.length === 1 ? 'Author' : 'Authors'}">
		${notes.map(
			({ name, role }) =>
				html`<div class="author-note">
					${portrait(name)}
					<p><strong>${name}</strong> ${role}</p>
				</div> `
		)}
	</section>`;
}

function comments({ post, now }: ArticleView): Markup {
	const count = post.commentCount ?? 0;
	const published = post.publishedAt ?? 0;
	const span = Math.min(now - published, 19 * DAY) * 0.9;
	const from = hashText(post.path);
	const all = post.title === EVERGREEN.title ? [EVERGREEN_COMMENT] : COMMENTS;
	const items = Array.from({ length: count }, (_, i) => {
		const [name, text] = all[(from + i) % all.length] ?? EVERGREEN_COMMENT;
		const written = published + span * ((i + 0.6) / count) ** 2;
		return html`<li>
			${portrait(name)}
			<div>
				<p class="who"><strong>${name}</strong> ${momentTag(written)}</p>
				<p>${text}</p>
			</div>
		</li> `;
	});
	return html`<section class="comments" id="comments" aria-labelledby="comments-title">
		<h2 id="comments-title">${count === 0 ? 'No comments yet' : commentsLabel(count)}</h2>
		${
			count === 0
				? NOTHING
				: html`<ol>
						${items}
					</ol>`
		}
	</section>`;
}

function recentPosts(post: PostInput, posts: readonly PostInput[]): Markup {
	const recent = posts.filter((other) => other.path !== post.path).slice(0, RECENT_POSTS);
	return html`<section class="recent" aria-labelledby="recent-title">
		<h2 id="recent-title">Recent Posts</h2>
		<ul>
			${recent.map(
				(other) =>
					html`<li>
						<a href="${other.path}">${other.title}</a>
						<span class="small">${dayTag(other.publishedAt ?? 0)}</span>
					</li> `
			)}
		</ul>
	</section>`;
}

function slideIn(ctas: readonly DemoCta[]): Markup {
	const block = ctaBlock(ctas, 'slide-in');
	if (block === NOTHING) return NOTHING;
	return html`<dialog class="slide-in" open aria-label="Offer">
		<form method="dialog"><button class="close" aria-label="Close">×</button></form>
		${block}
	</dialog> `;
}

function openingOf(blocks: readonly Block[]): string {
	const first = blocks[0];
	return first?.kind === 'lede' ? first.text : '';
}
