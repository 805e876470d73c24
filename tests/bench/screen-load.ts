import type { Browser } from '@playwright/test';
import { brotliBytes } from '../e2e/support/client-bytes.ts';

/** One first load of a screen. */
export interface Load {
	/** From the request to the first byte of the HTML, which comes once all of its figures are there. */
	readonly serverMs: number;
	/** Largest contentful paint since the navigation began. */
	readonly paintMs: number;
	/** How long the main thread was busy beyond 50 ms at a time. */
	readonly blockedMs: number;
	readonly shift: number;
	/** JavaScript and CSS, compressed with Brotli. */
	readonly bytes: number;
	/** The document, as it is sent without compression. */
	readonly htmlBytes: number;
}

/** What the browser has noted of a page. */
const noted = async () => {
	const seen = { paintMs: 0, blockedMs: 0, shift: 0 };
	const follow = (type: string, take: (entry: PerformanceEntry) => void): void =>
		new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
			type,
			buffered: true
		});
	follow('largest-contentful-paint', ({ startTime }) => (seen.paintMs = startTime));
	follow('longtask', ({ duration }) => (seen.blockedMs += duration - 50));
	follow('layout-shift', (entry) => {
		if ('value' in entry) seen.shift += Number(entry.value);
	});
	// A busy browser hands out what it noted late.
	const until = performance.now() + 5_000;
	do await new Promise((resolve) => setTimeout(resolve, 100));
	while (seen.paintMs === 0 && performance.now() < until);
	const [navigation] = performance.getEntriesByType('navigation');
	if (!(navigation instanceof PerformanceNavigationTiming)) throw new Error('No navigation.');
	return {
		...seen,
		serverMs: navigation.responseStart - navigation.requestStart,
		htmlBytes: navigation.decodedBodySize
	};
};

/** Loads a screen in a browser that has seen nothing yet, its main thread `slowDown` times slower. */
export async function loadOf(browser: Browser, url: string, slowDown: number): Promise<Load> {
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
	const page = await context.newPage();
	try {
		const session = await context.newCDPSession(page);
		await session.send('Emulation.setCPUThrottlingRate', { rate: slowDown });
		const files = new Set<string>();
		page.on('request', (request) => {
			const { pathname } = new URL(request.url());
			if (/\.(js|css)$/.test(pathname)) files.add(pathname.slice(1));
		});
		const response = await page.goto(url, { waitUntil: 'load' });
		if (response?.status() !== 200)
			throw new Error(`${url} answered ${response?.status() ?? 'nothing'}.`);
		await page.waitForLoadState('networkidle', { timeout: 4_000 }).catch(() => undefined);
		const load = await page.evaluate(noted);
		if (load.paintMs === 0) throw new Error(`${url} painted nothing.`);
		return { ...load, bytes: [...files].reduce((sum, file) => sum + brotliBytes(file), 0) };
	} finally {
		await context.close();
	}
}
