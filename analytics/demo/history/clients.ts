import { weighted, type Random } from '../random.ts';

/** What enrichment tells of a reader's machine and whereabouts. */
export interface Client {
	readonly device: string;
	readonly browser: string;
	readonly os: string;
}

const DESKTOP = weighted<Client>([
	[{ device: 'desktop', browser: 'Chrome', os: 'Windows' }, 40],
	[{ device: 'desktop', browser: 'Edge', os: 'Windows' }, 15],
	[{ device: 'desktop', browser: 'Firefox', os: 'Windows' }, 6],
	[{ device: 'desktop', browser: 'Chrome', os: 'macOS' }, 17],
	[{ device: 'desktop', browser: 'Safari', os: 'macOS' }, 14],
	[{ device: 'desktop', browser: 'Firefox', os: 'macOS' }, 3],
	[{ device: 'desktop', browser: 'Firefox', os: 'Linux' }, 3],
	[{ device: 'desktop', browser: 'Chrome', os: 'Linux' }, 2]
]);
const MOBILE = weighted<Client>([
	[{ device: 'mobile', browser: 'Safari', os: 'iOS' }, 48],
	[{ device: 'mobile', browser: 'Chrome', os: 'Android' }, 36],
	[{ device: 'mobile', browser: 'Samsung Internet', os: 'Android' }, 8],
	[{ device: 'mobile', browser: 'Chrome', os: 'iOS' }, 5],
	[{ device: 'mobile', browser: 'Firefox', os: 'Android' }, 3]
]);
const TABLET = weighted<Client>([
	[{ device: 'tablet', browser: 'Safari', os: 'iOS' }, 7],
	[{ device: 'tablet', browser: 'Chrome', os: 'Android' }, 3]
]);

/** A reader's machine; `mobileShare` of all readers hold a phone. */
export function drawClient(random: Random, mobileShare: number): Client {
	const draw = random();
	if (draw < mobileShare) return MOBILE(random);
	return draw < mobileShare + 0.035 ? TABLET(random) : DESKTOP(random);
}

/** ISO 3166-1 alpha-2, or undefined where the address tells no country. */
export const drawCountry = weighted<string | undefined>([
	['GB', 30],
	['US', 27],
	['IE', 6],
	['DE', 6],
	['CA', 5],
	['AU', 4.5],
	['NL', 4],
	['IN', 4],
	['FR', 2.5],
	['ES', 2],
	['SE', 1.8],
	['PL', 1.4],
	['NZ', 1.2],
	['ZA', 1],
	['BR', 1],
	['IT', 1],
	['DK', 0.8],
	['CH', 0.8],
	['NG', 0.6],
	['SG', 0.6],
	['JP', 0.5],
	['PT', 0.5],
	[undefined, 0.4]
]);
