import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hmacWith } from './hmac.ts';

test('it is what the platform’s own HMAC-SHA-256 says', () => {
	fc.assert(
		fc.property(
			fc.uint8Array({ minLength: 1, maxLength: 64 }),
			fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 3 }),
			(bytes, messages) => {
				const key = Buffer.from(bytes);
				const hmac = hmacWith(key);
				for (const message of messages)
					expect(hmac(message)).toBe(createHmac('sha256', key).update(message).digest('hex'));
			}
		)
	);
});

test('a key longer than a block is refused', () => {
	expect(() => hmacWith(Buffer.alloc(65))).toThrow(RangeError);
});
