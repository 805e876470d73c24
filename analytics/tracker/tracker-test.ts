import { test as base, expect, type Page } from '@playwright/test';
import { parseWireEvent } from '../events/wire.ts';
import { openCaptureServer, type CapturedEvent, type CaptureServer } from './capture-server.ts';

export { expect };
export type { CapturedEvent, CaptureServer };

/** Tests of the tracker: each file has a capture server, each test an empty record. */
export const test = base.extend<{ capture: CaptureServer }, { captureServer: CaptureServer }>({
	captureServer: [
		// Playwright insists on a pattern.
		async ({}, use) => {
			const server = await openCaptureServer();
			await use(server);
			await server.close();
		},
		{ scope: 'worker' }
	],
	capture: async ({ captureServer }, use) => {
		captureServer.events.length = 0;
		captureServer.requests.length = 0;
		captureServer.answer(202);
		await use(captureServer);
		// Whatever was sent, the real server understands.
		for (const event of captureServer.events)
			expect(parseWireEvent(event)).toMatchObject({ ok: true });
	}
});

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

/** Waits until so many events of a name are there. */
export async function arrived(
	capture: CaptureServer,
	name: string,
	count = 1
): Promise<CapturedEvent[]> {
	await expect.poll(() => named(capture, name).length, { message: name }).toBe(count);
	return named(capture, name);
}

/** Engaged milliseconds reported in all. */
export function engagedMs(capture: CaptureServer): number {
	return named(capture, 'engagement').reduce((sum, { e }) => sum + (e ?? 0), 0);
}

/** Greatest depth reported. */
export function depth(capture: CaptureServer): number {
	return Math.max(0, ...named(capture, 'engagement').map(({ sd }) => sd ?? 0));
}

/** Makes the page believe that its tab is hidden or shown again. Playwright keeps every page visible and focused. */
export async function setHidden(page: Page, hidden: boolean): Promise<void> {
	await page.evaluate((value) => {
		Object.defineProperty(document, 'hidden', { value, configurable: true });
		document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
	}, hidden);
}

/** Makes the page believe that its window lost or gained the focus. */
export async function setFocused(page: Page, focused: boolean): Promise<void> {
	await page.evaluate((value) => {
		document.hasFocus = () => value;
		window.dispatchEvent(new Event(value ? 'focus' : 'blur'));
	}, focused);
}

/** Leaves the page the way a reader does, and waits for what is sent on leaving. */
export async function leave(page: Page): Promise<void> {
	await page.goto('about:blank');
	await page.waitForTimeout(300);
}
