/** A call to action as the page marks it; without a placement the server takes its default. */
export interface MarkedCta {
	readonly id: string;
	readonly placement?: string | undefined;
	readonly variant?: string | undefined;
}

/** What differs from event to event, under the short names of `POST /api/event`. */
export interface EventDetails {
	/** Referrer, with a page view. */
	readonly r?: string | undefined;
	/** Engaged milliseconds since the last report. */
	readonly e?: number;
	/** Greatest depth so far, 0 to 100. */
	readonly sd?: number;
	readonly c?: MarkedCta | readonly MarkedCta[] | undefined;
	/** The form, with a subscribe. */
	readonly f?: string | undefined;
	readonly p?: Readonly<Record<string, string | number | boolean>> | undefined;
}

/** One event as it is sent. */
export interface TrackerEvent extends EventDetails {
	readonly n: string;
	readonly u: string;
	readonly d?: string | undefined;
	/** The same in every retry, so that the event counts once. */
	readonly i: string;
	/** Ties the events of one page view together. */
	readonly pv: string;
}
