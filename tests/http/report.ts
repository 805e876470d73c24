import { z } from 'zod';
import { ask } from './client.ts';
import { BLOG } from './start-blog.ts';

const cell = z.union([z.string(), z.number(), z.null(), z.array(z.string())]);

const report = z.object({
	report: z.string(),
	query: z.object({ from: z.string(), to: z.string() }),
	columns: z.array(z.object({ id: z.string() })),
	rows: z.array(z.record(z.string(), cell)),
	totals: z.record(z.string(), cell)
});

export type Report = z.infer<typeof report>;

/** `GET /api/reports/<id>` of the test blog; any period where none is given. */
export async function readReport(server: string, id: string, query = 'period=7d'): Promise<Report> {
	const answer = await ask(`${server}/api/reports/${id}?site=${BLOG}&${query}`);
	if (answer.status !== 200) throw new Error(`${id} answered ${answer.status}: ${answer.text}`);
	return report.parse(JSON.parse(answer.text));
}
