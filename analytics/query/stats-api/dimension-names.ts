import { DIMENSIONS, type DimensionId } from '../../dimensions.ts';
import { keysOf } from '../../keys-of.ts';
import type { Interval } from '../period.ts';

/** What a dimension of the Stats API means. */
export type ApiDimension =
	| { readonly kind: 'time'; readonly interval: Interval | null }
	| { readonly kind: 'goal' }
	| {
			readonly kind: 'dimension';
			readonly id: DimensionId;
			/** Something that an event has, in Plausible's words, and a visit has not. */
			readonly event?: true;
			/** What is shown, and asked for, where a row has this value. */
			readonly absent?: { readonly stored: string; readonly shown: string };
			/** How a value is shown. */
			readonly show?: (value: string) => string;
			/** Shown in other letters than stored, so filters ignore case. */
			readonly ignoresCase?: true;
			readonly groupsOnly?: true;
	  };

const NOT_SET = { stored: '', shown: '(not set)' } as const;
const DIRECT = 'Direct / None';
const visit = (id: DimensionId): ApiDimension => ({ kind: 'dimension', id, absent: NOT_SET });
const event = (id: DimensionId): ApiDimension => ({ kind: 'dimension', id, event: true });

const PLAUSIBLE_DIMENSIONS: Readonly<Record<string, ApiDimension>> = {
	'event:page': event('page'),
	'event:hostname': event('hostname'),
	'event:goal': { kind: 'goal' },
	'visit:entry_page': visit('entry_page'),
	'visit:exit_page': visit('exit_page'),
	'visit:source': {
		kind: 'dimension',
		id: 'source',
		absent: { stored: 'Direct', shown: DIRECT }
	},
	'visit:referrer': { kind: 'dimension', id: 'referrer', absent: { stored: '', shown: DIRECT } },
	'visit:channel': { kind: 'dimension', id: 'channel' },
	'visit:utm_medium': visit('utm_medium'),
	'visit:utm_source': visit('utm_source'),
	'visit:utm_campaign': visit('utm_campaign'),
	'visit:utm_content': visit('utm_content'),
	'visit:utm_term': visit('utm_term'),
	'visit:device': {
		kind: 'dimension',
		id: 'device',
		absent: NOT_SET,
		show: (value) => `${value.slice(0, 1).toUpperCase()}${value.slice(1)}`,
		ignoresCase: true
	},
	'visit:browser': visit('browser'),
	'visit:os': visit('os'),
	'visit:country': { kind: 'dimension', id: 'country' },
	'visit:country_name': {
		kind: 'dimension',
		id: 'country',
		absent: NOT_SET,
		show: countryName,
		groupsOnly: true
	},
	time: { kind: 'time', interval: null },
	'time:hour': { kind: 'time', interval: 'hour' },
	'time:day': { kind: 'time', interval: 'day' },
	'time:week': { kind: 'time', interval: 'week' },
	'time:month': { kind: 'time', interval: 'month' }
};

const EVENT_OWN: readonly DimensionId[] = ['page', 'post', 'topic', 'author'];

/** Every dimension of the Stats API by name: Plausible's, and Byline's own by their ids. */
export const API_DIMENSIONS: ReadonlyMap<string, ApiDimension> = new Map([
	...keysOf(PLAUSIBLE_DIMENSIONS).flatMap((name): readonly (readonly [string, ApiDimension])[] => {
		const dimension = PLAUSIBLE_DIMENSIONS[name];
		return dimension === undefined ? [] : [[name, dimension]];
	}),
	...keysOf(DIMENSIONS).map((id): readonly [string, ApiDimension] => [
		id,
		EVENT_OWN.includes(id) ? event(id) : { kind: 'dimension', id }
	])
]);

/** Why Byline does not have a dimension of Plausible's, or null where it is no such dimension. */
export function whyMissing(name: string): string | null {
	if (/^event:props:./.test(name)) return 'custom properties are kept with the event only';
	return MISSING[name] ?? null;
}

const COUNTRY_ONLY = 'of an address Byline keeps the country only';
const NAME_ONLY = 'Byline keeps the name only, no version';
const ONE_HOST = 'a visit has one host: ask for event:hostname';
const MISSING: Readonly<Record<string, string>> = {
	'event:name': 'ask for event:goal',
	'visit:region': COUNTRY_ONLY,
	'visit:region_name': COUNTRY_ONLY,
	'visit:city': COUNTRY_ONLY,
	'visit:city_name': COUNTRY_ONLY,
	'visit:browser_version': NAME_ONLY,
	'visit:os_version': NAME_ONLY,
	'visit:screen': 'ask for visit:device',
	'visit:entry_page_hostname': ONE_HOST,
	'visit:exit_page_hostname': ONE_HOST,
	segment: 'Byline has no segments'
};

const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

function countryName(code: string): string {
	return /^[A-Z]{2}$/.test(code) ? (countries.of(code) ?? code) : code;
}
