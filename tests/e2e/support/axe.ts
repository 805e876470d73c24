import type { Page } from '@playwright/test';
import axe from 'axe-core';

interface Finding {
	readonly id: string;
	readonly nodes: readonly {
		readonly target: readonly unknown[];
		readonly failureSummary?: string;
	}[];
}

declare global {
	interface Window {
		readonly axe?: {
			readonly run: (
				context: object,
				options: object
			) => Promise<{ readonly violations: readonly Finding[] }>;
		};
	}
}

export interface AxeOptions {
	/** The part of the page that is looked at, and parts of it that are not; selectors. */
	readonly include?: string;
	readonly exclude?: string;
	/** Rules beside those that axe itself runs, or fewer. */
	readonly rules?: Readonly<Record<string, { readonly enabled: boolean }>>;
	/** These rules only. */
	readonly runOnly?: readonly string[];
}

/** What a colour scheme changes. */
export const COLOUR_RULES: readonly string[] = ['color-contrast', 'link-in-text-block'];

/**
 * Violations of axe's rules, one line each. The script runs in the page itself, once for each document.
 */
export const violations = async (
	page: Page,
	{ include, exclude, ...options }: AxeOptions = {}
): Promise<readonly string[]> => {
	if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(axe.source);
	const context = {
		include: [include ?? 'html'],
		...(exclude === undefined ? {} : { exclude: [exclude] })
	};
	const found = await page.evaluate(
		async ([where, how]) => (await window.axe?.run(where, how))?.violations,
		[context, { resultTypes: ['violations'], ...options }] as const
	);
	if (found === undefined) throw new Error('axe did not run.');
	return found.flatMap(({ id, nodes }) =>
		nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`)
	);
};

/** The rows of a table are alike: the first of each stand for all, so that a look ends soon. */
export const keepRows = (page: Page, rows: number): Promise<void> =>
	page.evaluate((kept) => {
		for (const row of document.querySelectorAll(`tbody tr:nth-child(n + ${kept + 1})`))
			row.remove();
	}, rows);
