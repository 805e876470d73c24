import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { openLineCounts } from './line-counts.ts';

const hashOf = (text: string): [number, number] => {
	const digest = createHash('md5').update(text).digest();
	return [digest.readUInt32LE(0), digest.readUInt32LE(4)];
};

test('tells how often a text came before, also after it has grown', () => {
	const counts = openLineCounts();
	const expected = new Map<string, number>();
	for (let at = 0; at < 150_000; at += 1) {
		const text = `line ${(at * 7) % 60_000}`;
		const before = expected.get(text) ?? 0;
		expected.set(text, before + 1);
		if (counts.add(...hashOf(text)) !== before) expect.fail(`${text} came ${before} times before`);
	}
	expect(counts.add(...hashOf('line 0'))).toBe(expected.get('line 0'));
	expect(counts.add(...hashOf('another'))).toBe(0);
});
