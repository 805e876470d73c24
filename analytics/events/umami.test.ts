import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseUmami, umamiBody, umamiIdOf, umamiSession, type UmamiHit } from './umami.ts';
import { parseWireEvent } from './wire.ts';

const WEBSITE = '0b8ff6a4-8a3e-4b6e-9a51-5a1c5bb1a6f0';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function hit(payload: object, type = 'event'): UmamiHit {
	const outcome = parseUmami({ type, payload });
	if (!outcome.ok) throw new TypeError(outcome.message);
	return outcome.hit;
}

const wire = (payload: object): ReturnType<typeof parseWireEvent> =>
	parseWireEvent(umamiBody(hit({ website: WEBSITE, ...payload }), 'blog.example.com'));

test('no name is a page view, a name a custom event', () => {
	expect(wire({ url: '/a' })).toMatchObject({ event: { name: 'pageview' } });
	expect(wire({ url: '/a', name: '' })).toMatchObject({ event: { name: 'pageview' } });
	expect(wire({ url: '/a', name: 'Signup' })).toMatchObject({ event: { name: 'Signup' } });
});

test.each([
	[{ url: '/a?utm_source=x' }, 'https://blog.example.com/a?utm_source=x'],
	[{ url: 'a' }, 'https://blog.example.com/a'],
	[{ url: '/a', hostname: 'www.blog.example.com' }, 'https://www.blog.example.com/a'],
	[{ url: 'http://other.example/b', hostname: 'blog.example.com' }, 'http://other.example/b'],
	[{}, 'https://blog.example.com/']
])('%j is the page %s', (payload, url) => {
	expect(wire(payload)).toMatchObject({ ok: true, event: { url } });
});

test('a path as referrer is a page of the same host', () => {
	expect(wire({ url: '/b', referrer: '/a' })).toMatchObject({
		event: { referrer: 'https://blog.example.com/a' }
	});
	expect(wire({ referrer: 'https://news.example/' })).toMatchObject({
		event: { referrer: 'https://news.example/' }
	});
});

test('data and title are props as far as props go', () => {
	expect(
		wire({ title: 'A', data: { plan: 'pro', seats: 3, yes: true, deep: { a: 1 }, none: null } })
	).toMatchObject({ event: { props: { title: 'A', plan: 'pro', seats: '3', yes: 'true' } } });
	expect(wire({ title: 'A', data: { title: 'B' } })).toMatchObject({
		event: { props: { title: 'B' } }
	});
	expect(wire({ data: 'text' })).toMatchObject({ ok: true });
});

test('what the script of version 2 encodes twice is read once', () => {
	expect(wire({ url: '/%25E6%2597%25A5?a=%2520', title: '100%25%20off' })).toMatchObject({
		event: { url: 'https://blog.example.com/%E6%97%A5?a=%20', props: { title: '100% off' } }
	});
	expect(wire({ title: '100% off %20' })).toMatchObject({
		event: { props: { title: '100% off %20' } }
	});
	expect(wire({ title: '%FF' })).toMatchObject({ event: { props: { title: '%FF' } } });
});

test('address, User-Agent and time that the payload states are not read', () => {
	const outcome = wire({ ip: '203.0.113.9', userAgent: 'x', timestamp: 1, id: 'someone' });
	expect(outcome).toMatchObject({ ok: true });
	expect(JSON.stringify(outcome)).not.toMatch(/203\.0\.113\.9|timestamp|someone/);
});

test('identify and performance are understood and not counted', () => {
	expect(hit({ website: WEBSITE }, 'identify').counts).toBe(false);
	expect(hit({ website: WEBSITE, lcp: 1 }, 'performance').counts).toBe(false);
});

test.each([
	[null, 'body must be an object'],
	[[], 'body must be an object'],
	[{ payload: { website: WEBSITE } }, 'type must be event, identify or performance'],
	[{ type: 'event' }, 'payload must be an object'],
	[{ type: 'event', payload: {} }, 'payload.website or payload.hostname must name the site'],
	[{ type: 'event', payload: { website: 7 } }, 'payload.website must be text'],
	[
		{ type: 'event', payload: { website: WEBSITE, name: 'x'.repeat(121) } },
		'payload.name must be at most 120 characters'
	]
])('%j is refused', (input, message) => {
	expect(parseUmami(input)).toEqual({ ok: false, message });
});

test('a site has one website id, made of its domain alone', () => {
	expect(umamiIdOf('blog.example.com')).toMatch(UUID);
	expect(umamiIdOf('blog.example.com')).toBe(umamiIdOf('blog.example.com'));
	expect(umamiIdOf('blog.example.com')).not.toBe(umamiIdOf('example.com'));
	// The version 5 UUID of this name, as RFC 9562 has it.
	expect(umamiIdOf('www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
});

test('session ids do not show the visitor', () => {
	const session = umamiSession('0123456789abcdef');
	expect(session.sessionId).toMatch(UUID);
	expect(session.visitId).toMatch(UUID);
	expect(new Set(Object.values(session)).size).toBe(3);
	expect(JSON.stringify(session)).not.toContain('0123456789abcdef');
	expect(umamiSession('0123456789abcdef')).toEqual(session);
});

test('never throws', () => {
	const payload = fc.record(
		{
			website: fc.oneof(fc.constant(WEBSITE), fc.anything()),
			hostname: fc.oneof(fc.string({ unit: 'binary' }), fc.domain(), fc.anything()),
			url: fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), fc.webPath(), fc.anything()),
			referrer: fc.anything(),
			name: fc.oneof(fc.string({ unit: 'binary' }), fc.constant('engagement')),
			title: fc.anything(),
			data: fc.oneof(fc.object(), fc.anything())
		},
		{ requiredKeys: [] }
	);
	const input = fc.oneof(
		fc.record({ type: fc.constantFrom('event', 'identify', 'other'), payload }),
		fc.anything()
	);
	fc.assert(
		fc.property(input, (body) => {
			const outcome = parseUmami(body);
			if (outcome.ok)
				expect(parseWireEvent(umamiBody(outcome.hit, 'blog.example.com'))).toHaveProperty('ok');
			else expect(outcome.message).toMatch(/\S/);
		}),
		{ numRuns: 300, seed: 20_170_825 }
	);
});
