import { describe, expect, it } from 'vitest';
import { importedTools } from './imported-by.ts';

const none = { by: null, filters: [] };
const device = [{ dimension: 'device', operator: 'is', values: ['mobile'] }] as const;
const both = ['Matomo', 'Plausible'];
const span = { tables: { whole: both, page: both, device: ['Plausible'] } };

describe('tools whose figures are part of a report', () => {
	it.each([
		['overview', none, both],
		['posts', none, both],
		['topics', none, both],
		['devices', none, ['Plausible']],
		['countries', none, []],
		['sources', none, []],
		['overview', { by: null, filters: device }, ['Plausible']],
		['posts', { by: null, filters: device }, []],
		['overview', { by: ['country'] as const, filters: [] }, []],
		['ctas', none, []],
		['ctas', { by: ['device'] as const, filters: [] }, []]
	])('%s under %j: %j', (report, query, wanted) => {
		expect(importedTools(report, query, span)).toEqual(wanted);
	});
});
