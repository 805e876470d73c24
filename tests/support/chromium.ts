import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { chromium } from '@playwright/test';
import { runCommand, type CommandOptions } from './run-command.ts';

/** Pages of the browser's own window, which no test sees: two more renderers for each context, half a second of CPU. */
const OWN_PAGES = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'];
/** What Playwright switches off and a test can notice: the last list is the one that counts. */
const UNWANTED = [
	'AvoidUnnecessaryBeforeUnloadCheckSync',
	'DestroyProfileOnBrowserClose',
	'HttpsUpgrades',
	'HttpsFirstBalancedModeAutoEnable',
	'LensOverlay',
	'MediaRouter',
	'PaintHolding',
	'ThirdPartyStoragePartitioning',
	'AvoidCorsURLLoaderRestartOnRedirect',
	'OptimizationHints',
	'NetworkTimeServiceQuerying',
	'AimEnabled',
	'PreconnectToSearch'
];

/** What every test passes to the browser: it runs as root in containers and must not call home. */
export const CHROMIUM_ARGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	`--disable-features=${[...UNWANTED, ...OWN_PAGES].join(',')}`
] as const;

const NAMES = [
	'chromium',
	'chromium-browser',
	'google-chrome',
	'google-chrome-stable',
	'chrome',
	'chrome-headless-shell'
] as const;

const PLACES = [
	'/usr/lib/chromium/chromium',
	'/usr/lib/chromium-browser/chromium-browser',
	'/opt/google/chrome/chrome',
	'/snap/bin/chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium'
] as const;

const ADVICE =
	'No Chromium was found and none could be installed: install Chromium or Chrome, or set CHROMIUM_PATH to its program file.';

const MINUTE = 60_000;

/**
 * The program file of a Chromium that starts: the one CHROMIUM_PATH names, else one that is installed, else one that
 * this call installs (Playwright's download, or the distribution's package). Throws one plain sentence where none works.
 */
export const chromiumPath = async (env: NodeJS.ProcessEnv = process.env): Promise<string> => {
	if (env.CHROMIUM_PATH) {
		if (await starts(env.CHROMIUM_PATH)) return env.CHROMIUM_PATH;
		throw new Error(`CHROMIUM_PATH is ${env.CHROMIUM_PATH}, which is no Chromium that starts.`);
	}
	for (const attempt of [search, download, addLibraries, installPackage]) {
		const found = await attempt(env);
		if (found !== null) return found;
	}
	throw new Error(ADVICE);
};

/** The installed programs to try, best first; only files that exist and may be run. */
const candidates = (env: NodeJS.ProcessEnv): readonly string[] => {
	const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
	const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
	return [...onPath, ...PLACES, chromium.executablePath()].filter(isProgram);
};

const isProgram = (path: string): boolean => {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
};

/** Ubuntu's chromium-browser may be a script that only advises, and a download may lack its libraries: so ask it. */
const starts = async (path: string): Promise<boolean> => {
	const { code, stdout } = await runCommand(path, ['--version'], { timeoutMs: 20_000 });
	return code === 0 && /chrom/i.test(stdout);
};

const search = async (env: NodeJS.ProcessEnv): Promise<string | null> => {
	for (const path of candidates(env)) if (await starts(path)) return path;
	return null;
};

const download = async (env: NodeJS.ProcessEnv): Promise<string | null> => {
	say('No Chromium found: trying Playwright’s download.');
	await runCommand(process.execPath, [playwrightCli(), 'install', '--no-shell', 'chromium'], {
		...loud(3 * MINUTE, env),
		env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000', ...env }
	});
	return search(env);
};

const addLibraries = async (env: NodeJS.ProcessEnv): Promise<string | null> => {
	if (!mayUseApt() || !existsSync(chromium.executablePath())) return null;
	say('The downloaded Chromium does not start: adding the libraries that it needs.');
	await runCommand(
		process.execPath,
		[playwrightCli(), 'install-deps', 'chromium'],
		loud(4 * MINUTE, env)
	);
	return search(env);
};

const installPackage = async (env: NodeJS.ProcessEnv): Promise<string | null> => {
	if (!mayUseApt()) return null;
	say('Trying the distribution’s package chromium.');
	await runCommand('apt-get', ['update'], loud(MINUTE, env));
	await runCommand(
		'apt-get',
		['install', '-y', '--no-install-recommends', 'chromium'],
		loud(4 * MINUTE, env)
	);
	return search(env);
};

const mayUseApt = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

const loud = (timeoutMs: number, env: NodeJS.ProcessEnv): CommandOptions => ({
	timeoutMs,
	echo: true,
	env: { DEBIAN_FRONTEND: 'noninteractive', ...env }
});

const playwrightCli = (): string =>
	join(dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')), 'cli.js');

const say = (line: string): void => {
	process.stderr.write(`${line}\n`);
};
