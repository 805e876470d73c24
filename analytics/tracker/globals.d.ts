import type { BylineFunction } from './calls.ts';

declare global {
	interface Document {
		/** The page is being rendered ahead, nobody has opened it yet. */
		readonly prerendering?: boolean;
	}
	interface Navigator {
		readonly globalPrivacyControl?: boolean;
	}
	interface SVGScriptElement {
		/** Only HTML scripts have one. */
		readonly src?: undefined;
	}
	interface Window {
		byline?: BylineFunction;
	}
	interface WindowEventMap {
		prerenderingchange: Event;
		/** Sent to the document, from where it bubbles. */
		visibilitychange: Event;
	}
}
