const ARTICLE =
	/^(https?:\/\/schema\.org\/)?(BlogPosting|\w*Article|LiveBlogPosting|Report|Review)$/;
const MAX_DEPTH = 12;

interface LinkedData {
	readonly isArticle: boolean;
	readonly title?: string | undefined;
	readonly url?: string | undefined;
	readonly authors: readonly string[];
	readonly topics: readonly string[];
	readonly published: readonly string[];
	readonly wordCount?: number | undefined;
	readonly commentCount?: number | undefined;
}

type Node = Readonly<Record<string, unknown>>;

/** What JSON-LD scripts of a page say of its article, `@graph` and references by `@id` included. */
export function readJsonLd(scripts: readonly string[]): LinkedData {
	const nodes = scripts.flatMap((script) => nodesIn(parsed(script), 0));
	const byId = new Map(
		nodes.flatMap((node) =>
			typeof node['@id'] === 'string' && 'name' in node ? [[node['@id'], node]] : []
		)
	);
	const article = nodes.find((node) => texts(node['@type']).some((type) => ARTICLE.test(type)));
	if (article === undefined) return { isArticle: false, authors: [], topics: [], published: [] };
	const named = (value: unknown): readonly string[] =>
		list(value).flatMap((each) => {
			if (typeof each === 'string') return /^https?:/.test(each) ? [] : [each];
			if (!isNode(each)) return [];
			const node = 'name' in each ? each : (byId.get(String(each['@id'])) ?? each);
			return texts(node['name']);
		});
	const keywords = list(article['keywords']).flatMap((each) =>
		typeof each === 'string' ? each.split(',') : named(each)
	);
	const about = keywords.length > 0 ? keywords : named(article['articleSection']);
	return {
		isArticle: true,
		title: texts(article['headline'])[0] ?? texts(article['name'])[0],
		url: texts(article['url'])[0],
		authors: named(article['author'] ?? article['creator']),
		topics: about,
		published: [...texts(article['datePublished']), ...texts(article['dateCreated'])],
		wordCount: count(article['wordCount']),
		commentCount: count(article['commentCount'])
	};
}

function nodesIn(value: unknown, depth: number): readonly Node[] {
	if (depth > MAX_DEPTH) return [];
	if (Array.isArray(value)) return value.flatMap((each) => nodesIn(each, depth + 1));
	if (!isNode(value)) return [];
	return [value, ...Object.values(value).flatMap((each) => nodesIn(each, depth + 1))];
}

/** Some pages wrap the script in a comment or leave line breaks within its strings. */
function parsed(script: string): unknown {
	const text = script.replace(
		/^\s*(<!--|\/\*<!\[CDATA\[\*\/|\/\/<!\[CDATA\[)|(-->|\/\*\]\]>\*\/|\/\/\]\]>)\s*$/g,
		''
	);
	for (const attempt of [text, text.replace(/\p{Cc}/gu, ' ')])
		try {
			return JSON.parse(attempt);
		} catch {
			continue;
		}
	return null;
}

function list(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

function texts(value: unknown): readonly string[] {
	return list(value).filter((each) => typeof each === 'string');
}

function count(value: unknown): number | undefined {
	const given = Number(typeof value === 'string' ? value.replace(/[,\s]/g, '') : value);
	return Number.isInteger(given) && given > 0 && given < 10_000_000 ? given : undefined;
}

function isNode(value: unknown): value is Node {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
