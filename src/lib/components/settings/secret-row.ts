/** A key or link as the table shows it; its text is not known any more. */
export interface SecretRow {
	readonly id: number;
	readonly name: string;
	/** How its text begins. */
	readonly prefix: string;
	readonly used: string | null;
	readonly expires: string | null;
	readonly isOver: boolean;
}
