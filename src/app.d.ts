import type { Segment } from '#analytics';
import type { Viewer } from '#lib/server/access/viewer.ts';
import type { FilterText } from '#lib/filter-text.ts';

declare global {
	namespace App {
		interface Locals {
			viewer: Viewer;
			/** Lines to send as `Set-Cookie`. */
			setCookies: string[];
			/** Why this screen is not shown. */
			refused?: { readonly status: 403 | 404; readonly message: string };
		}
		interface PageData {
			/** The filters of the address in words, in its order. */
			readonly filterTexts?: readonly FilterText[];
			readonly segments?: readonly Segment[];
			/** Whether what everybody sees can be changed here, segments among it. */
			readonly canSave?: boolean;
			/** Whether segments of one's own can be saved here. */
			readonly canSaveOwn?: boolean;
			readonly site?: { readonly domain: string };
			/** Whether values to filter by can be looked for here. */
			readonly canSearch?: boolean;
			/** The screens that are open, by their path below the site. */
			readonly screens?: readonly string[];
			/** The one screen that a guest's link shows; null where it shows all. */
			readonly onlyScreen?: string | null;
			/** Whether only an author's own articles are seen. */
			readonly isAuthor?: boolean;
		}
	}
}
