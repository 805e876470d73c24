import { readImportedSpan } from '../../imports/read-imported-span.ts';
import type { Follow } from '../../posts/identity/follow.ts';
import { followTree } from '../../posts/identity/follow-tree.ts';
import type { Site } from '../../posts/site.ts';
import { openResultCache } from '../../reports/result-cache.ts';
import type { EventStore } from '../../stores/event-store.ts';
import type { Scope } from '../scope.ts';
import { EXPRESSION, isExpression } from '../expression.ts';
import { parseStatsBody } from './parse-body.ts';
import type { ParsedFilters } from './parse-filters.ts';
import { parseStatsQuery } from './parse.ts';
import { errorText, problem, type Problem } from './problem.ts';
import type { StatsOutcome, StatsResult } from './result.ts';
import { runStatsQuery } from './run.ts';
import { shown } from './schema.ts';

interface Sources {
	readonly store: Pick<EventStore, 'query' | 'version'>;
	/** Epoch milliseconds. */
	readonly now: () => number;
	/** The first local day with an event that a scope shows of a site, or null. */
	readonly firstDay: (site: Site, scope: Scope) => Promise<string | null>;
	/** What filters name by now that were written earlier: a script goes on to ask by yesterday's names. */
	readonly followOf: (site: Site) => Follow;
}

/** A site, and what whoever asks may see of it. */
export interface ScopedSite {
	readonly site: Site;
	readonly scope: Scope;
}

/** What the Stats API answers to a body; `site` finds a site that whoever asks may read. */
export type Stats = (
	body: unknown,
	options: {
		readonly site: (domain: string) => ScopedSite | null;
		readonly signal?: AbortSignal | undefined;
	}
) => Promise<StatsOutcome>;

/** The Stats API over an open store: parse, look at expressions, run or know already. */
export function openStats({ store, now, firstDay, followOf }: Sources): Stats {
	const cache = openResultCache<StatsResult>(store.version);
	return async (given, { site: siteOf, signal }) => {
		const body = parseStatsBody(given);
		if (!body.ok) return wrong(body.problems);
		const found = siteOf(body.value.site_id);
		if (found === null) return { kind: 'no_site' };
		const { site, scope } = found;
		const ownDay = await firstDay(site, scope);
		const other = body.value.include.imports
			? await readImportedSpan(store, site, scope, ownDay)
			: null;
		const span = other === null ? null : { ...other, counted: true };
		const context = { now: now(), firstDay: span?.from ?? ownDay };
		const query = parseStatsQuery(body.value, site, context);
		if (!query.ok) return wrong(query.problems);
		const problems = await expressionProblems(store, query.value.expressions);
		if (problems.length > 0) return wrong(problems);
		const follow = followOf(site);
		const filters = query.value.filters.map((tree) => followTree(follow, tree));
		const result = await cache.get(
			JSON.stringify([query.value.echo, filters, query.value.shownRange, scope]),
			(left) =>
				runStatsQuery(
					{ ...query.value, filters },
					{ site, scope, store: { query: (text) => store.query(text, { signal: left }) } },
					span
				),
			signal
		);
		return { kind: 'answer', result };
	};
}

function wrong(problems: readonly Problem[]): StatsOutcome {
	return {
		kind: 'wrong',
		error: errorText(problems),
		errors: problems.map(({ path, given, allowed, message }) => ({
			path,
			given,
			allowed,
			message
		}))
	};
}

async function expressionProblems(
	store: Pick<EventStore, 'query'>,
	expressions: ParsedFilters['expressions']
): Promise<readonly Problem[]> {
	const problems: Problem[] = [];
	for (const { path, text } of expressions)
		if (!(await isExpression(store, text)))
			problems.push(problem(path, text, EXPRESSION, `Invalid regular expression ${shown(text)}`));
	return problems;
}
