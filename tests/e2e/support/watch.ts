import type { Page } from '@playwright/test';

/** Collects whatever a clean page has none of: console messages, errors, dialogs, failed requests. */
export const watch = (page: Page): readonly string[] => {
	const problems: string[] = [];
	page.on('console', (message) => problems.push(`console ${message.type()}: ${message.text()}`));
	page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
	page.on('requestfailed', (request) => {
		const reason = request.failure()?.errorText ?? '';
		// Whoever goes on to another page aborts what the one before was still loading.
		if (reason !== 'net::ERR_ABORTED') problems.push(`failed: ${request.url()} ${reason}`);
	});
	page.on('response', (response) => {
		if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
	});
	page.on('dialog', (dialog) => {
		problems.push(`dialog: ${dialog.message()}`);
		void dialog.dismiss();
	});
	return problems;
};
