import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeLine } from './journal-line.ts';
import { openLineBuffer } from './line-buffer.ts';

test('lines are as they are encoded one by one, also after it was emptied', () => {
	const lines = openLineBuffer();
	fc.assert(
		fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 300 })), (jsons) => {
			lines.clear();
			expect(lines.isEmpty()).toBe(true);
			for (const json of jsons) lines.add(json);
			expect(lines.bytes().equals(Buffer.from(jsons.map(encodeLine).join('')))).toBe(true);
		})
	);
});

test('it grows, and gives back what it needed once', () => {
	const lines = openLineBuffer();
	const long = 'é'.repeat(1_000_000);
	for (let i = 0; i < 3; i += 1) lines.add(long);
	expect(lines.bytes().equals(Buffer.from(encodeLine(long).repeat(3)))).toBe(true);
	lines.clear();
	lines.add('{}');
	expect(lines.bytes().toString()).toBe(encodeLine('{}'));
	expect(lines.bytes().buffer.byteLength).toBeLessThan(1_000_000);
});
