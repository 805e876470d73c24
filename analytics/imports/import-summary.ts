import { z } from 'zod';
import type { ImportSummary } from './read-events.ts';

const summary = z.object({
	lines: z.number(),
	events: z.number(),
	pageViews: z.number(),
	skipped: z.record(z.string(), z.number()),
	unreadable: z.number(),
	errors: z.array(z.object({ file: z.string(), line: z.number(), reason: z.string() })),
	from: z.string().nullable(),
	to: z.string().nullable()
});

/** A summary as it is stored with an import; null where it is none. Another version may have known other reasons. */
export function parseImportSummary(
	text: string | null
):
	(Omit<ImportSummary, 'skipped'> & { readonly skipped: Readonly<Record<string, number>> }) | null {
	try {
		return text === null ? null : summary.parse(JSON.parse(text));
	} catch {
		return null;
	}
}
