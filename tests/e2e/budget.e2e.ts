import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { expect, test, type Page } from '@playwright/test';
import { demoUrl } from './support/demo.ts';
import { SCREENS, screenUrl } from './support/screens.ts';

/** Bytes of JavaScript and CSS, compressed with Brotli as the build does, that one first load of a screen may ask for. */
const BUDGET = 130_000;

const CLIENT = new URL('../../build/client/', import.meta.url);

/** Files that a cold load of a page asks for, until it is quiet. */
const filesOf = async (page: Page, url: string): Promise<readonly string[]> => {
	const files = new Set<string>();
	page.on('request', (request) => {
		const { pathname, origin } = new URL(request.url());
		if (origin === demoUrl() && /\.(js|css)$/.test(pathname)) files.add(pathname.slice(1));
	});
	await page.goto(url);
	await page.waitForLoadState('networkidle');
	return [...files];
};

const brotliBytes = (file: string): number =>
	brotliCompressSync(readFileSync(fileURLToPath(new URL(file, CLIENT)))).length;

for (const screen of SCREENS)
	test(`${screen.name}: the first load is within its budget`, async ({ page }) => {
		const files = await filesOf(page, await screenUrl(screen));
		const sizes = files.map((file) => ({ file, bytes: brotliBytes(file) }));
		const sum = sizes.reduce((bytes, size) => bytes + size.bytes, 0);
		test.info().annotations.push({ type: 'bytes', description: String(sum) });
		expect(files.some((file) => file.endsWith('.css'))).toBe(true);
		expect(files.length).toBeGreaterThan(5);
		const greatest = sizes.toSorted((a, b) => b.bytes - a.bytes).slice(0, 8);
		expect(sum, JSON.stringify(greatest, null, 2)).toBeLessThan(BUDGET);
	});
