import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ENGINE = fileURLToPath(new URL('..', import.meta.url));
/** Where facts are made, moved or thrown away, and where nobody asks. */
const NOT_ASKED =
	/^(stores|demo|docs|tracker|commands|exports)\/|^definitions-version\.ts$|\.test\.ts$/;

/**
 * Where facts, sums of their days, events and figures of other tools are named in SQL beside `readFacts`, and why a
 * scope holds all the same (docs/adr/0016). What stands nowhere here has to read through `readFacts`.
 */
const READ: Readonly<Record<string, readonly string[]>> = {
	// The one place that reads facts for a scope.
	'query/scoped-facts.ts': ['conversions', 'events', 'visits'],
	// The bounds of a visit in time; what happened in it is asked of the scope.
	'query/filter-condition.ts': ['visits'],
	// Of the pages in the scope.
	'reports/first-day.ts': ['daily', 'readings'],
	// Of posts that the scope shows, or of many that stand behind a band; and when recording began.
	'reports/age.ts': ['agetables', 'daily', 'readings', 'visits'],
	// Where there is no scope.
	'reports/site-now.ts': ['events', 'visits'],
	// The scope's conditions are among the filters.
	'imports/imported-rows.ts': ['imported'],
	'imports/read-imported-span.ts': ['imported'],
	// Sums of days, whose keys are held to the scope's conditions.
	'query/compile.ts': ['summedin'],
	'query/from-crossed.ts': ['mixedof', 'summedin'],
	// Where the scope is the whole site; else through `readFacts`.
	'reports/post-sums-of.ts': ['summedin'],
	// For whoever runs the installation.
	'imports/import-notes.ts': ['events'],
	'imports/parity.ts': ['events', 'imported', 'views'],
	'posts/sync/seen-pages.ts': ['readings'],
	'reports/count-page-views.ts': ['events', 'views']
};

const TABLES =
	/\b(?:from|join)\s+(?:"|\$\{raw\(\s*)?(views|readings|visits|cta_exposures|conversions|events|imported|daily_ages|DAILY)\b/g;
/** What names the tables of sums. */
const SUMS = /(?<!function )\b(summedIn|mixedOf|ageTables)\(/g;
const NAMED = /\b(?:raw|identifier)\('(views|readings|visits|cta_exposures|conversions|events)'\)/g;

function tablesIn(text: string): readonly string[] {
	const found = [...text.matchAll(TABLES), ...text.matchAll(NAMED), ...text.matchAll(SUMS)];
	return [...new Set(found.map(([, table = '']) => table.toLowerCase()))].toSorted();
}

const files = readdirSync(ENGINE, { recursive: true, encoding: 'utf8' })
	.map((path) => path.replaceAll('\\', '/'))
	.filter((path) => path.endsWith('.ts') && !NOT_ASKED.test(path));

test('nothing reads facts past the scope', () => {
	const found = files.flatMap((path) => {
		const tables = tablesIn(readFileSync(ENGINE + path, 'utf8'));
		return tables.length === 0 ? [] : [[path, tables] as const];
	});
	expect(Object.fromEntries(found)).toEqual(READ);
});

test('every question to the store is accounted for', () => {
	const asking = files.filter((path) =>
		/\bstore\.query\(|\breading\.query\(/.test(readFileSync(ENGINE + path, 'utf8'))
	);
	expect(asking.toSorted()).toEqual([
		'imports/import-notes.ts',
		'imports/imported-rows.ts',
		'imports/parity.ts',
		'imports/read-imported-span.ts',
		'posts/sync/seen-pages.ts',
		'query/expression.ts',
		'query/stats-api/open-stats.ts',
		'reports/age.ts',
		'reports/ask.ts',
		'reports/attribution.ts',
		'reports/count-page-views.ts',
		'reports/first-day.ts',
		'reports/open-reports.ts',
		'reports/post-filters.ts',
		'reports/post-sums-of.ts',
		'reports/site-now.ts',
		'reports/visible-posts.ts'
	]);
});
