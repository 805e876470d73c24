/**
 * Other paths under which blogs publish the same article for AMP and for print: WordPress' and Ghost's `/amp`, a folder
 * `/amp/…`, Adobe's `.amp.html`, WP-Print's `/print`. Variants that are parameters (`?amp`, `?print=1`) have no path of
 * their own.
 */
export function pageVariants(path: string): readonly string[] {
	if (path === '/' || path.includes('?')) return [];
	const stem = path.replace(/\.html?$/i, '');
	return [
		`${path}/amp`,
		`/amp${path}`,
		`${stem}.amp`,
		`${stem}.amp.html`,
		`${path}/print`,
		`/print${path}`
	];
}
