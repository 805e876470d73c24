/** The days for which figures of other tools stand in reports: those before the first event of the site's own. */
export interface ImportedSpan {
	/** First and last local day with such figures, `YYYY-MM-DD`. */
	readonly from: string;
	readonly until: string;
	/** What counted them, for example `Plausible`. */
	readonly tools: readonly string[];
	/** Which of them counted what: `whole` for the site, `page`, `source`, `country` and so on. */
	readonly tables: Readonly<Record<string, readonly string[]>>;
	/** False where the query leaves them out. */
	readonly counted: boolean;
}
