import { normaliseDomain } from '../events/wire.ts';
import { Failure } from '../failure.ts';
import { isZone } from '../time/local.ts';
import type { Site } from './site.ts';

const DOMAIN = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

/** A site as people write it, also as an address. @throws Failure `bad_argument` */
export function parseSiteInput(domain: string, zone: string): Pick<Site, 'domain' | 'zone'> {
	const bare = normaliseDomain(domain.replace(/^https?:\/\//, '').replace(/\/.*$/, ''));
	if (!DOMAIN.test(bare))
		throw new Failure('bad_argument', `"${domain}" is no domain; write it as blog.example.com.`);
	if (!isZone(zone))
		throw new Failure(
			'bad_argument',
			`"${zone}" is no time zone; write an IANA name such as Europe/Berlin.`
		);
	return { domain: bare, zone };
}
