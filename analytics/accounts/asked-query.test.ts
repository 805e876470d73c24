import { expect, test } from 'vitest';
import { askedQuery } from './asked-query.ts';

test('a query is kept to be read, and never with what opens a link', () => {
	const given = '?site=share:secret&period=7d&filter=author:is:Ana%20B&s%69te=share:secret';
	expect(askedQuery(new URLSearchParams(given))).toBe('period=7d&filter=author:is:Ana B');
	expect(askedQuery(new URLSearchParams('site=blog.example.com'))).toBe('');
});

test('what is asked for cannot turn the text of the log around, or stand on lines of its own', () => {
	const given = new URLSearchParams({
		filter: 'author:is:Ann \u202eenilreht\u2069\n\n  signed in'
	});
	expect(askedQuery(given)).toBe('filter=author:is:Ann enilreht signed in');
});
