import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DOC_PAGES } from './pages.ts';

test.each(Object.entries(DOC_PAGES))('docs/%s is what the code says', (name, text) => {
	expect(readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8')).toBe(text());
});
