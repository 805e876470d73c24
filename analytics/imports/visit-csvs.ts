import type { Agent, Device } from '../enrich/device.ts';
import { BUILT_IN_NAMES } from '../events/goals.ts';
import { cleanText } from '../events/wire.ts';
import type { VisitCsv } from './visit-csv.ts';

const COUNTRY = /^[A-Z]{2}$/;

/** CSV files of tools that keep single events, by the name that a command gives them. */
export const VISIT_CSVS = {
	umami: {
		label: 'CSV export of Umami (website_event)',
		columns: ['session_id', 'created_at', 'url_path', 'event_type'],
		part: 'website_event.csv',
		// A table of the database has the visitor's part in a table of its own; the export has it in each row.
		beside: {
			part: 'session.csv',
			columns: ['session_id', 'browser', 'os', 'device', 'country'],
			key: 'session_id'
		},
		read: (get) => {
			// Links and pixels are of no page, and measured speed is no event.
			if (!['1', '2'].includes(get('event_type'))) return 'no_page';
			const referrer = get('referrer_domain');
			const query = get('url_query');
			return {
				id: get('event_id') === '' ? undefined : get('event_id'),
				ts: timeOf(get('created_at')),
				name: get('event_type') === '1' ? 'pageview' : customName(get('event_name')),
				target: `${get('url_path')}${query === '' ? '' : `?${query.replace(/^\?/, '')}`}`,
				session: get('session_id'),
				referrer:
					referrer === ''
						? undefined
						: `https://${referrer}${get('referrer_path')}${get('referrer_query') === '' ? '' : `?${get('referrer_query')}`}`,
				agent: agentOf(get('device'), browserName(get('browser')), get('os')),
				country: countryOf(get('country'))
			};
		}
	},
	goatcounter: {
		label: 'CSV export of GoatCounter',
		columns: ['path', 'event', 'session', 'bot', 'date'],
		// The version of the format stands before the first column's name.
		columnName: (given) => given.replace(/^[12](?=path$)/, ''),
		read: (get) => {
			// The name of an event stands where the page would: which page it was on is not kept.
			if (get('event') === 'true' || get('event') === '1') return 'no_page';
			const referrer = get('referrer');
			const width = Number(/^\d+/.exec(get('screen size'))?.[0] ?? 0);
			const device =
				width === 0 ? '' : width < 600 ? 'mobile' : width < 1000 ? 'tablet' : 'desktop';
			return {
				ts: timeOf(get('date')),
				name: 'pageview',
				target: get('path').startsWith('/') ? get('path') : `/${get('path')}`,
				session: get('session'),
				referrer:
					referrer === ''
						? undefined
						: /^https?:/.test(referrer)
							? referrer
							: `https://${referrer}`,
				agent: agentOf(device, nameOf(get('browser')), nameOf(get('system'))),
				country: countryOf(get('location').slice(0, 2)),
				isBot: get('bot') !== '0' && get('bot') !== ''
			};
		}
	}
} as const satisfies Record<string, VisitCsv>;

/** `2026-07-09T01:00:00Z`, `2026-07-09 01:00:00.123+00`, or without a zone, which is UTC. */
function timeOf(text: string): number {
	const parts =
		/^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2}(?:\.\d+)?)\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/.exec(
			text
		);
	if (parts === null) return Number.NaN;
	const [, day = '', time = '', zone = 'Z'] = parts;
	const offset = zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.replace(/^.{3}:?/, '') || '00'}`;
	return Math.floor(Date.parse(`${day}T${time.slice(0, 12)}${offset}`));
}

/** A name that means something of its own here does not mean that there. */
function customName(given: string): string {
	const name = cleanText(given, 120);
	return name === '' ? 'event' : BUILT_IN_NAMES.has(name) ? `umami ${name}` : name;
}

function agentOf(device: string, browser: string, os: string): Partial<Agent> {
	const kinds: Readonly<Record<string, Device>> = {
		desktop: 'desktop',
		laptop: 'desktop',
		mobile: 'mobile',
		tablet: 'tablet'
	};
	const kind = kinds[device.toLowerCase()];
	return {
		...(kind === undefined ? {} : { device: kind }),
		...(browser === '' ? {} : { browser }),
		...(os === '' ? {} : { os })
	};
}

const BROWSERS: Readonly<Record<string, string>> = {
	chrome: 'Chrome',
	crios: 'Chrome',
	firefox: 'Firefox',
	fxios: 'Firefox',
	safari: 'Safari',
	ios: 'Safari',
	'edge-chromium': 'Edge',
	edge: 'Edge',
	opera: 'Opera',
	samsung: 'Samsung Internet'
};

function browserName(given: string): string {
	return BROWSERS[given] ?? given;
}

/** Without the version that follows the name. */
function nameOf(given: string): string {
	return given.replace(/\s+[\d.]+$/, '');
}

function countryOf(given: string): string | undefined {
	return COUNTRY.test(given) ? given : undefined;
}
