import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, chromiumPath } from './tests/support/chromium.ts';
import { keepCompiled } from './tests/support/keep-compiled.ts';

// Kept in the environment, so that the workers, which read this file again, do not search again.
process.env.CHROMIUM_PATH ??= await chromiumPath();
keepCompiled();

export default defineConfig({
	testDir: '.',
	testMatch: ['tests/e2e/**/*.e2e.ts', 'analytics/tracker/**/*.e2e.ts'],
	// Fills and serves the demo that the browser tests look at.
	globalSetup: './tests/e2e/global-setup.ts',
	// As many as the cores of a small machine. A file's tests stay in order unless it says that they are independent.
	workers: 2,
	fullyParallel: false,
	forbidOnly: process.env.CI !== undefined,
	retries: 0,
	// A busy machine is no failure.
	timeout: 120_000,
	expect: { timeout: 30_000 },
	reporter: [['list']],
	outputDir: 'test-results',
	use: {
		browserName: 'chromium',
		locale: 'en-GB',
		timezoneId: 'UTC',
		screenshot: 'only-on-failure',
		// A trace doubles the time of each test; `--trace on` makes one where it is wanted.
		trace: 'off',
		launchOptions: { executablePath: process.env.CHROMIUM_PATH, args: [...CHROMIUM_ARGS] }
	}
});
