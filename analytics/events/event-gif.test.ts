import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gifBody } from './event-gif.ts';
import { parseWireEvent } from './wire.ts';

const read = (query: string): ReturnType<typeof parseWireEvent> =>
	parseWireEvent(gifBody(new URLSearchParams(query)));

const PAGE = 'u=https%3A%2F%2Fblog.example.com%2Fa';

test('short and long keys mean the same as in a body', () => {
	const short = read(`n=engagement&${PAGE}&sd=40&e=1500&i=one&pv=view&d=blog.example.com`);
	expect(short).toEqual(
		read(
			`name=engagement&url=https://blog.example.com/a&depth=40&engaged_ms=1500&id=one&page_view_id=view&domain=blog.example.com`
		)
	);
	expect(short).toMatchObject({ ok: true, event: { depth: 40, engagedMs: 1500, id: 'one' } });
});

test.each([
	['c=%7B%22id%22%3A%22ebook%22%7D', { id: 'ebook', placement: 'in-text', variant: '' }],
	['c=ebook', { id: 'ebook', placement: 'in-text', variant: '' }],
	['c=ebook,sidebar', { id: 'ebook', placement: 'sidebar', variant: '' }],
	['cta=ebook,sidebar,b', { id: 'ebook', placement: 'sidebar', variant: 'b' }]
])('%s names a call to action', (query, cta) => {
	expect(read(`n=cta_click&${PAGE}&${query}`)).toMatchObject({ ok: true, event: { ctas: [cta] } });
});

test('several calls to action come as JSON', () => {
	const c = encodeURIComponent(JSON.stringify([{ id: 'a' }, { id: 'b' }]));
	expect(read(`n=pageview&${PAGE}&c=${c}`)).toMatchObject({
		event: { ctas: [{ id: 'a' }, { id: 'b' }] }
	});
	expect(read(`n=cta_click&${PAGE}&c=%7Bbroken`).ok).toBe(false);
});

test('numbers and booleans are read as such', () => {
	expect(gifBody(new URLSearchParams('v=36&t=1700000000000&i=false'))).toEqual({
		v: 36,
		t: 1_700_000_000_000,
		i: false
	});
	expect(read(`n=pageview&${PAGE}&t=2026-01-02T03:04:05Z`)).toMatchObject({
		event: { timestamp: Date.UTC(2026, 0, 2, 3, 4, 5) }
	});
});

test('the first of a repeated key counts', () => {
	expect(gifBody(new URLSearchParams('n=a&n=b'))).toEqual({ n: 'a' });
});

test('never throws', () => {
	const key = fc.oneof(
		fc.constantFrom('n', 'u', 'c', 'cta', 'p', 'i', 'v', 't', 'sd', 'e', '__proto__', 'd'),
		fc.string()
	);
	const value = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.constant('pageview'));
	fc.assert(
		fc.property(fc.array(fc.tuple(key, value)), (pairs) => {
			expect(parseWireEvent(gifBody(new URLSearchParams(pairs)))).toHaveProperty('ok');
		}),
		{ numRuns: 300, seed: 20_170_825 }
	);
});
