import { expect, test } from 'vitest';
import { formatBytes } from './format-bytes.ts';

test.each([
	[0, '0 B'],
	[999, '999 B'],
	[1_536, '1.5 kB'],
	[20 * 1024 ** 2, '20 MB'],
	[8 * 1024 ** 3, '8 GB']
])('%s bytes are %s', (bytes, text) => {
	expect(formatBytes(bytes).replace('\u202f', ' ')).toBe(text);
});
