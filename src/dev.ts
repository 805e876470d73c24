import type { Plugin } from 'vite';
import { buildTracker } from '../analytics/tracker/build.ts';
import { createIntakeListener, openEngine, parseSettings } from '#analytics/server';
import { setEngine } from './lib/server/open-engine.ts';

/** Opens the engine beside Vite's development server and mounts the intake before SvelteKit, as `src/server.ts` does. */
export function bylineDev(): Plugin {
	return {
		name: 'byline-dev',
		apply: 'serve',
		configureServer: async (vite) => {
			const settings = parseSettings(process.env);
			const warn = (message: string): void => vite.config.logger.warn(message);
			const engine = await openEngine({ settings, onTrouble: warn });
			setEngine(engine);
			const intake = createIntakeListener(engine.intake, await buildTracker());
			vite.middlewares.use((request, response, next) => {
				if (!intake(request, response)) next();
			});
			const token = engine.accounts.setUp.token();
			if (token !== null)
				vite.config.logger.warn(
					`Nobody owns this installation yet: open /setup?token=${token} to make your account.`
				);
			vite.httpServer?.once('close', () => void engine.close());
		}
	};
}
