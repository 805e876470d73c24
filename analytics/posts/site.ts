/** One blog. */
export interface Site {
	readonly id: number;
	/** Lower-case domain without `www.`; the site's name in URLs and on the command line. */
	readonly domain: string;
	/** IANA time zone; days, weeks and months are local to it. */
	readonly zone: string;
}
