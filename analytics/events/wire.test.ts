import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseWireEvent, type WireEvent } from './wire.ts';

function event(body: unknown): WireEvent {
	const outcome = parseWireEvent(body);
	if (!outcome.ok) throw new TypeError(JSON.stringify(outcome.errors));
	return outcome.event;
}

function errors(body: unknown): Readonly<Record<string, readonly string[]>> {
	const outcome = parseWireEvent(body);
	return outcome.ok ? {} : outcome.errors;
}

const VIEW = { n: 'pageview', u: 'https://blog.example.com/a' };

test('long and short names mean the same', () => {
	const short = {
		n: 'engagement',
		u: 'https://blog.example.com/a',
		d: 'www.Blog.example.com',
		i: 'event-1',
		pv: 'view-1',
		sd: 40,
		e: 1500,
		c: [{ id: 'ebook', placement: 'sidebar', variant: 'b' }]
	};
	const long = {
		name: 'engagement',
		url: 'https://blog.example.com/a',
		domain: 'blog.example.com',
		id: 'event-1',
		page_view_id: 'view-1',
		depth: 40,
		engaged_ms: 1500,
		cta: [{ id: 'ebook', placement: 'sidebar', variant: 'b' }]
	};
	expect(event(short)).toEqual(event(long));
	expect(event(short).domains).toEqual(['blog.example.com']);
});

test('a boolean i is Plausible’s "interactive", not an id', () => {
	expect(event({ ...VIEW, i: false }).id).toBeUndefined();
});

test('a page view with an id of its own, or from a client with a version, is measured', () => {
	expect(event(VIEW).measured).toBe(false);
	expect(event({ ...VIEW, pv: 'x' }).measured).toBe(true);
	expect(event({ ...VIEW, v: 36 }).measured).toBe(true);
});

test('depth and engaged time are bounded; without either an engagement is refused', () => {
	const engagement = { ...VIEW, n: 'engagement' };
	expect(event({ ...engagement, sd: 250 }).depth).toBe(100);
	expect(event({ ...engagement, sd: '33' }).depth).toBe(33);
	expect(event({ ...engagement, e: 1200.9 }).engagedMs).toBe(1200);
	expect(event({ ...engagement, e: 40 * 86_400_000, sd: 1 }).engagedMs).toBeUndefined();
	expect(errors(engagement)).toHaveProperty('event_name');
	expect(errors({ ...engagement, sd: -4, e: 'x' })).toHaveProperty('event_name');
});

test.each([
	[null, 'body'],
	['text', 'body'],
	[[VIEW], 'body'],
	[{ u: VIEW.u }, 'event_name'],
	[{ n: '', u: VIEW.u }, 'event_name'],
	[{ n: 'x'.repeat(121), u: VIEW.u }, 'event_name'],
	[{ n: 'pageview' }, 'url'],
	[{ n: 'pageview', u: 5 }, 'url'],
	[{ ...VIEW, u: 'javascript:alert(1)' }, 'url'],
	[{ ...VIEW, u: ' DATA:text/html,x' }, 'url'],
	[{ ...VIEW, d: '' }, 'domain'],
	[{ ...VIEW, d: 7 }, 'domain'],
	[{ ...VIEW, i: 'no spaces please' }, 'id'],
	[{ ...VIEW, pv: 'x'.repeat(65) }, 'page_view_id'],
	[{ ...VIEW, n: 'cta_click' }, 'cta'],
	[{ ...VIEW, n: 'cta_click', c: { id: '' } }, 'cta']
])('%j is refused at %s', (body, field) => {
	expect(Object.keys(errors(body))).toEqual([field]);
});

test('text is well-formed, without control or direction characters, and cut', () => {
	const click = event({
		...VIEW,
		n: 'cta_click',
		c: { id: 'a\u0000b\ud800\u202ec', placement: 'p'.repeat(500) }
	});
	expect(click.ctas).toEqual([{ id: 'ab\ufffdc', placement: 'p'.repeat(60), variant: '' }]);
	expect(event({ ...VIEW, r: 'r'.repeat(5_000) }).referrer).toHaveLength(2_000);
});

test('props come as a map or as JSON text; nested, blank and surplus ones are left out', () => {
	expect(event({ ...VIEW, p: { a: 1, b: true, c: ['x'], d: '', e: 'f' } }).props).toEqual({
		a: '1',
		b: 'true',
		e: 'f'
	});
	expect(event({ ...VIEW, p: '{"a":"b"}' }).props).toEqual({ a: 'b' });
	expect(event({ ...VIEW, p: 'not json' }).props).toBeUndefined();
	const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, 'v']));
	expect(Object.keys(event({ ...VIEW, p: many }).props ?? {})).toHaveLength(30);
});

test('__proto__ changes nothing', () => {
	const body: unknown = JSON.parse(
		'{"n":"pageview","u":"https://blog.example.com/","__proto__":{"d":"x"},"p":{"__proto__":{"y":1},"a":"b"}}'
	);
	expect(event(body).props).toEqual({ a: 'b' });
	expect({}).not.toHaveProperty('y');
});

test('it never throws, whatever comes', () => {
	fc.assert(
		fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (a, b, c) => {
			parseWireEvent(a);
			parseWireEvent({ ...VIEW, p: a, c: b, r: c, sd: a, e: b, i: c, pv: a, d: b, t: c, f: a });
		}),
		{ numRuns: 500 }
	);
});
