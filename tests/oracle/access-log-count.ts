import { isbot } from 'isbot';

const LINE =
	/^(\S+) .*?\[(\d\d)\/(\w{3})\/(\d{4}):(\S+) ([+-]\d\d)(\d\d)\] "GET (\S+)[^"]*" (2\d\d|304) \S+ "(?:[^"\\]|\\.)*" "((?:[^"\\]|\\.)*)"/;

/** Path without query and fragment, with duplicate slashes, `index.html` and the last slash folded. */
function fold(target: string): string {
	const path = target
		.replace(/^https?:\/\/[^/]*/, '')
		.replace(/[?#].*$/, '')
		.replace(/\/+/g, '/')
		.replace(/\/index\.html$/, '/')
		.replace(/(.)\/$/, '$1');
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}

/** Page views and readers (distinct address, User-Agent and UTC day) of each known post, days inclusive. */
export function countAccessLog(
	log: string,
	posts: readonly { readonly path: string }[],
	from: string,
	to: string
): ReadonlyMap<string, { readonly pageViews: number; readonly readers: number }> {
	const visitors = new Map<string, string[]>(posts.map((post) => [fold(post.path), []]));
	for (const line of log.split('\n')) {
		const match = LINE.exec(line);
		if (!match) continue;
		const [, ip, date, month, year, time, offset, minutes, target = '', , agent = ''] = match;
		const at = new Date(`${date} ${month} ${year} ${time} GMT${offset}${minutes}`);
		const day = at.toISOString().slice(0, 10);
		if (day < from || day > to || agent === '' || isbot(agent)) continue;
		visitors.get(fold(target))?.push(`${day} ${ip} ${agent}`);
	}
	return new Map(
		posts.map(({ path }) => {
			const seen = visitors.get(fold(path)) ?? [];
			return [path, { pageViews: seen.length, readers: new Set(seen).size }];
		})
	);
}
