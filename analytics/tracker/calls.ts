/** What a call of `byline(name, details)` may carry. */
export interface CallDetails {
	/** The form of a `subscribe`. */
	readonly form?: string;
	/** The id of the call to action of a `cta_click` or `cta_view`. */
	readonly cta?: string;
	readonly placement?: string;
	readonly variant?: string;
	/** Properties of an event of the site's own. */
	readonly props?: Readonly<Record<string, string | number | boolean>>;
}

/** The arguments of a call: `subscribe`, `comment`, `cta_click`, or a name of the site's own. */
export type Call = [name: string, details?: CallDetails];

/** `window.byline`. A page that calls it before the script has loaded keeps the calls in `q`. */
export interface BylineFunction {
	(...call: Call): void;
	q?: Iterable<Call>;
}
