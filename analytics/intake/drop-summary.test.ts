import { expect, test } from 'vitest';
import { summariseDrops } from './drop-summary.ts';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-03-08T09:20:00Z');
const RUNNING = Date.parse('2026-03-08T09:00:00Z');

test('nothing dropped is nothing', () => {
	expect(summariseDrops([], NOW)).toEqual({ reasons: [], hours: [] });
});

test('a day is the running hour and the 23 before it, a week the running one and 167', () => {
	const drops = [0, 23, 24, 167, 168].map((ago) => ({
		hour: RUNNING - ago * HOUR,
		reason: 'bot',
		count: { 0: 1, 23: 10, 24: 100, 167: 1_000, 168: 10_000 }[ago] ?? 0
	}));
	const { reasons, hours } = summariseDrops(drops, NOW);
	expect(reasons).toEqual([{ reason: 'bot', lastDay: 11, lastWeek: 1_111 }]);
	expect(hours).toHaveLength(4);
});

test('the most frequent reason comes first, the newest hour first', () => {
	const summary = summariseDrops(
		[
			{ hour: RUNNING - HOUR, reason: 'rate_limit', count: 2 },
			{ hour: RUNNING, reason: 'bot', count: 3 },
			{ hour: RUNNING - HOUR, reason: 'bot', count: 4 },
			{ hour: RUNNING, reason: 'a_reason_of_old', count: 2 }
		],
		NOW
	);
	expect(summary.reasons.map(({ reason }) => reason)).toEqual([
		'bot',
		'a_reason_of_old',
		'rate_limit'
	]);
	expect(summary.hours).toEqual([
		{ hour: RUNNING, counts: { bot: 3, a_reason_of_old: 2 } },
		{ hour: RUNNING - HOUR, counts: { rate_limit: 2, bot: 4 } }
	]);
});
