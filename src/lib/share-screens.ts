import type { ReportId } from '#analytics';
import type { SCREENS } from '#lib/screens.ts';

type ScreenId = Exclude<(typeof SCREENS)[number]['id'], 'settings'>;

interface ShareScreen {
	readonly label: string;
	/** Routes below the site that it has. */
	readonly routes: readonly string[];
	/** Reports that it shows, which can be had as files. */
	readonly reports: readonly ReportId[];
}

/** The screens that a link can show alone; the screen of one post is `posts/<number>`. */
export const SHARE_SCREENS: Readonly<Record<ScreenId, ShareScreen>> = {
	'': {
		label: 'Overview',
		routes: [''],
		reports: ['overview', 'posts', 'topics', 'sources', 'ctas', 'countries', 'devices']
	},
	posts: { label: 'Posts', routes: ['posts'], reports: ['posts'] },
	recent: { label: 'Recent', routes: ['recent'], reports: ['recent'] },
	topics: { label: 'Topics', routes: ['topics'], reports: ['topics'] },
	authors: { label: 'Authors', routes: ['authors'], reports: ['authors'] },
	ctas: { label: 'CTAs', routes: ['ctas'], reports: ['ctas'] },
	sources: { label: 'Sources', routes: ['sources'], reports: ['sources'] },
	audience: {
		label: 'Audience',
		routes: ['audience/[[report]]'],
		reports: ['countries', 'devices', 'browsers', 'os']
	}
};

const POST = /^posts\/(\d+)$/;

/** The number of the post whose screen alone is shown; null for another screen. */
export function sharedPost(screen: string): string | null {
	return POST.exec(screen)?.[1] ?? null;
}

function isShareScreen(screen: string): screen is ScreenId {
	return Object.hasOwn(SHARE_SCREENS, screen);
}

/** Whether a link to one screen shows the screen at a path below the site. */
export function isSharedPath(screen: string, path: string): boolean {
	if (sharedPost(screen) !== null) return path === screen;
	if (!isShareScreen(screen)) return false;
	return SHARE_SCREENS[screen].routes.some((route) => {
		const [fixed = '', optional] = route.split(/\/?\[\[/);
		return path === fixed || (optional !== undefined && path.startsWith(`${fixed}/`));
	});
}

/** Whether the guest of a link to one screen can have a report as a file. */
export function isSharedReport(screen: string, report: string): boolean {
	return isShareScreen(screen) && SHARE_SCREENS[screen].reports.some((id) => id === report);
}

/** Whether a link to one screen shows a route of the site, or answers one of its reports. */
export function isShared(
	screen: string,
	route: string,
	params: Readonly<Record<string, string | undefined>>
): boolean {
	const below = route.replace(/^\/\[site\]\/?/, '');
	const post = sharedPost(screen);
	if (post !== null)
		return (below === 'posts/[post]' && params['post'] === post) || below === 'live';
	if (!isShareScreen(screen)) return false;
	if (route === '/api/reports/[report]')
		return isSharedReport(screen, (params['report'] ?? '').replace(/\.csv$/, ''));
	return SHARE_SCREENS[screen].routes.includes(below) || below === 'live';
}
