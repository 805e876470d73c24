/** What a page gives to `init`; each option is the `data-` attribute of the same name. */
export interface TrackerOptions {
	/** The site as Byline knows it. Default: the host of the page. */
	readonly domain?: string;
	/** Where events go, such as `https://stats.example.com/api/event`. */
	readonly api: string;
	/** Sends nothing where the browser has Global Privacy Control or Do Not Track on. */
	readonly dnt?: boolean;
	/** `off` finds only what is marked for Byline, not the blocks and forms of other systems. */
	readonly rules?: 'on' | 'off';
}
