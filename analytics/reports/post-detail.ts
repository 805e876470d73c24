import type { PlacementSeen } from './placements-seen.ts';
import type { Row } from './result.ts';

/** What is known of a post beside its figures. */
export interface PostHeader {
	readonly post_id: number;
	readonly path: string;
	readonly title: string;
	readonly authors: readonly string[];
	readonly topics: readonly string[];
	/** ISO 8601, or null. */
	readonly published_at: string | null;
	readonly word_count: number | null;
}

/** Everything the screen of one post shows; each part is asked for alone, so that one that fails takes no other along. */
export interface PostParts {
	/** The columns of report `posts` for this post in the range, and in the compare period. */
	readonly figures: { readonly totals: Row; readonly compareTotals: Row | null };
	/** Readers, readers with a read, exposed to a CTA, clicked one, subscribed: distinct (visitor, day). */
	readonly funnel: readonly {
		readonly id: string;
		readonly label: string;
		readonly readers: number;
	}[];
	/** Per bucket of the range: `date`, `readers`, `page_views`, `reads`. */
	readonly series: { readonly rows: readonly Row[]; readonly compareRows: readonly Row[] | null };
	/** Cumulative readers by age against the typical band. */
	readonly age: AgeCurve;
	/** Share (0 to 1) of measured readers still reading at each tenth of the article: 11 points, 0 % to 100 %; empty where nothing is measured. */
	readonly depth: readonly { readonly depth: number; readonly share: number }[];
	/** How far down the placements of its calls to action were seen, the highest first. */
	readonly placements: readonly PlacementSeen[];
	/** Rows of report `ctas` for this post. */
	readonly ctas: readonly Row[];
	/** Rows of report `sources` for this post's readers: source, channel, readers, reads, subscribes. */
	readonly sources: readonly Row[];
	/** Posts that visits went to next: `post_id`, `title`, `visits`. */
	readonly next: readonly Row[];
	/** `country`, `readers`. */
	readonly countries: readonly Row[];
	/** `device`, `readers`. */
	readonly devices: readonly Row[];
}

/** Cumulative readers of one post by age; hours for the first three days, days after. */
export interface AgeCurve {
	readonly post_id: number;
	readonly title: string;
	readonly path: string;
	/** ISO 8601. */
	readonly published_at: string | null;
	/** Age now, in hours. */
	readonly age_hours: number | null;
	/** Up to the age reached: hours 0 to 72, then whole days (as hours) to 30 days. */
	readonly points: readonly { readonly age_hours: number; readonly readers: number }[];
	/** Why there are none, in a few words; else null. */
	readonly missing: string | null;
	/** Typical band of the previous 30 posts at the same ages, or empty where fewer than 3 are that old. */
	readonly band: readonly {
		readonly age_hours: number;
		readonly p10: number;
		readonly p25: number;
		readonly p50: number;
		readonly p75: number;
		readonly p90: number;
	}[];
	/** Readers at the last age that has a band, over the typical median there; null where there is none. */
	readonly verdict: {
		readonly age_hours: number;
		readonly readers: number;
		readonly typical: number;
		readonly ratio: number | null;
	} | null;
}
