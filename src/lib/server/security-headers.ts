/** What no page and no answer here needs of a browser. Passkeys are made and used on pages of this origin. */
const PERMISSIONS = [
	'accelerometer=()',
	'browsing-topics=()',
	'camera=()',
	'display-capture=()',
	'fullscreen=()',
	'geolocation=()',
	'gyroscope=()',
	'magnetometer=()',
	'microphone=()',
	'midi=()',
	'payment=()',
	'publickey-credentials-create=(self)',
	'publickey-credentials-get=(self)',
	'usb=()',
	'xr-spatial-tracking=()'
].join(', ');

/** Two years, as browsers' own lists ask. Other hosts below this one are not ours to speak for. */
const HSTS = 'max-age=63072000';

/**
 * Of answers that are no page, should a browser show one as a page all the same, and of the page that says what went
 * wrong where none can be made: it has a style and nothing that acts.
 */
const NO_PAGE_POLICY =
	"default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox allow-same-origin";

/** Headers of every answer, files included; readers' own routes, which any site may use, have none of them. */
export function securityHeaders(origin: string): Readonly<Record<string, string>> {
	return {
		// Pages have one of their own.
		'content-security-policy': NO_PAGE_POLICY,
		'cross-origin-opener-policy': 'same-origin',
		'cross-origin-resource-policy': 'same-origin',
		'permissions-policy': PERMISSIONS,
		'referrer-policy': 'same-origin',
		'x-content-type-options': 'nosniff',
		'x-frame-options': 'DENY',
		...(origin.startsWith('https:') ? { 'strict-transport-security': HSTS } : {})
	};
}

/**
 * What an answer of a route needs beside: pages are kept by nobody, and framed by pages of some hosts only. Browsers
 * that know `frame-ancestors` do not look at X-Frame-Options.
 */
export function guardAnswer(headers: Headers, framedBy: readonly string[]): void {
	if (headers.get('content-type')?.startsWith('text/html') === true) {
		headers.set('cache-control', 'private, no-store');
		headers.set('x-robots-tag', 'noindex');
	}
	const policy = headers.get('content-security-policy');
	if (framedBy.length === 0 || policy === null) return;
	const ancestors = framedBy.flatMap((host) => [`https://${host}`, `http://${host}`]).join(' ');
	headers.set(
		'content-security-policy',
		policy.replace(/frame-ancestors [^;]*/, `frame-ancestors ${ancestors}`)
	);
}
