import { brotliCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { buildTracker } from './build.ts';

const MOST_BYTES = 1_500;

test('the script, everything in it, is at most 1.5 kB after Brotli', async () => {
	const script = await buildTracker();
	expect(brotliCompressSync(script).length).toBeLessThanOrEqual(MOST_BYTES);
});

test('the script stores nothing and leaves no name behind but byline', async () => {
	const script = await buildTracker();
	expect(script).not.toMatch(/cookie|localStorage|sessionStorage|indexedDB|\.value\b|FormData/);
	expect(script).toMatch(/^\(function\(\)\{.*\}\)\(\);\s*$/s);
});
