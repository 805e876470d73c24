import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ResolvedQuery } from '../reports/result.ts';
import { DIMENSIONS } from '../dimensions.ts';
import { keysOf } from '../keys-of.ts';
import { encodeFilter, parseFilter } from './filter.ts';
import { parseQuery } from './parse.ts';

const SITE = { id: 1, domain: 'blog.example.com', zone: 'Europe/Berlin' };
// 23 November 2026, 00:30 in Berlin, still the 22nd in UTC.
const NOW = Date.UTC(2026, 10, 22, 23, 30);

function query(search: string, firstDay: string | null = '2025-01-15'): ResolvedQuery {
	const outcome = parseQuery(new URLSearchParams(search), { site: SITE, now: NOW, firstDay });
	if (!outcome.ok) throw new TypeError(JSON.stringify(outcome.errors));
	return outcome.query;
}

function wrong(search: string): readonly string[] {
	const outcome = parseQuery(new URLSearchParams(search), { site: SITE, now: NOW, firstDay: null });
	return outcome.ok ? [] : outcome.errors.map(({ path }) => path);
}

test.each([
	['', '2026-10-25', '2026-11-23', 'day'],
	['period=today', '2026-11-23', '2026-11-23', 'hour'],
	['period=yesterday', '2026-11-22', '2026-11-22', 'hour'],
	['period=7d', '2026-11-17', '2026-11-23', 'day'],
	['period=28d', '2026-10-27', '2026-11-23', 'day'],
	['period=month', '2026-11-01', '2026-11-23', 'day'],
	['period=last_month', '2026-10-01', '2026-10-31', 'day'],
	['period=12m', '2025-11-24', '2026-11-23', 'week'],
	['period=year', '2026-01-01', '2026-11-23', 'week'],
	['period=all', '2025-01-15', '2026-11-23', 'week'],
	['from=2024-02-29&to=2024-02-29', '2024-02-29', '2024-02-29', 'hour'],
	['from=2015-05-17&to=2015-05-18', '2015-05-17', '2015-05-18', 'day'],
	['from=2010-01-01&to=2026-01-01', '2010-01-01', '2026-01-01', 'month']
])('"%s" is %s to %s by %s', (search, from, to, interval) => {
	expect(query(search)).toMatchObject({ from, to, interval });
});

test.each([
	['period=7d', { from: '2026-11-10', to: '2026-11-16' }],
	['period=7d&compare=weekday', { from: '2026-11-10', to: '2026-11-16' }],
	['period=yesterday&compare=weekday', { from: '2026-11-15', to: '2026-11-15' }],
	['period=30d&compare=weekday', { from: '2026-09-20', to: '2026-10-19' }],
	['from=2024-02-29&compare=year', { from: '2023-02-28', to: '2023-02-28' }]
])('"%s" compares with %j', (search, days) => {
	expect(query(search).compare).toMatchObject(days);
});

test('today is compared with as much of yesterday', () => {
	const { compare } = query('period=today');
	expect(compare).toMatchObject({ from: '2026-11-22', to: '2026-11-22' });
	expect(new Date(compare?.since ?? 0).toISOString()).toBe('2026-11-21T23:00:00.000Z');
	expect(new Date(compare?.until ?? 0).toISOString()).toBe('2026-11-21T23:30:00.000Z');
});

test('nothing to compare with', () => {
	expect(query('compare=none').compare).toBeNull();
});

test('24 hours end with the running one and compare with the 24 before', () => {
	const { since = 0, until = 0, compare, interval } = query('period=24h');
	expect(new Date(since).toISOString()).toBe('2026-11-22T00:00:00.000Z');
	expect(until).toBeGreaterThan(NOW);
	expect(interval).toBe('hour');
	expect(compare).toMatchObject({ since: since - 86_400_000, until: since });
});

test.each([
	['period=fortnight', ['#/period']],
	['compare=never', ['#/compare']],
	['interval=minute', ['#/interval']],
	['period=12m&interval=hour', ['#/interval']],
	['from=yesterday', ['#/from', '#/to']],
	['from=2026-02-30&to=2026-03-01', ['#/from']],
	['from=2026-03-02&to=2026-03-01', ['#/to']],
	['from=0001-01-01&to=9999-12-31', ['#/from', '#/to']],
	['sort=readers;drop table events', ['#/sort']],
	['filter=colour:is:red', ['#/filter/0']],
	['filter=topic:is:SEO&filter=topic:sounds_like:x', ['#/filter/1']],
	['filter=post:is:1 or 1=1', ['#/filter/0']],
	[
		`period=x&compare=y&interval=z&q=${'x'.repeat(201)}`,
		['#/period', '#/compare', '#/interval', '#/q']
	],
	[`filter=page:is:${'x'.repeat(2_049)}`, ['#/filter/0']],
	[`filter=page:is:a${'|a'.repeat(200)}`, ['#/filter/0']],
	['filter=page:is:a&'.repeat(21), ['#/filter']]
])('"%s" is wrong at %j', (search, paths) => {
	expect(wrong(search)).toEqual(paths);
});

test('as much as is allowed is allowed', () => {
	const filter = `filter=page:is:${Array.from({ length: 200 }, () => 'a').join('|')}&`;
	expect(query(filter.repeat(20)).filters).toHaveLength(20);
	expect(query(`filter=page:is:${'x'.repeat(2_048)}&q=${'x'.repeat(200)}`).search).toHaveLength(
		200
	);
});

test('a filter survives its own text', () => {
	fc.assert(
		fc.property(
			fc.constantFrom(...keysOf(DIMENSIONS).filter((dimension) => dimension !== 'post')),
			fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 }),
			(dimension, values) => {
				const filter = { dimension, operator: 'is_not', values } as const;
				expect(parseFilter(encodeFilter(filter))).toEqual(filter);
			}
		)
	);
});
