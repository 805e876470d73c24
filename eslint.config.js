import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import { configs, parser } from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const TESTS = ['**/*.test.ts', '**/*.e2e.ts', 'tests/**/*.ts'];
const SERVER = [
	'src/**/*.server.ts',
	'src/**/+server.ts',
	'src/lib/server/**/*.ts',
	'src/app.d.ts',
	'src/server.ts',
	'src/demo.ts',
	'src/dev.ts',
	'src/browser-registries.ts'
];
const ENTRIES = ['src/server.ts', 'src/demo.ts', 'src/dev.ts', 'src/browser-registries.ts'];
const TOOLS = ['analytics/cli.ts', 'analytics/tracker/build.ts'];

/** Import directions: routes -> #lib, #analytics; server files also -> #analytics/server. */
const RETIRED = [
	{ regex: '^\\$lib(/|$)', message: 'Import from #lib/… instead.' },
	{ regex: '^\\$app/stores$', message: 'Import from $app/state instead.' }
];
const ENGINE_PATH = {
	regex: '^\\.{1,2}/(.*/)?analytics/',
	message: 'The app reaches the engine through #analytics or #analytics/server only.'
};
const SERVER_ONLY = [
	{ regex: '^#analytics/server$', message: 'Only server files may open or ask the engine.' },
	{ regex: '^node:', message: 'This file also runs in a browser.' },
	{
		regex: '(^#lib|^\\.{1,2}(/.*)?)/server/',
		message: 'Only server files may import from lib/server.'
	}
];
const APP = [
	{
		regex: '^(svelte|@sveltejs|\\$app|\\$env|\\$service-worker)(/|$)',
		message: 'The engine knows no Svelte.'
	},
	{ regex: '^#lib/|^\\.{1,2}/(.*/)?src/', message: 'The engine does not import the app.' },
	{ regex: '^#analytics', message: 'Inside the engine, import the file itself.' }
];
const direction = (patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

export default [
	{
		ignores: [
			'.svelte-kit/',
			'build/',
			'coverage/',
			'data/',
			'static/',
			'playwright-report/',
			'test-results/'
		]
	},
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },
	...configs.recommendedTypeChecked,
	...svelte.configs.recommended,
	...svelte.configs.prettier,
	{
		languageOptions: {
			globals: { ...globals.node, ...globals.browser },
			parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] }
		},
		rules: {
			eqeqeq: 'error',
			'no-console': 'error',
			'no-control-regex': 'error',
			'no-var': 'error',
			'no-param-reassign': 'error',
			'no-template-curly-in-string': 'error',
			'no-unreachable-loop': 'error',
			'object-shorthand': 'error',
			'prefer-const': 'error',
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-namespace': ['error', { allowDeclarations: true }],
			'@typescript-eslint/no-non-null-assertion': 'error',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }
			],
			'@typescript-eslint/no-unsafe-type-assertion': 'error',
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true }
			]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser, svelteConfig } }
	},
	{
		files: ['**/*.svelte'],
		rules: {
			// Byline is always served from the root of its host.
			'svelte/no-navigation-without-resolve': 'off',
			// Takes every word of the reason behind an ignored warning for another warning.
			'svelte/no-unused-svelte-ignore': 'off',
			// The parser types snippet parameters and bindings in markup as any; svelte-check knows their types.
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-return': 'off'
		}
	},
	{
		files: ['analytics/**/*.ts', 'src/**/*.ts', 'tests/**/*.ts'],
		// Playwright takes its global setup only as a default export.
		ignores: ['tests/e2e/global-setup.ts'],
		rules: {
			'no-restricted-syntax': [
				'error',
				{ selector: 'ExportDefaultDeclaration', message: 'Named exports only.' }
			]
		}
	},
	{ files: ['analytics/**/*.ts'], rules: direction([...RETIRED, ...APP]) },
	{
		files: ['analytics/**/*.ts'],
		ignores: [...TOOLS, ...TESTS],
		rules: {
			'no-restricted-properties': [
				'error',
				{
					object: 'process',
					property: 'env',
					message: 'Settings are passed in; see analytics/settings.ts.'
				}
			]
		}
	},
	{
		files: ['src/**/*.ts', 'src/**/*.svelte'],
		ignores: [...SERVER, ...TESTS],
		rules: direction([...RETIRED, ENGINE_PATH, ...SERVER_ONLY])
	},
	{
		files: SERVER,
		ignores: [...ENTRIES, ...TESTS],
		rules: direction([...RETIRED, ENGINE_PATH])
	},
	{
		files: [...TOOLS, ...ENTRIES, 'analytics/demo/**/*.ts', 'tests/**/*.ts'],
		rules: { 'no-console': 'off' }
	},
	{
		files: TESTS,
		rules: {
			'@typescript-eslint/no-non-null-assertion': 'off',
			'@typescript-eslint/no-unsafe-type-assertion': 'off',
			// Matchers such as expect.objectContaining are typed any.
			'@typescript-eslint/no-unsafe-assignment': 'off'
		}
	},
	{ files: ['*.js'], ...configs.disableTypeChecked }
];
