import type { Segment } from '#analytics';
import type { FilterText } from '#lib/filter-text.ts';

declare global {
	namespace App {
		interface PageData {
			/** The filters of the address in words, in its order. */
			readonly filterTexts?: readonly FilterText[];
			readonly segments?: readonly Segment[];
			/** Whether segments can be saved here. */
			readonly canSave?: boolean;
		}
	}
}
