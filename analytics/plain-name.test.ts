import { expect, test } from 'vitest';
import { plainName } from './plain-name.ts';

test.each([
	['  The  weekly\tone ', 'The weekly one'],
	['reversed \u202egnp.exe', 'reversed gnp.exe'],
	['\u2067right to left\u2069', 'right to left'],
	['\u202a \u202c', ''],
	['שלום 日本語 é', 'שלום 日本語 é'],
	['half \ud800', 'half \ufffd']
])('%j is %j', (given, kept) => {
	expect(plainName(given)).toBe(kept);
});
