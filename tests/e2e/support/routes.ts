import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DEMO_SITE, demoUrl } from './demo.ts';
import { getReport } from './report.ts';

const ROUTES = fileURLToPath(new URL('../../../src/routes', import.meta.url));

/** What is for people with accounts: the demo has none, see accounts.e2e.ts. Nor can a site be deleted there. */
const OF_ACCOUNTS = /^\/(\(door\)|account|\[site\]\/settings\/(people|log|remove))(\/|$)/;

/** Every route with a screen, as its folder is named: `/[site]/posts/[post]`. A page of development only is none. */
export const allRouteIds = (): readonly string[] =>
	readdirSync(ROUTES, { recursive: true, encoding: 'utf8' })
		.map((path) => `/${path.replaceAll('\\', '/')}`)
		.filter((path) => path.endsWith('/+page.svelte') && !path.startsWith('/dev/'))
		.map((path) => path.slice(0, -'/+page.svelte'.length) || '/')
		.sort();

/** Those of the demo. */
export const routeIds = (): readonly string[] =>
	allRouteIds().filter((route) => !OF_ACCOUNTS.test(route));

const VALUES: Readonly<Record<string, () => Promise<string> | string>> = {
	site: () => DEMO_SITE,
	post: async () => String((await firstRow('posts')).post_id),
	topic: async () => String((await firstRow('topics')).topic),
	author: async () => String((await firstRow('authors')).author),
	// The first that the global setup made.
	import: () => '1',
	cta: async () => String((await firstRow('ctas')).cta)
};

const firstRow = async (report: string) => {
	const { rows } = await getReport(demoUrl(), DEMO_SITE, report, { period: '12m' });
	return rows[0] ?? {};
};

/**
 * The address of a route on the demo, its parameters filled from the reports; optional ones are left out.
 * @throws where a parameter is new and nobody has said here what it stands for.
 */
export const routeUrl = async (route: string): Promise<string> => {
	const parts = route
		.split('/')
		.filter((part) => part !== '' && !part.startsWith('[[') && !part.startsWith('('));
	const filled = parts.map(async (part) => {
		const name = /^\[(\w+)(?:=\w+)?\]$/.exec(part)?.[1];
		if (name === undefined) return part;
		const value = await VALUES[name]?.();
		if (value === undefined)
			throw new Error(
				`tests/e2e/support/routes.ts does not know a value for [${name}] of ${route}.`
			);
		return encodeURIComponent(value);
	});
	return `${demoUrl()}/${(await Promise.all(filled)).join('/')}`;
};
