import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Reports } from '../../analytics/engine-contract.ts';
import { WHOLE_SITE } from '../../analytics/query/scope.ts';
import { openReports } from '../../analytics/reports/open-reports.ts';
import type { Filter } from '../../analytics/reports/result.ts';
import {
	AUTHORS,
	OTHER_PAGES,
	questionArbitrary,
	steadyQuestionArbitrary
} from '../oracle/arbitraries.ts';
import type { Question } from '../oracle/oracle.ts';
import { ownHistory } from '../oracle/own-history.ts';
import { record, recordingArbitrary, type Recording } from '../oracle/recording.ts';
import { everythingAsked, type Answers } from '../support/everything-asked.ts';
import { openAskedEngine, type AskedEngine } from './asked-engine.ts';

/** More in the nightly form: ORACLE_RUNS=100 npx vitest run tests/integration/author-scope.test.ts */
const RUNS = Number(process.env['ORACLE_RUNS'] ?? 4);
/** On a slow machine fewer runs are made, so that nobody waits. */
const ENOUGH_MS = 60_000;
const LIMITS = {
	numRuns: RUNS,
	endOnFailure: true,
	...('ORACLE_RUNS' in process.env ? {} : { interruptAfterTimeLimit: ENOUGH_MS })
};

let engine: AskedEngine;
let segment = 0;
beforeAll(async () => void (engine = await openAskedEngine('author-scope')));
afterAll(() => engine.close());

const authorArbitrary = fc.constantFrom(...AUTHORS);
const FILTERS: readonly Filter[] = [
	{ dimension: 'topic', operator: 'is', values: ['Selling'] },
	{ dimension: 'author', operator: 'is_not', values: ['Renée O’Neil'] },
	{ dimension: 'author', operator: 'is', values: ['Renée O’Neil', "Ada 'd'Arc"] },
	{ dimension: 'country', operator: 'is', values: ['US'] },
	{ dimension: 'hostname', operator: 'is_not', values: ['blog.example.com'] },
	{ dimension: 'source', operator: 'contains', values: ['o'] },
	{ dimension: 'channel', operator: 'is', values: ['Email', 'Direct'] },
	{ dimension: 'page', operator: 'is', values: OTHER_PAGES },
	{ dimension: 'page', operator: 'is_not', values: ['/'] },
	{ dimension: 'entry_page', operator: 'contains', values: ['post-1'] },
	{ dimension: 'exit_page', operator: 'is', values: ['/', '/blog/post-1.html'] },
	{ dimension: 'cta', operator: 'is', values: ['ebook'] },
	{ dimension: 'placement', operator: 'is_not', values: ['sidebar'] },
	{ dimension: 'post', operator: 'is', values: ['1', '2', '3'] }
];
const filtersArbitrary = fc.array(fc.constantFrom(...FILTERS), { maxLength: 2 });

/** What the author of some posts is answered, and what a blog of these posts alone answers; neither shows a band. */
async function bothAnswers(
	drawn: Question,
	author: string,
	{
		filters,
		recording,
		apart
	}: {
		readonly filters: readonly Filter[];
		readonly recording: Recording;
		readonly apart: boolean;
	}
): Promise<{ readonly seen: Answers; readonly expected: Answers }> {
	const histories = ownHistory(drawn, author, apart);
	const [whole, own] = [engine.ofNewSite(histories.whole), engine.ofNewSite(histories.own)];
	await record(engine.store, [whole, own], recording, (segment += 1));
	const posts = drawn.posts.map(({ id }) => id).filter((id) => id % 3 === 1);
	const asked = { range: drawn.range, filters, posts };
	return {
		seen: await everythingAsked(reportsOf(whole, [author]), { site: whole.site, ...asked }),
		expected: await everythingAsked(reportsOf(own, null), { site: own.site, ...asked })
	};
}

function reportsOf({ site, posts, now }: Question, authors: readonly string[] | null): Reports {
	return openReports({
		store: engine.store,
		sites: () => [site],
		posts: () => posts,
		now: () => now
	}).within(() => ({ ...WHOLE_SITE, authors, band: false }));
}

test(
	'an author whose readers read nothing else sees what a blog of their posts alone would show',
	{ timeout: 600_000 },
	async () => {
		await fc.assert(
			fc.asyncProperty(
				questionArbitrary,
				authorArbitrary,
				filtersArbitrary,
				recordingArbitrary,
				async (drawn, author, filters, recording) => {
					const asked = { filters, recording, apart: true };
					const { seen, expected } = await bothAnswers(drawn, author, asked);
					for (const name of Object.keys(expected))
						expect(seen[name], name).toEqual(expected[name]);
				}
			),
			LIMITS
		);
	}
);

/**
 * What a visit to other pages of the blog as well has a part in (docs/adr/0016): how many visits there were and where
 * they began and ended; what brought them; what was viewed next; the first subscribe of a form.
 */
const OF_VISITS = new Set([
	'visits',
	'bounce_rate',
	'entrances',
	'exits',
	'recirculation_rate',
	'subscribes'
]);
const OF_VISITS_ONLY =
	/^(sources|suggest (channel|source|referrer|utm_\w+|hostname|entry_page|exit_page)|stats|post \d+, (sources|next))/;

test(
	'an author whose readers read other pages too sees the same of all that their posts alone decide',
	{ timeout: 600_000 },
	async () => {
		await fc.assert(
			fc.asyncProperty(
				steadyQuestionArbitrary,
				authorArbitrary,
				recordingArbitrary,
				async (drawn, author, recording) => {
					const asked = { filters: [], recording, apart: false };
					const { seen, expected } = await bothAnswers(drawn, author, asked);
					for (const name of Object.keys(expected).filter((one) => !OF_VISITS_ONLY.test(one)))
						expect(withoutVisits(seen[name]), name).toEqual(withoutVisits(expected[name]));
				}
			),
			LIMITS
		);
	}
);

function withoutVisits(answer: unknown): unknown {
	return JSON.parse(
		JSON.stringify(answer, (key, value: unknown) => (OF_VISITS.has(key) ? undefined : value))
	);
}
