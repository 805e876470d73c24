import { describe, expect, test } from 'vitest';
import { additiveDimensions } from './additive-dimensions.ts';
import { DIMENSIONS } from './dimensions.ts';
import { keysOf } from './keys-of.ts';
import { METRICS } from './metrics.ts';
import { columnsOf } from './reports/definition.ts';
import { REPORTS } from './reports/registry.ts';

const SENTENCE = /^\p{Lu}[^]+\.$/u;
const IDS = keysOf(METRICS);
const labels = Object.values(METRICS).map(({ label }) => label);

describe.each(IDS)('the metric %s', (id) => {
	const metric = METRICS[id];
	const { additive } = metric;

	test('is named and defined in a sentence', () => {
		expect(id).toMatch(/^[a-z][a-z0-9_]*$/);
		expect(metric.label).not.toBe('');
		expect(labels.filter((label) => label === metric.label)).toHaveLength(1);
		expect(metric.definition).toMatch(SENTENCE);
	});

	test('says where it comes from', () => {
		switch (metric.kind) {
			case 'base':
				expect(metric.facts.length).toBeGreaterThan(0);
				expect(metric.sql).not.toBe('');
				break;
			case 'ratio':
				for (const part of [metric.numerator, metric.denominator])
					expect(METRICS[part], part).toMatchObject({ kind: 'base', empty: 0 });
				break;
			case 'bound':
				expect(METRICS[metric.of]).toMatchObject({ kind: 'ratio', unit: 'ratio' });
				expect(id).toBe(`${metric.of}_${metric.end}`);
				break;
			case 'report':
				expect(metric.from.length).toBeGreaterThan(0);
				break;
		}
	});

	test('says over what it adds up, as its expression does', () => {
		const dimensions = additiveDimensions(id);
		expect(dimensions).not.toContain('topic');
		expect(dimensions).not.toContain('author');
		if (metric.kind !== 'base' && metric.kind !== 'report')
			expect({ ...additive, dimensions }).toEqual({ hours: false, days: false, dimensions: [] });
		if (metric.kind !== 'base' || metric.facts.includes('catalogue')) return;
		const isDistinct = metric.sql.startsWith('count(distinct ');
		const isSum = /^(sum|count)\(/.test(metric.sql) && !isDistinct;
		expect(additive).toMatchObject({ hours: isSum, days: isSum || isDistinct });
		expect(dimensions.includes('page')).toBe(isSum && !metric.facts.includes('visits'));
		const isOfCtas = metric.facts.includes('cta_exposures');
		if (isDistinct)
			expect(dimensions).toEqual(isOfCtas ? [] : ['country', 'device', 'browser', 'os']);
	});
});

test.each(keysOf(DIMENSIONS))('the dimension %s is named, defined and known to a fact', (id) => {
	const { label, definition, columns } = DIMENSIONS[id];
	expect(label).not.toBe('');
	expect(definition).toMatch(/^[^]+\.$/u);
	expect(keysOf(columns).length).toBeGreaterThan(0);
});

test.each(keysOf(REPORTS))('every column of the report %s is defined', (id) => {
	const usual = REPORTS[id];
	for (const definition of [usual, ...(usual.groupings ?? []).map((other) => other.definition)])
		for (const column of columnsOf(definition)) {
			expect(column.definition, column.id).toMatch(/\.$/);
			const isRate = column.kind === 'metric' && METRICS[asMetric(column.id)].kind === 'ratio';
			if (isRate)
				expect(column).toMatchObject({
					numerator: expect.any(String),
					denominator: expect.any(String)
				});
		}
});

function asMetric(id: string): (typeof IDS)[number] {
	const found = IDS.find((metric) => metric === id);
	if (found === undefined) throw new TypeError(`${id} is no metric.`);
	return found;
}
