const AGENTS = [
	'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.0.0 Safari/537.36',
	'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.{} Mobile/15E148 Safari/604.1',
	'Mozilla/5.0 (X11; Linux x86_64; rv:{}.0) Gecko/20100101 Firefox/{}.0',
	'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.0.0 Mobile Safari/537.36'
] as const;
const BOTS = [
	'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
	'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
	'Feedly/1.0 (+http://www.feedly.com/fetcher.html; 12 subscribers)'
] as const;
const REFERRERS = [
	'-',
	'https://www.google.com/',
	'https://news.ycombinator.com/item?id=4711',
	'https://blog.example.com/',
	'https://duckduckgo.com/'
] as const;
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const START = Date.UTC(2026, 2, 1);
const MS_A_REQUEST = 900;
/** Who reads at the same time, and all who do. */
const READING = 60;
const READERS = 400_000;
const SEED = 20_260_301;

/** A blog's access log of so many bytes: a third of it pages, the rest their files, feeds, bots and errors. The same in every run. */
export function* blogLog(bytes: number): Generator<string> {
	const random = randomFrom(SEED);
	const pick = <T>(items: readonly [T, ...T[]] | readonly T[]): T | undefined =>
		items[Math.floor(random() * items.length)];
	const seats: number[] = [];
	let written = 0;
	let at = START;
	let block = '';
	while (written + block.length < bytes) {
		at += Math.floor(random() * 2 * MS_A_REQUEST);
		// A reader asks for a page and what belongs to it, and some read on: a tenth of the readers change each second.
		const seat = Math.floor(random() * READING);
		if (random() < 0.08 || seats[seat] === undefined) seats[seat] = Math.floor(random() * READERS);
		const visitor = seats[seat] ?? 0;
		const ip = `${20 + (visitor >> 16)}.${(visitor >> 8) & 255}.${visitor & 255}.${visitor % 251}`;
		const isBot = random() < 0.12;
		const version = String(100 + (visitor % 30));
		const agent = isBot ? pick(BOTS) : AGENTS[visitor % AGENTS.length]?.replaceAll('{}', version);
		const what = random();
		const post = `/blog/post-${Math.floor(random() ** 3 * 800)}`;
		const target =
			what < 0.35
				? `${post}${random() < 0.1 ? '?utm_source=newsletter&utm_medium=email' : ''}`
				: what < 0.9
					? `/assets/${Math.floor(random() * 40)}/style-${version}.css`
					: what < 0.95
						? '/feed.xml'
						: `/missing-${visitor}`;
		const status = what >= 0.95 ? 404 : random() < 0.1 ? 304 : 200;
		block += `${ip} - - [${logTime(at)}] "GET ${target} HTTP/1.1" ${status} ${Math.floor(random() * 50_000)} "${pick(REFERRERS)}" "${agent}"\n`;
		if (block.length < 1 << 18) continue;
		written += block.length;
		yield block;
		block = '';
	}
	yield block;
}

function logTime(at: number): string {
	const iso = new Date(at).toISOString();
	return `${iso.slice(8, 10)}/${MONTHS[Number(iso.slice(5, 7)) - 1]}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
function randomFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}
