import { expect, test } from 'vitest';
import { DIMENSIONS } from '../dimensions.ts';
import { keysOf } from '../keys-of.ts';
import { METRICS } from '../metrics.ts';
import { compile, type Grouping } from './compile.ts';
import { factsOf } from './facts-of.ts';
import { WHOLE_SITE } from './scope.ts';

const RANGE = { from: '2026-01-01', to: '2026-01-31' };
const GROUPINGS: readonly Grouping[] = ['date', ...keysOf(DIMENSIONS)];
const IDS = keysOf(METRICS).filter((id) => METRICS[id].kind !== 'report' && id !== 'posts');

test.each(IDS)('%s can be asked by what its facts know, and only by that', (id) => {
	for (const first of GROUPINGS)
		for (const second of GROUPINGS.slice(GROUPINGS.indexOf(first) + 1)) {
			const by = [first, second];
			const question = {
				site: 1,
				range: RANGE,
				interval: 'day',
				unrolled: [],
				filters: [],
				scope: WHOLE_SITE,
				metrics: [id],
				by
			};
			const ask = (): unknown => compile({ ...question, interval: 'day' });
			if (factsOf(id, by) === null) expect(ask, by.join()).toThrow(TypeError);
			else expect(ask, by.join()).not.toThrow();
		}
});
