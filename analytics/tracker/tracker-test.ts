import { test as base, expect, type Page } from '@playwright/test';
import { parseWireEvent } from '../events/wire.ts';
import { named } from './captured.ts';
import { openCaptureServer, type CapturedEvent, type CaptureServer } from './capture-server.ts';

export { depth, engagedMs, html, named } from './captured.ts';
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

/** Waits until so many events of a name are there. */
export async function arrived(
	capture: CaptureServer,
	name: string,
	count = 1
): Promise<CapturedEvent[]> {
	await expect.poll(() => named(capture, name).length, { message: name }).toBe(count);
	return named(capture, name);
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

/** Turns the wheel and waits until the page has scrolled: the browser delivers it when it can. */
export async function wheel(page: Page, by: number): Promise<void> {
	const aim = await page.evaluate((pixels) => {
		const { scrollHeight, clientHeight } = document.documentElement;
		return Math.min(Math.max(0, scrollY + pixels), scrollHeight - clientHeight);
	}, by);
	await page.mouse.wheel(0, by);
	await expect.poll(() => page.evaluate(() => Math.round(scrollY))).toBe(aim);
}

/** Leaves the page the way a reader does, and waits for what is sent on leaving. */
export async function leave(page: Page): Promise<void> {
	await page.goto('about:blank');
	await page.waitForTimeout(300);
}
