import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { bylineDev } from './src/dev.ts';
import { browserRegistries } from './src/browser-registries.ts';
import { pureClasses } from './src/pure-classes.ts';

export default defineConfig({
	plugins: [bylineDev(), browserRegistries(), pureClasses(), tailwindcss(), sveltekit()],
	// The client is a native addon: it finds its binary beside its own files, so it must stay where it is.
	ssr: { external: ['@duckdb/node-api', '@duckdb/node-bindings'] },
	build: {
		reportCompressedSize: false,
		// The first load names its files itself, and hovering over a link loads those of the next screen: lists of every
		// script behind every route would be a part of each screen that grows with their number.
		modulePreload: {
			resolveDependencies: (_, files) => files.filter((file) => file.endsWith('.css'))
		},
		rolldownOptions: { checks: { pluginTimings: false } }
	}
});
