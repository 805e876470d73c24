import { join } from 'node:path';
import type { Event } from '../../analytics/events/event.ts';
import { METRICS, type MetricId } from '../../analytics/metrics.ts';
import { WHOLE_SITE } from '../../analytics/query/scope.ts';
import { ask } from '../../analytics/reports/ask.ts';
import type { Row } from '../../analytics/reports/result.ts';
import { openDuckDbStore } from '../../analytics/stores/duckdb/duckdb-store.ts';
import type { EventStore } from '../../analytics/stores/event-store.ts';
import type { MetricQuestion } from '../oracle/metric-oracle.ts';
import type { Question } from '../oracle/oracle.ts';
import { temporaryFolder } from '../support/temp.ts';

/** A store of its own, and the questions that tests ask of it. */
export interface AskedEngine {
	readonly store: EventStore;
	/** The same question of a site that no other run uses, so that one store serves all runs. */
	readonly ofNewSite: (question: Question) => Question;
	/** Rows by group; without groups, the one row of totals. */
	readonly ask: (of: Pick<Question, 'site'>, what: MetricQuestion) => Promise<readonly Row[]>;
	readonly close: () => Promise<void>;
}

const isMetric = (text: string): text is MetricId => Object.hasOwn(METRICS, text);

/** Opens an engine on an empty temporary folder. */
export async function openAskedEngine(purpose: string): Promise<AskedEngine> {
	const folder = temporaryFolder(purpose);
	const store = await openDuckDbStore({
		file: join(folder.path, 'events.duckdb'),
		memoryLimit: '1GB',
		threads: 2,
		tempDirectory: join(folder.path, 'tmp'),
		timeLimitMs: 60_000
	});
	let sites = 0;
	return {
		store,
		ofNewSite: (question) => {
			const site = { ...question.site, id: (sites += 1), domain: `site-${sites}.example` };
			const events = question.events.map((event): Event => ({ ...event, site: site.id }));
			return { ...question, site, events };
		},
		ask: ({ site }, { metrics, by, interval, range, filters, postsOnly }) =>
			ask({ site, query: { interval, filters }, store, scope: WHOLE_SITE }, range, {
				metrics: metrics.filter(isMetric),
				by,
				postsOnly
			}),
		close: async () => {
			await store.close();
			folder.remove();
		}
	};
}
