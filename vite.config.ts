import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { bylineDev } from './src/dev.ts';
import { browserMetrics } from './src/browser-metrics.ts';
import { pureClasses } from './src/pure-classes.ts';

export default defineConfig({
	plugins: [bylineDev(), browserMetrics(), pureClasses(), tailwindcss(), sveltekit()],
	// The client is a native addon: it finds its binary beside its own files, so it must stay where it is.
	ssr: { external: ['@duckdb/node-api', '@duckdb/node-bindings'] },
	build: {
		reportCompressedSize: false,
		rolldownOptions: { checks: { pluginTimings: false } }
	}
});
