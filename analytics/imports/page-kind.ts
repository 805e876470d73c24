/** What a request of a blog's log was for. */
export type PageKind = 'page' | 'feed' | 'preview' | 'not_a_page';

const PAGE_EXTENSIONS = new Set(['html', 'htm', 'php']);
const FEED_EXTENSIONS = new Set(['xml', 'rss', 'rss2', 'rss20', 'atom', 'rdf', 'feed']);
const FEED_NAMES = new Set(['feed', 'feeds', 'rss', 'rss2', 'rss20', 'atom', 'rdf']);
/** After one of these a feed's name is a topic's: `/tag/rss` is a page. */
const TOPIC_FOLDERS = new Set([
	'tag',
	'tags',
	'topic',
	'topics',
	'category',
	'categories',
	'label'
]);
const FORMAT_PARAMETERS = new Set(['flav', 'flavour', 'format', 'alt', 'output', 'type']);
const FEED_FORMAT = /^(?:rss|atom|rdf|xml|feed)/;
const PREVIEW_PARAMETERS = new Set([
	'preview_id',
	'preview_nonce',
	'customize_changeset_uuid',
	'elementor-preview',
	'hs_preview'
]);
const EXTENSION = /^(?=[a-z0-9_~-]*[a-z])[a-z0-9_~-]{1,12}$/;
const FEED_PATH = /\/(?:feeds?|rss(?:2|20)?|atom|rdf)(?:\/|$)/i;
const GHOST_PREVIEW = /^\/p\/[0-9a-f]{8}-[0-9a-f-]{27}$/i;
/** Answered for programs and for people who are signed in, though they have no or a page's extension. */
const MACHINERY =
	/^\/(?:.*\/)?(?:\.well-known|wp-admin|wp-json|wp-login\.php|wp-cron\.php|xmlrpc\.php)(?:\/|$)/;

/**
 * Tells a page from feeds, previews and everything else, by the request's target and its canonical path. A known post
 * is a page in any form but a preview.
 */
export function pageKind(target: string, path: string, isKnownPost: boolean): PageKind {
	const parameters = parametersOf(target);
	if (isPreview(parameters) || GHOST_PREVIEW.test(path)) return 'preview';
	if (isKnownPost) return 'page';
	const mark = path.indexOf('?');
	const bare = mark === -1 ? path : path.slice(0, mark);
	const extension = extensionOf(bare);
	if (FEED_EXTENSIONS.has(extension)) return 'feed';
	if (extension !== '' && !PAGE_EXTENSIONS.has(extension)) return 'not_a_page';
	if (isFeedPath(bare) || isFeedQuery(parameters)) return 'feed';
	return MACHINERY.test(bare) ? 'not_a_page' : 'page';
}

function parametersOf(target: string): URLSearchParams | null {
	const mark = target.indexOf('?');
	return mark === -1 ? null : new URLSearchParams(target.slice(mark + 1));
}

function isPreview(parameters: URLSearchParams | null): boolean {
	if (parameters === null) return false;
	if (/^(?:true|1)$/.test(parameters.get('preview') ?? '')) return true;
	for (const name of parameters.keys()) if (PREVIEW_PARAMETERS.has(name)) return true;
	return false;
}

function isFeedQuery(parameters: URLSearchParams | null): boolean {
	if (parameters === null) return false;
	for (const [name, value] of parameters) {
		if (name === 'feed' && value !== '') return true;
		if (FORMAT_PARAMETERS.has(name) && FEED_FORMAT.test(value.toLowerCase())) return true;
	}
	return false;
}

function isFeedPath(path: string): boolean {
	if (!FEED_PATH.test(path)) return false;
	const segments = path.toLowerCase().split('/').slice(1);
	const isFeed = segments.some(
		(name, at) => FEED_NAMES.has(name) && !TOPIC_FOLDERS.has(segments[at - 1] ?? '')
	);
	// `/feeds/posts/default` and `/feed/podcast` are feeds; a page may well lie under `/news/rss/how-to`.
	return isFeed && (FEED_NAMES.has(segments[0] ?? '') || FEED_NAMES.has(segments.at(-1) ?? ''));
}

/** Lower-case, empty where there is none. Digits alone are a version, as in `/docs/1.3`. */
function extensionOf(path: string): string {
	const dot = path.lastIndexOf('.');
	if (dot === -1 || path.indexOf('/', dot) !== -1) return '';
	const extension = path.slice(dot + 1).toLowerCase();
	return EXTENSION.test(extension) ? extension : '';
}
