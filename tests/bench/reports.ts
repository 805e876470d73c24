import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Reports } from '../../analytics/engine-contract.ts';
import type { Engine } from '../../analytics/engine.ts';
import type { Site } from '../../analytics/posts/site.ts';
import { encodeFilter } from '../../analytics/query/filter.ts';
import { openReports } from '../../analytics/reports/open-reports.ts';
import type { Filter, ResolvedQuery } from '../../analytics/reports/result.ts';
import { sql, type Sql } from '../../analytics/stores/sql.ts';
import { messageOf } from '../../analytics/failure.ts';
import { BLOG, NOW, TOPIC } from './report-blog.ts';
import { folderOf, openBench, printData, readData, sizes, type ReportData } from './report-data.ts';
import { askByHand, differences, REFERENCES } from './report-reference.ts';
import { SCREENS, type Screen } from './report-screens.ts';
import { columnSizes } from './store-size.ts';
import { printTable } from './table.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const PERIODS = ['30d', '12m', 'all'] as const;
const RUNS = 20;
const LEAST_RUNS = 3;
/** A question that takes long is asked less often. */
const CELL_MS = Number(process.env['BENCH_CELL_MS'] ?? 1_500);
const LARGEST_COLUMNS = 12;
const MEGABYTE = 1_000_000;

type Period = (typeof PERIODS)[number];

interface Filtered {
	readonly name: string;
	readonly filters: readonly Filter[];
}

interface Cell {
	readonly screen: string;
	readonly period: Period;
	readonly filter: string;
	/** Milliseconds. */
	readonly first: number;
	readonly median: number;
	readonly p95: number;
	readonly runs: number;
	readonly queries: number;
	readonly scanned: number;
	/** Resident memory afterwards, megabytes. */
	readonly memory: number;
}

/** A store's reports without any kept answer, and what they asked it. */
interface Probe {
	readonly reports: Reports;
	/** Forgets every kept answer and the questions so far. */
	readonly reset: () => void;
	readonly asked: () => readonly Sql[];
}

/** Every screen over several periods and filters, and the same figures by hand from `events`. */
export async function benchReports(): Promise<void> {
	const all = sizes();
	const [only] = all;
	if (all.length > 1 || only === undefined) {
		// Each size has a process of its own: its memory is a figure too.
		for (const millions of all) runBench('reports', millions);
		return;
	}
	if (readData(only) === null) runBench('report-data', only);
	const data = readData(only);
	if (data === null) throw new Error(`${folderOf(only)} is not whole.`);
	console.log(`\n${only} million events\n`);
	printData(data);
	await measure(data);
}

function runBench(name: string, millions: number): void {
	const { status } = spawnSync(process.execPath, [MAIN, name], {
		stdio: 'inherit',
		env: { ...process.env, BENCH_EVENTS: String(millions) }
	});
	if (status !== 0) process.exitCode = 1;
}

async function measure({ folder, data }: ReportData): Promise<void> {
	const post = await prepare(folder);
	const screens = SCREENS.filter(({ name }) => isWanted('BENCH_SCREENS', name));
	const cells: Cell[] = [];
	const opened: number[] = [];
	let idle = 0;
	for (const screen of screens) {
		// Opened anew, so that the first question of each screen finds nothing warm but the system's cache.
		const started = performance.now();
		const engine = await openBench(folder);
		opened.push(performance.now() - started);
		if (idle === 0) idle = residentMegabytes();
		const measured = await measureScreen(engine, screen, post);
		await engine.close();
		printCells(measured);
		cells.push(...measured);
	}
	printTargets(cells);
	const engine = await openBench(folder);
	await compareByHand(engine);
	await printSizes(engine, data.events);
	await engine.close();
	printTable(
		['process', 'figure'],
		[
			['opened in', `${Math.max(0, ...opened).toFixed(0)} ms at most`],
			['memory when opened', `${idle.toFixed(0)} MB`],
			[
				'memory at most',
				`${(process.resourceUsage().maxRSS / 1_024).toFixed(0)} MB (target 1,500)`
			],
			['file', `${(statSync(join(folder, 'events.duckdb')).size / MEGABYTE).toFixed(0)} MB`]
		]
	);
}

/** Whether a list in the environment names it; all are wanted where there is none. */
function isWanted(variable: string, name: string): boolean {
	const names = (process.env[variable] ?? '').split(',').filter((text) => text !== '');
	return names.length === 0 || names.includes(name);
}

