/** What came of the form that makes a key or link (`add`), or of one that removes it. */
export interface SecretTold {
	readonly form: string;
	readonly field: string;
	readonly problem: string;
	readonly note: string;
	/** The text of what was made. */
	readonly made: string;
}
