import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeTracker } from './build.ts';

const PAGE = `
import { byline, init, type Call, type CallDetails, type TrackerOptions } from 'byline/tracker';

const options: TrackerOptions = { api: 'https://stats.example.com/api/event', dnt: true };
init(options);
init({ ...options, domain: 'blog.example.com', rules: 'off' });
const details: CallDetails = { form: 'newsletter' };
const call: Call = ['cta_click', { cta: 'ebook', placement: 'popup', variant: 'b' }];
byline('subscribe', details);
byline('comment');
byline('download', { props: { file: 'a.pdf', pages: 3, free: true } });
byline(...call);

// @ts-expect-error An address to send to is needed.
init({ domain: 'blog.example.com' });
// @ts-expect-error Rules are on or off.
init({ ...options, rules: 'none' });
// @ts-expect-error An event has a name.
byline();
// @ts-expect-error Nobody takes addresses.
byline('subscribe', { email: 'ada@example.com' });
`;

let folder = '';
beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'byline-package-'));
	await writeTracker(join(folder, 'node_modules/byline'));
	writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
	writeFileSync(join(folder, 'page.ts'), PAGE);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { Bundler, NodeNext } = ts.ModuleResolutionKind;

test.each([
	['a bundler', Bundler, ts.ModuleKind.ESNext],
	['Node', NodeNext, ts.ModuleKind.NodeNext]
])('its types are those of a page that resolves as %s does', (_, moduleResolution, module) => {
	const program = ts.createProgram([join(folder, 'page.ts')], {
		...{ moduleResolution, module, target: ts.ScriptTarget.ES2022 },
		...{ strict: true, noEmit: true, types: [], lib: ['lib.es2022.d.ts'] }
	});
	const problems = ts.getPreEmitDiagnostics(program);
	expect(
		problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
	).toEqual([]);
});

test('on a server it can be imported, and does nothing', () => {
	const code = `import { byline, init } from 'byline/tracker';
		byline('comment');
		init({ api: 'https://stats.example.com/api/event' });
		byline('comment');
		console.log(typeof window, globalThis.byline);`;
	const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', code], {
		cwd: folder,
		encoding: 'utf8'
	});
	expect(printed).toBe('undefined undefined\n');
});

test('the whole project offers the same files under the same name', () => {
	const read = (path: string | URL): unknown => JSON.parse(readFileSync(path, 'utf8'));
	expect(read(join(folder, 'node_modules/byline/package.json'))).toMatchObject({
		name: 'byline',
		exports: { './tracker': { types: './byline.d.ts', default: './byline.mjs' } }
	});
	expect(read(new URL('../../package.json', import.meta.url))).toMatchObject({
		name: 'byline',
		exports: {
			'./tracker': {
				types: './build/tracker/byline.d.ts',
				default: './build/tracker/byline.mjs'
			}
		}
	});
});