/** Sums up what another version left; returns the post that is read most. */
async function prepare(folder: string): Promise<number> {
	const engine = await openBench(folder);
	await engine.rollUp();
	const query = await queryOf(engine.reports, siteOf(engine), '12m', []);
	const { rows } = await engine.reports.report('posts', query, { limit: 1 });
	await engine.close();
	return Number(rows[0]?.['post_id']);
}

async function measureScreen(engine: Engine, screen: Screen, post: number): Promise<Cell[]> {
	const probe = probeOf(engine);
	const site = siteOf(engine);
	const cells: Cell[] = [];
	for (const { name, filters } of filtersOf(post)) {
		if (!isWanted('BENCH_FILTERS', name)) continue;
		if (!screen.takesFilters && filters.length > 0) continue;
		for (const period of PERIODS) {
			const query = await queryOf(probe.reports, site, period, filters);
			const cell = `${screen.name} ${period} ${name}`;
			try {
				cells.push({
					screen: screen.name,
					period,
					filter: name,
					...(await measureCell(engine, probe, () => screen.show(probe.reports, query, post)))
				});
			} catch (thrown) {
				console.error(`${cell}: ${messageOf(thrown)}`);
				process.exitCode = 1;
			}
		}
	}
	return cells;
}

async function measureCell(
	engine: Engine,
	probe: Probe,
	show: () => Promise<unknown>
): Promise<Omit<Cell, 'screen' | 'period' | 'filter'>> {
	const once = async (): Promise<number> => {
		probe.reset();
		const started = performance.now();
		await show();
		return performance.now() - started;
	};
	const first = await once();
	const times: number[] = [];
	let spent = first;
	while (times.length < RUNS && (times.length < LEAST_RUNS || spent < CELL_MS)) {
		const time = await once();
		times.push(time);
		spent += time;
	}
	times.sort((a, b) => a - b);
	const at = (share: number): number => times[Math.ceil(share * times.length) - 1] ?? 0;
	const memory = residentMegabytes();
	const asked = probe.asked();
	let scanned = 0;
	for (const query of asked) scanned += await rowsScanned(engine, query);
	return {
		first,
		median: at(0.5),
		p95: at(0.95),
		runs: times.length,
		queries: asked.length,
		scanned,
		memory
	};
}

/** Rows that the scans of a query read, after whole row groups were left out. */
async function rowsScanned({ store }: Engine, query: Sql): Promise<number> {
	const [row] = await store.query(sql`explain (analyze, format json) ${query}`);
	const profile: unknown = JSON.parse(String(row?.['explain_value']));
	return typeof profile === 'object' && profile !== null && 'cumulative_rows_scanned' in profile
		? Number(profile.cumulative_rows_scanned)
		: 0;
}

function probeOf({ store, registry, posts }: Engine): Probe {
	let version = 0;
	let asked: Sql[] = [];
	const reports = openReports({
		store: {
			...store,
			version: () => version,
			query: (query, options) =>
				store.query((unrolled) => {
					const text = typeof query === 'function' ? query(unrolled) : query;
					asked.push(text);
					return text;
				}, options)
		},
		sites: registry.sites,
		posts,
		now: () => NOW
	});
	return {
		reports,
		reset: () => {
			version += 1;
			asked = [];
		},
		asked: () => asked
	};
}

function siteOf({ registry }: Engine): Site {
	const site = registry.sites().find(({ domain }) => domain === BLOG);
	if (site === undefined) throw new Error(`There is no site ${BLOG}.`);
	return site;
}

function filtersOf(post: number): readonly Filtered[] {
	const is = (dimension: Filter['dimension'], value: string): Filter => ({
		dimension,
		operator: 'is',
		values: [value]
	});
	return [
		{ name: 'none', filters: [] },
		{ name: 'country', filters: [is('country', 'DE')] },
		{ name: 'topic', filters: [is('topic', TOPIC)] },
		{ name: 'channel+device', filters: [is('channel', 'Organic Search'), is('device', 'mobile')] },
		{ name: 'cta', filters: [is('cta', 'newsletter')] },
		{ name: 'post', filters: [is('post', String(post))] }
	];
}

async function queryOf(
	reports: Reports,
	site: Site,
	period: Period,
	filters: readonly Filter[]
): Promise<ResolvedQuery> {
	const params = new URLSearchParams({ period });
	for (const filter of filters) params.append('filter', encodeFilter(filter));
	const outcome = await reports.resolve(site, params);
	if (!outcome.ok) throw new TypeError(JSON.stringify(outcome.errors));
	return outcome.query;
}

