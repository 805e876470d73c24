import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bylineOk } from '../http/byline-command.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { temporaryFolder } from '../support/temp.ts';

/** Filling 420,000 events takes half a minute on two idle cores. */
const READY_MS = 300_000;

const startDemo = (dataDir: string): Promise<TestServer> =>
	startServer({ script: 'src/demo.ts', readyMs: READY_MS, dataDir, env: { LOG_LEVEL: 'warn' } });

/** Figures of a day that the demo has counted itself: an import to look at, which changes no report. */
const importFigures = async (folder: string, dataDir: string): Promise<void> => {
	const day = new Date(Date.now() - 10 * 86_400_000).toISOString().slice(0, 10);
	const file = join(folder, 'pages.csv');
	await writeFile(file, `Date,Page path,Views,Total users\n${day},/demo-blog/,40,31\n`);
	await bylineOk(dataDir, 'import', 'ga4', file);
};

/**
 * One demo for all browser tests, filled once a run, and a copy of it for those that read its blog: the figures of the
 * first one stand still, whatever runs at the same time. `DEMO_URL` names one that runs already and stands for both,
 * which saves the filling while tests are written.
 */
const globalSetup = async (): Promise<(() => Promise<void>) | undefined> => {
	if (process.env.DEMO_URL) {
		process.env.VISITED_DEMO_URL ??= process.env.DEMO_URL;
		return undefined;
	}
	const folder = temporaryFolder('demo');
	const [first, second] = [join(folder.path, 'still'), join(folder.path, 'visited')];
	const filled = await startDemo(first);
	await filled.stop();
	await importFigures(folder.path, first);
	await cp(first, second, { recursive: true });
	const [still, visited] = [await startDemo(first), await startDemo(second)];
	process.env.DEMO_URL = still.url;
	process.env.VISITED_DEMO_URL = visited.url;
	return async () => {
		await Promise.all([still.stop(), visited.stop()]);
		folder.remove();
	};
};

export default globalSetup;
