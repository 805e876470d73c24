import { RULES } from '../../src/lib/server/access/rules.ts';
import { BLOG } from './start-blog.ts';

/** A way to ask a route, as the rules list them: by its id, a method, and an address. */
export interface RouteAddress {
	readonly route: string;
	readonly method: string;
	/** Path and query, with a value for each parameter of the route. */
	readonly address: string;
}

const VALUES: Readonly<Record<string, string>> = {
	site: BLOG,
	post: '1',
	topic: 'Selling',
	author: 'Ana',
	cta: 'ebook',
	import: '1',
	file: 'catalogue.json',
	id: '1'
};

/** Every route with every method that it answers; a parameter that nobody knows here gets some text. */
export const ROUTE_ADDRESSES: readonly RouteAddress[] = Object.entries(RULES).flatMap(
	([route, methods]) =>
		Object.keys(methods).map((method) => ({ route, method, address: addressOf(route) }))
);

function addressOf(route: string): string {
	const isApi = route.startsWith('/api/');
	const parts = route
		.split('/')
		.filter((part) => !part.startsWith('(') && !part.startsWith('[['))
		.map((part) => part.replace(/^\[(\w+)\]$/, (_, name: string) => valueOf(name, isApi)));
	return `${parts.join('/') || '/'}${isApi ? `?site=${BLOG}` : ''}`;
}

function valueOf(name: string, isApi: boolean): string {
	if (name === 'report' && isApi) return 'posts';
	return encodeURIComponent(VALUES[name] ?? 'something');
}
