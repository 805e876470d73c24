const script = document.currentScript;

/** The attributes of the script tag: `data-domain`, `data-api`, `data-dnt`, `data-rules`. */
export const settings: DOMStringMap = script?.dataset ?? {};

/** Where events go: `data-api`, else the script's own host. */
export const endpoint = settings.api ?? new URL('/api/event', script?.src);
