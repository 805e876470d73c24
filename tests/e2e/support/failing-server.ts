import { setTimeout } from 'node:timers/promises';
import type { Reports } from '../../../analytics/engine-contract.ts';
import { Failure } from '../../../analytics/failure.ts';
import { setEngine } from '../../../src/lib/server/open-engine.ts';
import { serve } from '../../../src/lib/server/serve.ts';

/**
 * The built server over an engine whose answers named in `FAILING` fail as they do at the time limit or by a defect, or
 * never come: `report:countries:time_limit,post:funnel:defect,sparklines:late`.
 */
const failing = new Map(
	(process.env.FAILING ?? '').split(',').map((entry) => {
		const at = entry.lastIndexOf(':');
		return [entry.slice(0, at), entry.slice(at + 1)];
	})
);

/** Long enough for a busy machine to show the rest before. */
const LATE_MS = 5_000;

async function spoiled<Answer>(name: string, ask: () => Promise<Answer>): Promise<Answer> {
	const how = failing.get(name);
	if (how === undefined) return ask();
	if (how === 'late') {
		await setTimeout(LATE_MS);
		return ask();
	}
	throw how === 'time_limit'
		? new Failure('time_limit', 'The report took longer than 1 s and was stopped.')
		: new Error('A secret of the server.');
}

/** The same question, answered unless it is to fail. */
const spoiledAs =
	<Given extends readonly unknown[], Answer>(
		name: string,
		ask: (...given: Given) => Promise<Answer>
	) =>
	(...given: Given): Promise<Answer> =>
		spoiled(name, () => ask(...given));

/** The same reports, whoever sees them. */
function spoiledReports(reports: Reports): Reports {
	const { post } = reports;
	return {
		...reports,
		within: (scopeOf) => spoiledReports(reports.within(scopeOf)),
		report: (id, ...rest) => spoiled(`report:${id}`, () => reports.report(id, ...rest)),
		trends: spoiledAs('trends', reports.trends),
		recentCurves: spoiledAs('recentCurves', reports.recentCurves),
		sparklines: spoiledAs('sparklines', reports.sparklines),
		publications: spoiledAs('publications', reports.publications),
		siteNow: spoiledAs('siteNow', reports.siteNow),
		post: {
			figures: spoiledAs('post:figures', post.figures),
			funnel: spoiledAs('post:funnel', post.funnel),
			series: spoiledAs('post:series', post.series),
			age: spoiledAs('post:age', post.age),
			depth: spoiledAs('post:depth', post.depth),
			placements: spoiledAs('post:placements', post.placements),
			ctas: spoiledAs('post:ctas', post.ctas),
			sources: spoiledAs('post:sources', post.sources),
			next: spoiledAs('post:next', post.next),
			countries: spoiledAs('post:countries', post.countries),
			devices: spoiledAs('post:devices', post.devices)
		}
	};
}

await serve(process.env, {
	prepare: (engine) => {
		setEngine({ ...engine, reports: spoiledReports(engine.reports) });
		return Promise.resolve();
	}
});
