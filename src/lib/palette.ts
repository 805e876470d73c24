import { foldText, matchRank, type DimensionId, type Segment, type Suggestion } from '#analytics';
import { ctaHref } from '#lib/cta-href.ts';
import { memberHref, screenHref, sitePath, withQuery } from '#lib/links.ts';
import { PERIOD_GROUPS, periodLabel } from '#lib/periods.ts';
import { SCREENS } from '#lib/screens.ts';

/** Something the palette leads to. */
export interface PaletteItem {
	readonly key: string;
	readonly label: string;
	readonly href: string;
	/** Readers and the like, where it has a count. */
	readonly count: number | null;
}

export interface PaletteGroup {
	readonly label: string;
	/** What is counted, where something is. */
	readonly metric: string;
	readonly items: readonly PaletteItem[];
}

/** What the server finds, in this order. */
export const FOUND = [
	['post', 'Posts'],
	['topic', 'Topics'],
	['author', 'Authors'],
	['cta', 'CTAs']
] as const satisfies readonly (readonly [DimensionId, string])[];

/** Where a value that was found is looked at, in the period and with the filters of the screen. */
function foundHref(url: URL, site: string, { dimension, value }: Suggestion): string {
	switch (dimension) {
		case 'post':
			return screenHref(url, sitePath(site, 'posts', value));
		case 'topic':
		case 'author':
			return memberHref(url, site, dimension, value);
		default:
			return ctaHref(url, site, value);
	}
}

/** The items of a group that answer a text, the best match first. */
function matching(items: readonly PaletteItem[], text: string): readonly PaletteItem[] {
	const wanted = foldText(text.trim());
	return items
		.flatMap((item) => {
			const rank = matchRank(foldText(item.label), wanted);
			return rank === null ? [] : [{ item, rank }];
		})
		.sort((a, b) => a.rank - b.rank)
		.map(({ item }) => item);
}

/** Screens that are open, periods and segments that answer a text. Without a text, the screens alone. */
export function knownGroups(
	url: URL,
	site: string,
	text: string,
	{
		screens: open,
		segments
	}: { readonly screens: readonly string[]; readonly segments: readonly Segment[] }
): readonly PaletteGroup[] {
	const group = (label: string, items: readonly PaletteItem[]): PaletteGroup => ({
		label,
		metric: '',
		items: matching(items, text)
	});
	const screens = SCREENS.filter(({ id }) => open.includes(id)).map(({ id, label }) => ({
		key: `screen ${id}`,
		label,
		href: screenHref(url, id === '' ? sitePath(site) : sitePath(site, id)),
		count: null
	}));
	if (text.trim() === '') return [group('Screens', screens)];
	const periods = PERIOD_GROUPS.flat().map((id) => ({
		key: `period ${id}`,
		label: periodLabel(id),
		href: withQuery(url, { period: id, from: null, to: null, interval: null }),
		count: null
	}));
	const saved = segments.map(({ id, name, filters }) => ({
		key: `segment ${id}`,
		label: name,
		href: withQuery(url, { filter: filters }),
		count: null
	}));
	return [group('Screens', screens), group('Periods', periods), group('Segments', saved)];
}

/** What the server found, in groups. */
export function foundGroups(
	url: URL,
	site: string,
	suggestions: readonly Suggestion[],
	metricOf: (dimension: DimensionId) => string
): readonly PaletteGroup[] {
	return FOUND.map(([dimension, label]) => ({
		label,
		metric: metricOf(dimension),
		items: suggestions
			.filter((found) => found.dimension === dimension)
			.map((found) => ({
				key: `${dimension} ${found.value}`,
				label: found.label,
				href: foundHref(url, site, found),
				count: found.count
			}))
	}));
}