function printCells(cells: readonly Cell[]): void {
	printTable(
		[
			'screen',
			'period',
			'filter',
			'first ms',
			'median ms',
			'p95 ms',
			'runs',
			'queries',
			'rows scanned',
			'MB'
		],
		cells.map((cell) => [
			cell.screen,
			cell.period,
			cell.filter,
			cell.first.toFixed(1),
			cell.median.toFixed(1),
			cell.p95.toFixed(1),
			String(cell.runs),
			String(cell.queries),
			cell.scanned.toLocaleString('en'),
			cell.memory.toFixed(0)
		])
	);
}

/** The slowest of what each target is about. */
function printTargets(cells: readonly Cell[]): void {
	const targets = [
		['no filter, any period', 50, (cell: Cell) => cell.filter === 'none'],
		[
			'two filters, 12 months',
			600,
			(cell: Cell) => cell.filter === 'channel+device' && cell.period === '12m'
		],
		[
			'two filters, 30 days',
			80,
			(cell: Cell) => cell.filter === 'channel+device' && cell.period === '30d'
		],
		[
			'one filter, any period',
			null,
			(cell: Cell) => ['country', 'topic', 'cta', 'post'].includes(cell.filter)
		]
	] as const;
	printTable(
		['question', 'target p95 ms', 'screens that meet it', 'slowest p95 ms', 'on'],
		targets.map(([name, target, isMeant]) => {
			const meant = cells.filter(isMeant).sort((a, b) => b.p95 - a.p95);
			const [slowest] = meant;
			const met = target === null ? '' : meant.filter(({ p95 }) => p95 < target).length;
			return [
				name,
				String(target ?? ''),
				met === '' ? '' : `${met} of ${meant.length}`,
				slowest?.p95.toFixed(1) ?? '',
				slowest === undefined ? '' : `${slowest.screen} ${slowest.period} ${slowest.filter}`
			];
		})
	);
}

async function compareByHand(engine: Engine): Promise<void> {
	const probe = probeOf(engine);
	const site = siteOf(engine);
	const table: string[][] = [];
	for (const reference of REFERENCES) {
		const query = await queryOf(probe.reports, site, reference.period, reference.filters);
		const plain = { ...query, compare: null };
		const answer = async (): Promise<[Awaited<ReturnType<Reports['report']>>, number]> => {
			probe.reset();
			const started = performance.now();
			const result = await probe.reports.report(reference.report, plain);
			return [result, performance.now() - started];
		};
		await answer();
		const [result, reportMs] = await answer();
		const started = performance.now();
		const expected = await askByHand(engine.store, reference, site.id, query);
		const byHandMs = performance.now() - started;
		const wrong = differences(reference, result, expected);
		for (const text of wrong.slice(0, 10)) console.error(`${reference.name}: ${text}`);
		if (wrong.length > 0) process.exitCode = 1;
		table.push([
			reference.name,
			reference.period,
			reportMs.toFixed(1),
			byHandMs.toFixed(1),
			(byHandMs / reportMs).toFixed(1),
			wrong.length === 0 ? 'equal' : `${wrong.length} differ`
		]);
	}
	printTable(['question', 'period', 'report ms', 'by hand ms', 'times', 'figures'], table);
}

async function printSizes({ store }: Engine, events: number): Promise<void> {
	const columns = await columnSizes(store);
	const line = (name: string, rows: number, bytes: number): string[] => [
		name,
		rows.toLocaleString('en'),
		(bytes / MEGABYTE).toFixed(1),
		(bytes / events).toFixed(2)
	];
	const tables = [...Map.groupBy(columns, ({ table }) => table)].map(([name, parts]) => ({
		name,
		rows: parts[0]?.rows ?? 0,
		bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0)
	}));
	tables.sort((a, b) => b.bytes - a.bytes);
	printTable(
		['table', 'rows', 'MB', 'bytes an event'],
		[
			...tables.map(({ name, rows, bytes }) => line(name, rows, bytes)),
			line(
				'all',
				0,
				columns.reduce((sum, { bytes }) => sum + bytes, 0)
			)
		]
	);
	printTable(
		['largest columns', 'rows', 'MB', 'bytes an event'],
		columns
			.slice(0, LARGEST_COLUMNS)
			.map(({ table, column, rows, bytes }) => line(`${table}.${column}`, rows, bytes))
	);
}

function residentMegabytes(): number {
	return process.memoryUsage().rss / 1_048_576;
}
