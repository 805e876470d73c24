import { startServer } from '../support/server.ts';

/** Filling 420,000 events takes half a minute on two idle cores. */
const READY_MS = 120_000;

/**
 * One demo for all browser tests, filled once a run. `DEMO_URL` names one that runs already, which saves the filling
 * while tests are written; the tests add readers to it.
 */
const globalSetup = async (): Promise<(() => Promise<void>) | undefined> => {
	if (process.env.DEMO_URL) return undefined;
	const demo = await startServer({
		script: 'src/demo.ts',
		readyMs: READY_MS,
		env: { LOG_LEVEL: 'warn' }
	});
	process.env.DEMO_URL = demo.url;
	return async () => {
		await demo.stop();
	};
};

export default globalSetup;
