import { writeFileSync } from 'node:fs';
import { DOC_PAGES } from './pages.ts';

for (const [name, text] of Object.entries(DOC_PAGES))
	writeFileSync(new URL(`../../docs/${name}`, import.meta.url), text());
