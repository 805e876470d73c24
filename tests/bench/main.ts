import { benchImport } from './import.ts';
import { benchIntake } from './intake.ts';
import { benchReportData } from './report-data.ts';
import { benchReports } from './reports.ts';
import { benchClicks, benchScreens } from './screens.ts';
import { benchSoak } from './soak.ts';

const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
	intake: benchIntake,
	soak: benchSoak,
	'report-data': benchReportData,
	reports: benchReports,
	import: benchImport,
	screens: benchScreens,
	clicks: benchClicks
};
/** Take so long that they run only where they are named. */
const LONG: readonly string[] = ['soak', 'report-data', 'reports', 'import', 'screens', 'clicks'];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0) {
	console.error(
		`There is no bench ${unknown.join(', ')}; there is ${Object.keys(BENCHES).join(', ')}.`
	);
	process.exit(1);
}
for (const [name, run] of Object.entries(BENCHES))
	if (wanted.length === 0 ? !LONG.includes(name) : wanted.includes(name)) await run();
