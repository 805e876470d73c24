import { Failure } from '../failure.ts';
import type { CatalogueSource } from '../posts/sync/sync.ts';
import type { CommandInput } from './command.ts';

export const SOURCES = ['feed', 'sitemap', 'wordpress', 'ghost'] as const;

/** The source that `--feed` and its like name, or undefined where none does. */
export function sourceOption({ options }: CommandInput): CatalogueSource | undefined {
	const kind = SOURCES.find((name) => options[name] !== undefined);
	if (kind === undefined) return undefined;
	const url = options[kind] ?? '';
	if (!URL.canParse(url))
		throw new Failure('bad_argument', `--${kind} is "${url}", but must be a web address.`);
	const { key } = options;
	if (kind === 'ghost' && key === undefined)
		throw new Failure('bad_argument', 'Ghost needs the key of its Content API: --key <key>.');
	return { kind, url, ...(key === undefined ? {} : { key }) };
}
