import type { CapturedEvent, CaptureServer } from './capture-server.ts';

/** A page with the script tag. */
export function html(body: string, attributes = 'data-domain="blog.example.com"'): string {
	return `<!doctype html><html><head><title>A post</title>
<style>body { margin: 0 } .tall { height: 3000px } [data-cta] { display: block; height: 100px; width: 300px }</style>
<script defer src="/js/byline.js" ${attributes}></script></head><body>${body}</body></html>`;
}

/** The events of a name, a repeated id once, as the server counts them. */
export function named(capture: CaptureServer, name: string): CapturedEvent[] {
	const byId = new Map(capture.events.map((event) => [event.i, event]));
	return [...byId.values()].filter((event) => event.n === name);
}

/** Engaged milliseconds reported in all. */
export function engagedMs(capture: CaptureServer): number {
	return named(capture, 'engagement').reduce((sum, { e }) => sum + (e ?? 0), 0);
}

/** Greatest depth reported. */
export function depth(capture: CaptureServer): number {
	return Math.max(0, ...named(capture, 'engagement').map(({ sd }) => sd ?? 0));
}
