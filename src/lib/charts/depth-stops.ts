import type { PlacementSeen } from '#analytics';
import type { Stop } from '#lib/charts/stop.ts';
import { formatRatio } from '#lib/format.ts';

/** What is read at each tenth of the article: who still reads, and the placements seen from about there. */
export function depthStops(
	points: readonly { readonly depth: number; readonly share: number }[],
	placements: readonly PlacementSeen[]
): readonly Stop[] {
	return points.map(({ depth, share }) => ({
		x: depth / 100,
		title: `${depth}\u202f% of the article`,
		lines: [{ name: 'Still reading', text: formatRatio(share), y: share, colour: 'var(--accent)' }],
		notes: placements
			.filter((seen) => seen.depth !== null && Math.round(seen.depth / 10) * 10 === depth)
			.map(
				({ placement, share: saw }) => `${placementName(placement)}: seen by ${formatRatio(saw)}`
			)
	}));
}

/** A placement as a label. */
export const placementName = (placement: string): string => placement || 'No placement';
