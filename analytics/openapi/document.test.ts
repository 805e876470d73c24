import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerSchema, checkerOf, openApi, parametersOf } from '../../tests/support/openapi.ts';
import { parseWireEvent } from '../events/wire.ts';
import { keysOf } from '../keys-of.ts';
import { PARAMETER_NAMES } from '../query/parameter-names.ts';
import { parseQuery } from '../query/parse.ts';
import { COMPARES, INTERVALS, PERIODS } from '../query/period.ts';
import { checkColumns } from '../reports/check-columns.ts';
import { columnsOf } from '../reports/definition.ts';
import { groupingsOf, REPORTS } from '../reports/registry.ts';
import { REPORT_IDS } from '../reports/report-ids.ts';
import { openApiDocument } from './document.ts';
import { SHORT_KEYS } from './event-shapes.ts';

const text = JSON.stringify(openApiDocument());
const document = openApi.parse(JSON.parse(text));
const enumOf = (schema: unknown): unknown =>
	typeof schema === 'object' && schema !== null && 'enum' in schema ? schema.enum : null;

test('is an OpenAPI 3.1 document whose references lead somewhere', () => {
	expect(openApi.safeParse(JSON.parse(text)).error).toBeUndefined();
	expect(() => openApi.parse({ ...document, openapi: '3.0.3' })).toThrow();
	expect(
		openApi.safeParse(JSON.parse(text.replace('schemas/Query"', 'schemas/Nothing"'))).success
	).toBe(false);
});

test.each(Object.keys(document.components.schemas))('the schema %s can check', (name) => {
	const checker = checkerOf(document, { $ref: `#/components/schemas/${name}` });
	expect(checker.safeParse('nonsense').success).toBe(false);
});

describe.each(REPORT_IDS)('the report %s', (id) => {
	const names = (path: string): readonly string[] =>
		parametersOf(document, path).map(({ name }) => name);
	const expected = PARAMETER_NAMES.filter((name) => name !== 'by' || groupingsOf(id).length > 0);

	test('has its parameters, as JSON and as CSV', () => {
		expect(names(`/api/reports/${id}.csv`)).toEqual(expected);
		expect(names(`/api/reports/${id}`)).toEqual(
			expected.filter((name) => name !== 'flavour' && name !== 'locale')
		);
	});

	test('names what each parameter may be', () => {
		const enums = Object.fromEntries(
			parametersOf(document, `/api/reports/${id}`).map(({ name, schema }) => [name, enumOf(schema)])
		);
		expect(enums['period']).toEqual(keysOf(PERIODS));
		expect(enums['compare']).toEqual(keysOf(COMPARES));
		expect(enums['interval']).toEqual(INTERVALS);
		expect(enums['by'] ?? []).toEqual(groupingsOf(id));
		for (const { id: column } of columnsOf(REPORTS[id]))
			expect(enums['sort']).toEqual(expect.arrayContaining([column, `-${column}`]));
	});

	test('has every column in its rows, with its definition', () => {
		const row = JSON.stringify(document.components.schemas[`Report_${id}_row`]);
		for (const column of columnsOf(REPORTS[id])) {
			expect(row).toContain(`"${column.id}":{`);
			expect(row).toContain(JSON.stringify(column.definition));
		}
		expect(answerSchema(document, `/api/reports/${id}`, 200)).toEqual({
			$ref: `#/components/schemas/Report_${id}`
		});
		for (const status of [400, 404, 503])
			expect(answerSchema(document, `/api/reports/${id}.csv`, status)).toEqual({
				$ref: '#/components/schemas/QueryErrors'
			});
	});
});

test('what the document allows is what the parser takes', () => {
	const site = { id: 1, domain: 'blog.example.com', zone: 'Asia/Kathmandu' };
	const parameters = parametersOf(document, '/api/reports/sources');
	const choices = parameters.flatMap(({ name, schema }) => {
		const values = enumOf(schema);
		return Array.isArray(values)
			? [fc.constantFrom(...values.map((value) => [name, String(value)]))]
			: [];
	});
	fc.assert(
		fc.property(
			fc.subarray(choices).chain((some) => fc.tuple(...some)),
			(pairs) => {
				const params = new URLSearchParams(pairs.map(([name = '', value = '']) => [name, value]));
				// Whether hours fit the period and a column the grouping, no schema says.
				if (params.get('interval') === 'hour') params.set('period', '7d');
				if (params.has('by')) params.delete('sort');
				if (/^-?(referrer|utm_)/.test(params.get('sort') ?? '')) params.delete('sort');
				const outcome = parseQuery(params, { site, now: Date.UTC(2026, 10, 23), firstDay: null });
				expect(outcome.ok ? checkColumns('sources', outcome.query) : outcome.errors).toEqual([]);
			}
		),
		{ numRuns: 200 }
	);
});

describe('an event', () => {
	const event = checkerOf(document, { $ref: '#/components/schemas/Event' });
	const full = {
		name: 'cta_click',
		url: 'https://blog.example.com/post',
		domain: 'blog.example.com',
		referrer: 'https://www.example.org/',
		id: 'abc-1',
		page_view_id: 'view-1',
		cta: { id: 'ebook', placement: 'in-text', variant: 'b' },
		form: 'newsletter',
		timestamp: 1_800_000_000_000,
		props: { author: 'Åsa' },
		depth: 80,
		engaged_ms: 12_000
	} as const;
	const short = Object.fromEntries(keysOf(full).map((name) => [SHORT_KEYS[name], full[name]]));

	test('is the same by long and by short keys', () => {
		expect(Object.keys(SHORT_KEYS)).toEqual(Object.keys(full));
		for (const name of ['cta_click', 'engagement', 'subscribe']) {
			const long = parseWireEvent({ ...full, name });
			expect(long.ok).toBe(true);
			expect(parseWireEvent({ ...short, n: name })).toEqual(long);
		}
		expect(event.safeParse(full).error).toBeUndefined();
		expect(event.safeParse(short).error).toBeUndefined();
		expect(event.safeParse({ name: 'pageview', u: full.url }).error).toBeUndefined();
	});

	test.each([
		{ name: 'pageview' },
		{ url: full.url },
		{ ...full, name: 'x'.repeat(121) },
		{ ...full, id: 'not an id' },
		{ ...full, cta: ['ebook'] },
		{ ...full, timestamp: 'yesterday' }
	])('is refused by the document and by the parser: %j', (body) => {
		expect(event.safeParse(body).success).toBe(false);
		expect(parseWireEvent(body).ok).toBe(false);
	});
});
