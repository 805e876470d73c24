import { z } from 'zod';
import { MAX_FILTERS } from '../query/parse.ts';
import { MAX_SEGMENT_NAME } from '../query/segment.ts';
import type { Segment } from '../stores/segments.ts';

const name = z
	.string()
	.min(1)
	.max(MAX_SEGMENT_NAME)
	.describe('Told apart from other names without regard to case; blanks are folded.');
const filters = z
	.array(z.string())
	.min(1)
	.max(MAX_FILTERS)
	.describe('As the query string writes them, in order.');

/** A segment as `/api/segments` answers it. */
export const segmentShape = z.object({
	id: z.int(),
	name,
	filters,
	shared: z.boolean().describe('For everybody who reads the site, or for whoever saved it alone.')
}) satisfies z.ZodType<Segment>;

/** What `GET /api/segments` answers. */
export const segmentsShape = z.object({ segments: z.array(segmentShape).describe('By name.') });

/** What is sent to keep a segment. */
export const newSegmentShape = z.object({
	name,
	filters,
	shared: z
		.boolean()
		.optional()
		.describe('For everybody who reads the site, which editors may; else for yourself alone.')
});

/** What is sent to rename one. */
export const segmentNameShape = z.object({ name });
