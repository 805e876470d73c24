import type { Locator } from '@playwright/test';

/**
 * Whether something is on a canvas: before its chart there is nothing. It is read from a copy, because Chromium warns on
 * the console of a page that reads one canvas several times.
 */
export const isDrawn = (canvas: Locator): Promise<boolean> =>
	canvas.evaluate((element) => {
		if (!(element instanceof HTMLCanvasElement) || element.width === 0) return false;
		const { width, height } = element;
		const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
		if (copy === null) return false;
		copy.drawImage(element, 0, 0);
		return copy.getImageData(0, 0, width, height).data.some((channel) => channel > 0);
	});
