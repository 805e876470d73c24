import { defineConfig } from 'vitest/config';
import { keepCompiled } from './tests/support/keep-compiled.ts';

keepCompiled();

// Apart from vite.config.ts: nothing tested here needs the SvelteKit plugin, and tests start sooner without it.
export default defineConfig({
	test: {
		environment: 'node',
		// Many files start a server of their own: more of them at once only slow each other down.
		maxWorkers: 2,
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					include: [
						'analytics/**/*.test.ts',
						'src/**/*.test.ts',
						'tests/{oracle,support}/**/*.test.ts'
					],
					testTimeout: 60_000
				}
			},
			{
				extends: true,
				test: {
					name: 'integration',
					include: ['tests/{contract,golden,http,crash,integration}/**/*.test.ts'],
					testTimeout: 60_000,
					hookTimeout: 120_000
				}
			}
		]
	}
});
