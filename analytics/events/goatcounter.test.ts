import fc from 'fast-check';
import { expect, test } from 'vitest';
import { goatBody, parseGoatCounter, type AskingPage, type GoatHit } from './goatcounter.ts';
import { parseWireEvent } from './wire.ts';

const PAGE: AskingPage = { referer: 'https://blog.example.com/' };

function hit(query: string, page: AskingPage = PAGE): GoatHit {
	const outcome = parseGoatCounter(new URLSearchParams(query), page);
	if (!outcome.ok) throw new TypeError(outcome.why);
	return outcome.hit;
}

const why = (query: string): string => {
	const outcome = parseGoatCounter(new URLSearchParams(query), PAGE);
	return outcome.ok ? '' : outcome.why;
};

const wire = (query: string, page: AskingPage = PAGE): ReturnType<typeof parseWireEvent> =>
	parseWireEvent(goatBody(hit(query, page), 'blog.example.com'));

test('a path is a page view', () => {
	expect(wire('p=%2Fa&t=Title&r=https%3A%2F%2Fnews.example%2F&s=1280,720,1&rnd=x1')).toMatchObject({
		ok: true,
		event: {
			name: 'pageview',
			url: 'https://blog.example.com/a',
			referrer: 'https://news.example/',
			props: { title: 'Title' }
		}
	});
	expect(hit('p=a').path).toBe('/a');
});

test('campaigns in q join the path, once', () => {
	expect(hit('p=%2Fa&q=%3Futm_source%3Dx').path).toBe('/a?utm_source=x');
	expect(hit('p=%2Fa%3Futm_source%3Dx&q=%3Futm_source%3Dx').path).toBe('/a?utm_source=x');
	expect(hit('p=%2Fa%3Fb%3D1&q=utm_source%3Dx').path).toBe('/a?b=1&utm_source=x');
});

test('e=true is a custom event of the page that asks', () => {
	const page = { referer: 'https://blog.example.com/a?x=1' };
	expect(wire('p=sign-up&e=true', page)).toMatchObject({
		event: { name: 'sign-up', url: 'https://blog.example.com/a?x=1' }
	});
	expect(hit('p=sign-up&e=true', {}).path).toBe('/');
	expect(hit('p=sign-up&e=false').name).toBeUndefined();
});

test('hosts of Origin, Referer and an absolute path, in this order', () => {
	expect(
		hit('p=https%3A%2F%2Fc.example%2Fx&site=d', {
			origin: 'https://a.example',
			referer: 'https://b.example/'
		})
	).toMatchObject({ hosts: ['a.example', 'b.example', 'c.example'], site: 'd', path: '/x' });
	expect(hit('p=%2F', { origin: 'null' }).hosts).toEqual([]);
});

test('b is 0 or a bot that the script recognised', () => {
	expect(hit('p=%2F').isBot).toBe(false);
	expect(hit('p=%2F&b=0').isBot).toBe(false);
	expect(hit('p=%2F&b=153').isBot).toBe(true);
	for (const b of ['1', '149', '-1', 'x', '']) expect(why(`p=%2F&b=${b}`)).toMatch(/^b, /);
});

test('a path is needed and at most 2,048 characters', () => {
	expect(why('')).toMatch(/missing/);
	expect(why('p=%20')).toMatch(/missing/);
	expect(why(`p=${'x'.repeat(2_049)}`)).toMatch(/longer/);
	expect(why(`p=${'x'.repeat(2_048)}`)).toBe('');
});

test('never throws', () => {
	const text = fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), fc.webPath());
	fc.assert(
		fc.property(
			fc.array(fc.tuple(fc.constantFrom('p', 't', 'r', 'e', 'q', 's', 'b', 'site'), text)),
			fc.option(text, { nil: undefined }),
			fc.option(text, { nil: undefined }),
			(pairs, origin, referer) => {
				const outcome = parseGoatCounter(new URLSearchParams(pairs), { origin, referer });
				if (outcome.ok)
					expect(parseWireEvent(goatBody(outcome.hit, 'blog.example.com'))).toHaveProperty('ok');
				else expect(outcome.why).toMatch(/\S/);
			}
		),
		{ numRuns: 300, seed: 20_170_825 }
	);
});
