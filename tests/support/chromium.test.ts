import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { chromiumPath } from './chromium.ts';
import { temporaryFolder } from './temp.ts';

const folder = temporaryFolder('chromium');
afterAll(folder.remove);

const program = (place: string, script: string): string => {
	mkdirSync(join(folder.path, place), { recursive: true });
	const path = join(folder.path, place, 'chromium');
	writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
	return path;
};

const good = program('good', 'echo Chromium 150.0');
const stub = program('stub', 'echo "Install the package chromium first." >&2; exit 1');

test('takes the program that CHROMIUM_PATH names', async () => {
	expect(await chromiumPath({ CHROMIUM_PATH: good })).toBe(good);
});

test('says which CHROMIUM_PATH does not start', async () => {
	const answer = chromiumPath({ CHROMIUM_PATH: stub });
	await expect(answer).rejects.toThrow(
		`CHROMIUM_PATH is ${stub}, which is no Chromium that starts.`
	);
});

test('passes over a program on PATH that only advises', async () => {
	const PATH = `${join(folder.path, 'stub')}:${join(folder.path, 'good')}`;
	expect(await chromiumPath({ PATH })).toBe(good);
});
