import { Failure } from '../failure.ts';
import type { Engine } from '../engine.ts';
import type { Site } from '../posts/site.ts';
import { normaliseDomain } from '../events/wire.ts';
import type { CommandInput } from './command.ts';

/** The site that `--site` names, or the only one there is. */
export function siteOption({ options }: CommandInput, engine: Engine): Site {
	const sites = engine.registry.sites();
	const named = options['site'];
	if (named === undefined) {
		const [only, ...others] = sites;
		if (only !== undefined && others.length === 0) return only;
		throw new Failure(
			'bad_argument',
			only === undefined
				? 'There is no site yet: add one with "site add <domain>".'
				: `Say which site with --site: ${sites.map(({ domain }) => domain).join(', ')}.`
		);
	}
	return siteNamed(engine, named);
}

/** The site with this domain. */
export function siteNamed(engine: Engine, named: string): Site {
	const sites = engine.registry.sites();
	const site = sites.find(({ domain }) => domain === normaliseDomain(named));
	if (site === undefined)
		throw new Failure(
			'not_found',
			`There is no site ${named}. ${sites.length === 0 ? 'Add one with "site add <domain>".' : `There is ${sites.map(({ domain }) => domain).join(', ')}.`}`
		);
	return site;
}

/** `--from` and `--to` as a range of local days, or undefined where neither is given. */
export function rangeOption({ options }: CommandInput): { from: string; to: string } | undefined {
	const { from, to } = options;
	if (from === undefined && to === undefined) return undefined;
	for (const [name, value] of Object.entries({ from, to }))
		if (
			value === undefined ||
			!/^\d{4}-\d{2}-\d{2}$/.test(value) ||
			Number.isNaN(Date.parse(value))
		)
			throw new Failure(
				'bad_argument',
				`--${name} is "${value ?? ''}", but must be a date as YYYY-MM-DD.`
			);
	return { from: from ?? '', to: to ?? '' };
}
