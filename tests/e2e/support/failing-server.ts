import { Failure } from '../../../analytics/failure.ts';
import { setEngine } from '../../../src/lib/server/engine.ts';
import { serve } from '../../../src/lib/server/serve.ts';

/** The built server over an engine whose reports named in `FAILING` fail as they do at the time limit or by a defect. */
const failing = new Map(
	(process.env.FAILING ?? '').split(',').map((entry) => {
		const [report = '', how = ''] = entry.split(':');
		return [report, how];
	})
);

await serve(process.env, {
	prepare: (engine) => {
		setEngine({
			...engine,
			reports: {
				...engine.reports,
				report: (id, query, options) => {
					const how = failing.get(id);
					if (how === undefined) return engine.reports.report(id, query, options);
					return Promise.reject(
						how === 'time_limit'
							? new Failure('time_limit', 'The report took longer than 1 s and was stopped.')
							: new Error('A secret of the server.')
					);
				}
			}
		});
		return Promise.resolve();
	}
});
