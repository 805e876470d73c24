import { expect, test } from 'vitest';
import { askedQuery } from './asked-query.ts';

test('a query is kept to be read, and never with what opens a link', () => {
	const given = '?site=share:secret&period=7d&filter=author:is:Ana%20B&s%69te=share:secret';
	expect(askedQuery(new URLSearchParams(given))).toBe('period=7d&filter=author:is:Ana B');
	expect(askedQuery(new URLSearchParams('site=blog.example.com'))).toBe('');
});
