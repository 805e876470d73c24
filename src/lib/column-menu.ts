/** The columns that a reader can have in a table or leave out. */
export interface ColumnMenuChoices {
	readonly choices: readonly {
		readonly id: string;
		readonly label: string;
		readonly shown: boolean;
	}[];
	/** The columns shown where nothing is chosen. */
	readonly usual: readonly string[];
}
