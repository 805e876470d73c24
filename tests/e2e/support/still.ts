import { DEMO_SITE } from './demo.ts';
import { getReport } from './report.ts';

/** Waits until no event changes the figures any more: the last ones of a page come after it was left. */
export const still = async (origin: string): Promise<void> => {
	for (let last = ''; ;) {
		const { totals } = await getReport(origin, DEMO_SITE, 'overview', { period: '7d' });
		const now = JSON.stringify(totals);
		if (now === last) return;
		last = now;
		await new Promise((resolve) => setTimeout(resolve, 1_000));
	}
};
