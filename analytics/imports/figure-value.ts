import { describeSource } from '../enrich/source.ts';
import { canonicalPath } from '../posts/canonical-path.ts';

const DEVICES: Readonly<Record<string, string>> = {
	desktop: 'desktop',
	laptop: 'desktop',
	'ultra-wide': 'desktop',
	mobile: 'mobile',
	smartphone: 'mobile',
	phablet: 'mobile',
	tablet: 'tablet'
};
const SYSTEMS: Readonly<Record<string, string>> = {
	mac: 'macOS',
	'mac os x': 'macOS',
	'gnu/linux': 'Linux',
	ubuntu: 'Linux',
	fedora: 'Linux',
	'chrome os': 'ChromeOS'
};
const NOTHING = /^(\(not set\)|\(none\)|\(unknown\)|not set|none|unknown)$/i;
const DIRECT = /^(|direct|\(direct\)|direct \/ none)$/i;

/** A value of another tool's table as Byline itself would call it; empty where the tool did not know. */
export function figureValue(
	dimension: string,
	given: string,
	keepParams?: readonly string[]
): string {
	switch (dimension) {
		case 'page':
		case 'entry_page':
		case 'exit_page':
			return canonicalPath(given, { keepParams });
		case 'source':
			return DIRECT.test(given)
				? 'Direct'
				: describeSource({ params: new URLSearchParams({ utm_source: given }), ownHosts: [] })
						.source;
		case 'device':
			return DEVICES[given.toLowerCase()] ?? '';
		case 'os':
			return SYSTEMS[given.toLowerCase()] ?? known(given);
		case 'country':
			return /^[A-Z]{2}$/.test(given) && given !== 'ZZ' ? given : '';
		default:
			return known(given);
	}
}

function known(given: string): string {
	return NOTHING.test(given) ? '' : given;
}
