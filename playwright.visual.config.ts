import { defineConfig } from '@playwright/test';
import base from './playwright.config.ts';

/** Apart from the other browser tests: these need a demo whose clock stands still. */
export default defineConfig({
	...base,
	testMatch: ['tests/visual/*.visual.ts'],
	globalSetup: [],
	// What a screen loses is made with styles of the test's own, which the policy of the app forbids.
	use: { ...base.use, bypassCSP: true }
});
