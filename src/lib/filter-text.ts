/** A filter in words. */
export interface FilterText {
	/** Dimension and operator: Country is not. */
	readonly test: string;
	/** The values as a reader knows them. */
	readonly values: readonly string[];
}
