import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../../support/run-command.ts';
import type { TestServer } from '../../support/server.ts';

export const HOSTILE_SITE = 'hostile.test';

/** Text that turns into something else wherever it is not written as text. */
export const ATTACKS = [
	'<script>window.__pwned=1</script>',
	'</script><script>window.__pwned=1</script>',
	'"><img src=x onerror=window.__pwned=1>',
	"'-window.__pwned=1-'",
	'javascript:window.__pwned=1',
	'<svg/onload=window.__pwned=1>',
	'{{7*7}} {@html 7*7}',
	`$${'{7*7}'} <%= 7*7 %>`,
	'日本語の題名「売上」',
	'100% off & more? #1 / a\\b',
	'&lt;b&gt;&#x27;',
	'=cmd|calc'
] as const;

const RTL_OVERRIDE = '\u202e';
export const LONG = `${'Sehr'.repeat(100)} ${'lang '.repeat(20)}`.slice(0, 500).trim();

/** Titles of the posts, as screens must show them: the direction override is taken out at the door. */
export const TITLES: readonly string[] = [...ATTACKS, 'reversed gnp.exe', LONG];

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const byline = async (server: TestServer, ...words: readonly string[]): Promise<void> => {
	const { code, stderr } = await runCommand(process.execPath, ['analytics/cli.ts', ...words], {
		cwd: ROOT,
		timeoutMs: 30_000,
		env: { ...process.env, DATA_DIR: server.dataDir }
	});
	if (code !== 0) throw new Error(`byline ${words.join(' ')}: ${stderr}`);
};

const pathOf = (at: number): string => `/post-${at}/${encodeURIComponent(ATTACKS[at] ?? 'plain')}`;

/** Adds a site whose catalogue and events carry an attack in every text field. Answers how many events were sent. */
export const addHostileSite = async (server: TestServer): Promise<number> => {
	await byline(server, 'site', 'add', HOSTILE_SITE, '--timezone', 'UTC');
	const file = join(server.dataDir, 'hostile-posts.json');
	writeFileSync(file, JSON.stringify(hostilePosts()));
	await byline(server, 'posts', 'sync', '--site', HOSTILE_SITE, '--file', file);
	const batches = TITLES.map((_, at) => hostileEvents(at));
	for (const [at, events] of batches.entries()) {
		const response = await fetch(`${server.url}/api/event`, {
			method: 'POST',
			headers: { 'user-agent': `Mozilla/5.0 (X11; Linux x86_64) Firefox/15${at}.0` },
			body: JSON.stringify(events)
		});
		const { accepted } = (await response.json()) as { readonly accepted?: number };
		if (accepted !== events.length)
			throw new Error(`Of ${events.length} events ${accepted ?? 'none'} were taken.`);
	}
	return batches.flat().length;
};

const hostilePosts = (): readonly unknown[] =>
	TITLES.map((title, at) => ({
		path: pathOf(at),
		title: at === ATTACKS.length ? `reversed ${RTL_OVERRIDE}gnp.exe` : title,
		authors: [title, `${title} and son`].map((name) => name.slice(0, 150)),
		topics: [title, ATTACKS[0]].map((name) => name.slice(0, 150)),
		published_at: new Date(Date.now() - (at + 1) * 3_600_000).toISOString(),
		word_count: 100
	}));

const hostileEvents = (at: number): readonly unknown[] => {
	const text = ATTACKS[at % ATTACKS.length] ?? '';
	const pv = `view-${at}`;
	const query = new URLSearchParams(
		['source', 'medium', 'campaign', 'content', 'term'].map((tag) => [`utm_${tag}`, text])
	);
	// Half come by a campaign, half from a page that names itself in the referrer.
	const u = `https://${HOSTILE_SITE}${pathOf(at)}${at % 2 === 0 ? `?${query.toString()}` : ''}`;
	const event = { u, d: HOSTILE_SITE, pv, r: `https://evil.test/${text}`, p: { [text]: text } };
	const c = { id: text, placement: text.slice(0, 60), variant: text.slice(0, 60) };
	return [
		{ ...event, n: 'pageview', c: [c] },
		{ ...event, n: 'cta_view', c },
		{ ...event, n: 'cta_click', c },
		{ ...event, n: 'engagement', e: 60_000, sd: 100 },
		{ ...event, n: 'subscribe', f: text },
		{ ...event, n: 'comment' },
		{ ...event, n: text },
		{ ...event, n: 'pageview', u: `https://${HOSTILE_SITE}/no-post/${text}`, pv: `${pv}-b` },
		{ ...event, n: 'pageview', u: `https://${HOSTILE_SITE}/ref`, r: text, pv: `${pv}-c` }
	];
};
